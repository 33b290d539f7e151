package privacy

import (
	"errors"
	"image"
	"strings"

	"github.com/jezek/xgb/xproto"
)

// identify asks who a window on the root is: by its own properties and, as it
// may be a frame around a program's window, by those of the windows inside.
// Events are asked for first, so that a later change comes as an event.
func (x *connection) identify(id xproto.Window) identity {
	who := identity{}
	x.surface(id, &who)
	level := []xproto.Window{id}
	for range maxDepth + 1 {
		level = x.search(level, &who)
	}
	who.readAt = x.asked
	x.describe(id, &who)
	return who
}

// describe adds which program the window is of: that of the window which a
// window manager has in its care, and else its own.
func (x *connection) describe(id xproto.Window, who *identity) {
	if who.client == 0 {
		who.client = id
	}
	who.pid = x.owner(who.client)
	who.program = programOf(who.pid)
	who.kept = who.client == id && who.pid != 0 && who.pid == x.keeper()
	if who.override && who.client == id && who.sort == ordinary {
		who.sort = popup // a frame is one too, but has its program's window inside
	}
	for i := range who.looks {
		who.looks[i].program = who.program
	}
}

// surface reads what a window on the root looks like to those below.
func (x *connection) surface(id xproto.Window, who *identity) {
	const alphaDepth = 32 // bits of a pixel with transparency
	attributes := xproto.GetWindowAttributes(x.c, id)
	geometry := xproto.GetGeometry(x.c, xproto.Drawable(id))
	shaped, err := x.shaped(id)
	a, errA := attributes.Reply()
	g, errG := geometry.Reply()
	if errors.Join(err, errA, errG) != nil {
		who.unread = true
		return
	}
	who.inputOnly = a.Class == xproto.WindowClassInputOnly
	who.override = a.OverrideRedirect
	who.opaque = !who.inputOnly && !shaped && g.Depth != alphaDepth
}

// shaped reports whether a window may have another shape than its rectangle,
// and asks for an event when that changes.
func (x *connection) shaped(id xproto.Window) (bool, error) {
	if x.shape == 0 {
		return true, nil
	}
	const on = 1
	x.tell(x.shape, shapeSelect, uint32(id), on)
	reply, err := x.ask(x.shape, shapeExtents, uint32(id)).Reply()
	return err != nil || reply[8] != 0 || reply[9] != 0, err
}

// search reads one level of windows and returns the next one, or none when a
// window manager has marked one of these as a program's window.
func (x *connection) search(level []xproto.Window, who *identity) (next []xproto.Window) {
	if len(who.parts)+len(level) > maxParts {
		who.unread = true
		return nil
	}
	probes := make([]probe, len(level))
	for i, id := range level {
		probes[i] = x.probe(id)
	}
	marked := false
	for _, p := range probes {
		children, managed, err := p.read(x, who)
		who.unread = who.unread || err != nil
		who.parts = append(who.parts, partOf{p.id, !managed})
		if managed && who.client == 0 {
			who.client = p.id
		}
		marked = marked || managed
		next = append(next, children...)
		x.asked = x.number(p.tree.Sequence)
	}
	if marked {
		return nil
	}
	return next
}

// probe is the questions about one window, sent and not yet answered.
type probe struct {
	id                                             xproto.Window
	class, name, netName, own, leader, state, sort xproto.GetPropertyCookie
	tree                                           xproto.QueryTreeCookie
}

func (x *connection) probe(id xproto.Window) probe {
	get := func(name xproto.Atom) xproto.GetPropertyCookie {
		return xproto.GetProperty(x.c, false, id, name, xproto.GetPropertyTypeAny, 0, maxProperty/4)
	}
	xproto.ChangeWindowAttributes(x.c, id, xproto.CwEventMask, []uint32{watched})
	return probe{
		id:      id,
		class:   get(xproto.AtomWmClass),
		name:    get(xproto.AtomWmName),
		netName: get(x.atoms.netName),
		own:     get(x.atoms.own),
		leader:  get(xproto.AtomWmTransientFor),
		state:   get(x.atoms.state),
		sort:    get(x.atoms.sort),
		tree:    xproto.QueryTree(x.c, id),
	}
}

// describes reports whether a property is one of those that probe reads.
func (x *connection) describes(a xproto.Atom) bool {
	switch a {
	case xproto.AtomWmClass, xproto.AtomWmName, x.atoms.netName, x.atoms.own, xproto.AtomWmTransientFor, x.atoms.state, x.atoms.sort:
		return true
	}
	return false
}

// read waits for the answers. Managed says that the window is a program's, in
// the care of a window manager.
func (p probe) read(x *connection, who *identity) (children []xproto.Window, managed bool, err error) {
	class, errC := text(p.class)
	name, errN := text(p.name)
	netName, errT := text(p.netName)
	own, errO := p.own.Reply()
	leader, errL := p.leader.Reply()
	state, errS := p.state.Reply()
	sort, errK := p.sort.Reply()
	tree, errQ := p.tree.Reply()
	if err := errors.Join(errC, errN, errT, errO, errL, errS, errK, errQ); err != nil {
		return nil, false, err
	}
	if kind := x.sortOf(sort.Value); kind != ordinary {
		who.sort = kind
	}
	who.looks = append(who.looks, look{
		class:  strings.FieldsFunc(class.value, func(r rune) bool { return r == 0 }),
		titles: append(name.readings(), netName.readings()...),
		own:    own.Type != xproto.AtomNone,
	})
	if leader.Format == 32 && len(leader.Value) >= 4 {
		who.leader = xproto.Window(le.Uint32(leader.Value))
	}
	return tree.Children, state.Type != xproto.AtomNone, nil
}

// place is where a window on the root is now, and whether it is mapped.
func (x *connection) place(id xproto.Window) (area image.Rectangle, mapped, exists bool) {
	attributes := xproto.GetWindowAttributes(x.c, id)
	g, errG := xproto.GetGeometry(x.c, xproto.Drawable(id)).Reply()
	a, errA := attributes.Reply()
	if errG != nil || errA != nil {
		return image.Rectangle{}, false, false
	}
	return outer(g.X, g.Y, g.Width, g.Height, g.BorderWidth), a.MapState != xproto.MapStateUnmapped, true
}

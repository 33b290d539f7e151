package input

import (
	"errors"

	"github.com/jezek/xgb/xproto"
)

// ownProperty marks our own windows, whatever its value.
const ownProperty = "_TELESTRATOR_OWN"

// atoms are the names of the properties that are read.
type atoms struct{ netName, state, own, keys xproto.Atom }

// intern learns the numbers of the atoms.
func (x *screen) intern() error {
	for name, atom := range map[string]*xproto.Atom{
		"_NET_WM_NAME": &x.atoms.netName,
		"WM_STATE":     &x.atoms.state,
		ownProperty:    &x.atoms.own,
		ownKeys:        &x.atoms.keys,
	} {
		reply, err := xproto.InternAtom(x.c, false, uint16(len(name)), name).Reply()
		if err != nil {
			return err
		}
		*atom = reply.Atom
	}
	return nil
}

// look is what is seen of a window.
type look struct {
	ours     bool
	managed  bool            // it is a program's window, in the care of a window manager
	leader   []xproto.Window // the window that it belongs to, if it says so
	children []xproto.Window
}

// probe is the questions about one window, sent and not yet answered.
type probe struct {
	id                                xproto.Window
	name, netName, own, leader, state xproto.GetPropertyCookie
	tree                              xproto.QueryTreeCookie
}

// look looks at windows, in one round trip.
func (x *screen) look(windows []xproto.Window) ([]look, error) {
	probes := make([]probe, len(windows))
	for i, id := range windows {
		probes[i] = x.probe(id)
	}
	looks := make([]look, len(windows))
	var errs []error
	for i, p := range probes {
		var err error
		looks[i], err = p.read(x.own.Load())
		errs = append(errs, err)
	}
	return looks, errors.Join(errs...)
}

func (x *screen) probe(id xproto.Window) probe {
	get := func(name xproto.Atom) xproto.GetPropertyCookie {
		return xproto.GetProperty(x.c, false, id, name, xproto.GetPropertyTypeAny, 0, maxProperty/4)
	}
	return probe{
		id:      id,
		name:    get(xproto.AtomWmName),
		netName: get(x.atoms.netName),
		own:     get(x.atoms.own),
		leader:  get(xproto.AtomWmTransientFor),
		state:   get(x.atoms.state),
		tree:    xproto.QueryTree(x.c, id),
	}
}

// read waits for the answers.
func (p probe) read(o *own) (look, error) {
	name, errN := p.name.Reply()
	netName, errT := p.netName.Reply()
	mark, errO := p.own.Reply()
	leader, errL := p.leader.Reply()
	state, errS := p.state.Reply()
	tree, errQ := p.tree.Reply()
	if err := errors.Join(errN, errT, errO, errL, errS, errQ); err != nil {
		return look{}, err
	}
	l := look{
		ours:     o.includes(p.id) || mark.Type != xproto.AtomNone || o.title(name) || o.title(netName),
		managed:  state.Type != xproto.AtomNone,
		children: tree.Children,
	}
	if leader.Format == 32 && len(leader.Value) >= 4 {
		if id := xproto.Window(le.Uint32(leader.Value)); id != xproto.WindowNone && id != tree.Root {
			l.leader = append(l.leader, id)
		}
	}
	return l, nil
}

// title says whether a property is a title of ours. One that is no text or too
// long to be read counts as such.
func (o *own) title(p *xproto.GetPropertyReply) bool {
	if p.BytesAfter > 0 || p.Format != 8 && p.Type != xproto.AtomNone {
		return true
	}
	return o.ours(string(p.Value))
}

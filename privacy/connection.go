package privacy

import (
	"fmt"
	"io"
	"strconv"
	"sync/atomic"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// connection is our own connection to the X server. Its reading methods are
// for one goroutine at a time; send and close may be called by any.
type connection struct {
	c     *xgb.Conn
	root  xproto.Window
	own   xproto.Window // never shown; marks are sent to it
	atoms atoms
	shape byte // request number of the SHAPE extension; 0 where there is none
	res   byte // so of X-Resource
	sorts map[xproto.Atom]sort
	// First event numbers of extensions; 0 where there is none.
	shapeEvent, fixesEvent byte

	asked    uint64      // number of a late request of ours
	overflow atomic.Bool // more than maxEvents were waiting
}

// atoms are the names of the properties that we read.
type atoms struct {
	netName, state, own, compositor, mark, sort, check xproto.Atom
}

// ownProperty marks our own windows, whatever its value.
const ownProperty = "_TELESTRATOR_OWN"

// What a mark says when it comes back to us.
const (
	markEnd     = 1 // a span ends here
	markRebuild = 2 // events from here on are about the rebuilt model
)

// watched are the events of a window from which we learn of windows in it and
// of its name.
const watched = xproto.EventMaskSubstructureNotify | xproto.EventMaskPropertyChange

// dial connects and asks for the events of the root.
func dial(display string) (*connection, error) {
	// What xgb would print we return as errors.
	xgb.Logger.SetOutput(io.Discard)
	c, err := xgb.NewConnDisplay(display)
	if err != nil {
		return nil, fmt.Errorf("%w; check the name and XAUTHORITY", err)
	}
	x := &connection{c: c, root: xproto.Setup(c).DefaultScreen(c).Root}
	if err := x.prepare(); err != nil {
		c.Close()
		return nil, err
	}
	return x, nil
}

func (x *connection) prepare() error {
	if err := x.intern(); err != nil {
		return err
	}
	if err := x.extensions(); err != nil {
		return err
	}
	if err := x.resources(); err != nil {
		return err
	}
	var err error
	if x.own, err = xproto.NewWindowId(x.c); err != nil {
		return err
	}
	if err := xproto.CreateWindowChecked(x.c, 0, x.own, x.root, 0, 0, 1, 1, 0,
		xproto.WindowClassInputOnly, 0, 0, nil).Check(); err != nil {
		return err
	}
	return xproto.ChangeWindowAttributesChecked(x.c, x.root, xproto.CwEventMask,
		[]uint32{xproto.EventMaskSubstructureNotify}).Check()
}

func (x *connection) intern() error {
	screen := strconv.Itoa(x.c.DefaultScreen)
	x.sorts = make(map[xproto.Atom]sort)
	for name, sort := range sorts {
		atom, err := x.atom(name)
		if err != nil {
			return err
		}
		x.sorts[atom] = sort
	}
	for name, atom := range map[string]*xproto.Atom{
		"_NET_WM_NAME":          &x.atoms.netName,
		"WM_STATE":              &x.atoms.state,
		ownProperty:             &x.atoms.own,
		"_NET_WM_CM_S" + screen: &x.atoms.compositor,
		"_TELESTRATOR_MARK":     &x.atoms.mark,
		"_NET_WM_WINDOW_TYPE":   &x.atoms.sort,

		"_NET_SUPPORTING_WM_CHECK": &x.atoms.check,
	} {
		var err error
		if *atom, err = x.atom(name); err != nil {
			return err
		}
	}
	return nil
}

func (x *connection) atom(name string) (xproto.Atom, error) {
	reply, err := xproto.InternAtom(x.c, false, uint16(len(name)), name).Reply()
	if err != nil {
		return 0, err
	}
	return reply.Atom, nil
}

// close ends the connection. It is harmless when it has ended.
func (x *connection) close() { x.c.Close() }

// pump hands events over and closes their channel when no more come. Where
// nobody takes them it ends the connection: events that were lost must not be
// followed by others. It returns when the connection has ended.
func (x *connection) pump(events chan<- xgb.Event) {
	x.forward(events)
	close(events)
	x.c.Close()
	for ev, err := x.c.WaitForEvent(); ev != nil || err != nil; {
		ev, err = x.c.WaitForEvent()
	}
}

func (x *connection) forward(events chan<- xgb.Event) {
	for {
		ev, err := x.c.WaitForEvent()
		switch {
		case ev == nil && err == nil:
			return
		case ev == nil: // a request about a window that is gone
		case len(events) == cap(events):
			x.overflow.Store(true)
			return
		default:
			events <- ev
		}
	}
}

// why says why no more events come.
func (x *connection) why() string {
	if x.overflow.Load() {
		return fmt.Sprintf("more than %d window events were waiting", maxEvents)
	}
	return "the X server closed the connection"
}

// send sends a mark to ourselves. It comes back as an event.
func (x *connection) send(mark uint32) {
	e := xproto.ClientMessageEvent{
		Format: 32,
		Window: x.own,
		Type:   x.atoms.mark,
		Data:   xproto.ClientMessageDataUnionData32New([]uint32{mark, 0, 0, 0, 0}),
	}
	xproto.SendEvent(x.c, false, x.own, xproto.EventMaskNoEvent, string(e.Bytes()))
}

// markOf is what a mark says; 0 for messages that are no marks.
func (x *connection) markOf(e xproto.ClientMessageEvent) uint32 {
	if e.Window != x.own || e.Type != x.atoms.mark || e.Format != 32 {
		return 0
	}
	x.asked = x.number(e.Sequence)
	return e.Data.Data32[0]
}

// number completes the number of a request, of which the server tells the lower
// 16 bits, by the one nearest to the latest that we know.
func (x *connection) number(low uint16) uint64 {
	return x.asked + uint64(int64(int16(low-uint16(x.asked))))
}

// children are the windows on the root, lowest first. Our own is one of them:
// others may be told to be just above it.
func (x *connection) children() ([]xproto.Window, error) {
	tree, err := xproto.QueryTree(x.c, x.root).Reply()
	if err != nil {
		return nil, err
	}
	return tree.Children, nil
}

package privacy

import (
	"fmt"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// xgb keeps one table of event readers for all connections of the process, and
// writes it without a lock whenever its package for an extension is opened on
// a connection. So those packages are not used: the readers are entered here,
// before there is any connection, and requests are written by hand.
func init() {
	const first, last = 64, 127 // the numbers that extension events can have
	for n := first; n <= last; n++ {
		if _, taken := xgb.NewEventFuncs[n]; !taken {
			xgb.NewEventFuncs[n] = func(raw []byte) xgb.Event { return extensionEvent(raw) }
		}
	}
}

// extensionEvent is an event of an extension as it came: 32 bytes.
type extensionEvent []byte

// Bytes is the event as it came.
func (e extensionEvent) Bytes() []byte { return e }

// String tells the event's number.
func (e extensionEvent) String() string { return fmt.Sprintf("extension event %d", e[0]&127) }

// The requests and replies of the extensions that are used.
const (
	queryVersion = 0 // of both

	shapeExtents = 5 // reply: byte 8 says whether there is a bounding shape, byte 9 a clip shape
	shapeSelect  = 6 // events at a change of shape

	fixesSelection = 2 // events at a change of a selection's owner
	fixesOwners    = 7 // set, owner's window destroyed, owner gone
)

// extensions finds the two extensions and asks for the compositor's events.
func (x *connection) extensions() error {
	shape, err := xproto.QueryExtension(x.c, 5, "SHAPE").Reply()
	if err != nil {
		return err
	}
	x.shape, x.shapeEvent = shape.MajorOpcode, shape.FirstEvent
	fixes, err := xproto.QueryExtension(x.c, 6, "XFIXES").Reply()
	if err != nil || !fixes.Present {
		return err
	}
	x.fixesEvent = fixes.FirstEvent
	if _, err := x.ask(fixes.MajorOpcode, queryVersion, 2, 0).Reply(); err != nil {
		return err
	}
	x.tell(fixes.MajorOpcode, fixesSelection, uint32(x.root), uint32(x.atoms.compositor), fixesOwners)
	return nil
}

// ask sends a request that has a reply.
func (x *connection) ask(major, minor byte, words ...uint32) *xgb.Cookie {
	cookie := x.c.NewCookie(true, true)
	x.c.NewRequest(request(major, minor, words), cookie)
	return cookie
}

// tell sends a request that has none.
func (x *connection) tell(major, minor byte, words ...uint32) {
	x.c.NewRequest(request(major, minor, words), x.c.NewCookie(false, false))
}

func request(major, minor byte, words []uint32) []byte {
	b := le.AppendUint16([]byte{major, minor}, uint16(1+len(words)))
	for _, w := range words {
		b = le.AppendUint32(b, w)
	}
	return b
}

// shapeChanged tells which window's shape an event is about.
func (x *connection) shapeChanged(e extensionEvent) (xproto.Window, bool) {
	const inputShape = 2 // it has to do with the mouse only
	if x.shapeEvent == 0 || e[0]&127 != x.shapeEvent || e[1] == inputShape {
		return 0, false
	}
	return xproto.Window(le.Uint32(e[4:])), true
}

// composited reports whether a compositor paints the screen. Without XFIXES
// nobody would tell us when one starts, so there may always be one.
func (x *connection) composited() bool {
	owner, err := xproto.GetSelectionOwner(x.c, x.atoms.compositor).Reply()
	return x.fixesEvent == 0 || err != nil || owner.Owner != xproto.WindowNone
}

// compositorChanged tells whether there is a compositor now.
func (x *connection) compositorChanged(e extensionEvent) (owned, ok bool) {
	if x.fixesEvent == 0 || e[0]&127 != x.fixesEvent ||
		xproto.Atom(le.Uint32(e[12:])) != x.atoms.compositor {
		return false, false
	}
	const setOwner = 0
	return e[1] == setOwner && le.Uint32(e[8:]) != 0, true
}

package input

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"telestrator/capture/capturetest"
)

// ownTitles are the titles that are ours in the tests.
var ownTitles = []string{"Telestrator panel", "Telestrator console"}

// at ends the test unless the shield says so of a position.
func (r *rig) at(x, y int, ours bool) {
	r.t.Helper()
	got, err := r.x.At(x, y)
	r.must(err)
	if got != ours {
		r.t.Errorf("at %d,%d ours is %v, want %v", x, y, got, ours)
	}
}

// focused ends the test unless the shield says so of the focus.
func (r *rig) focused(ours bool) {
	r.t.Helper()
	got, err := r.x.Focused()
	r.must(err)
	if got != ours {
		r.t.Errorf("the focused window is ours: %v, want %v", got, ours)
	}
}

// give gives a window the focus.
func (r *rig) give(focus xproto.Window) {
	r.t.Helper()
	r.must(xproto.SetInputFocusChecked(r.c, xproto.InputFocusParent, focus, xproto.TimeCurrentTime).Check())
}

// inside shows a window inside another.
func (r *rig) inside(parent xproto.Window, x, y int16, w, h uint16) xproto.Window {
	r.t.Helper()
	id, err := xproto.NewWindowId(r.c)
	r.must(err)
	r.must(xproto.CreateWindowChecked(r.c, 0, id, parent, x, y, w, h, 0, xproto.WindowClassInputOutput, 0, 0, nil).Check())
	r.must(xproto.MapWindowChecked(r.c, id).Check())
	return id
}

// property sets a property of a window.
func (r *rig) property(id xproto.Window, name string, kind xproto.Atom, format byte, value []byte) {
	r.t.Helper()
	atom, err := xproto.InternAtom(r.c, false, uint16(len(name)), name).Reply()
	r.must(err)
	r.must(xproto.ChangePropertyChecked(r.c, xproto.PropModeReplace, id, atom.Atom, kind, format,
		uint32(len(value)/int(format/8)), value).Check())
}

func TestShieldAt(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.at(5, 5, false) // nothing there, and nothing is ours yet
	other := r.window(0, 0, 100, 100)
	r.title(other, "Telestrator handbook")
	panel := r.window(100, 0, 100, 100)
	r.title(panel, "Telestrator panel - Browser")
	bar := r.window(200, 0, 100, 100)
	marked := r.window(300, 0, 100, 100)
	r.property(marked, ownProperty, xproto.AtomString, 8, []byte("1"))
	r.at(150, 50, false)
	r.at(350, 50, true)
	r.x.Own(ownTitles, []uint32{uint32(bar)})
	for x, ours := range map[int]bool{50: false, 99: false, 100: true, 199: true, 200: true, 299: true, 300: true, 399: true, 400: false} {
		r.at(x, 50, ours)
	}
	over := r.window(100, 0, 50, 100)
	r.at(149, 50, false)
	r.at(150, 50, true)
	r.title(over, "Telestrator console")
	r.at(149, 50, true)
	r.property(panel, "_NET_WM_NAME", xproto.AtomString, 8, []byte("Other"))
	r.at(150, 50, true) // one of two titles is enough
	r.x.Own(nil, nil)
	r.at(150, 50, false)
}

// A window that lets clicks through is not in the way.
func TestShieldSeesThrough(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	ink := r.window(0, 0, 640, 480)
	r.x.Own(ownTitles, []uint32{uint32(ink)})
	r.at(50, 50, true)
	shape, err := xproto.QueryExtension(r.c, 5, "SHAPE").Reply()
	r.must(err)
	const rectangles, set, input = 1, 0, 2
	cookie := r.c.NewCookie(true, false)
	r.c.NewRequest(request(shape.MajorOpcode, rectangles, []uint32{set | input<<8, uint32(ink), 0}), cookie)
	r.must(cookie.Check())
	r.at(50, 50, false)
	panel := r.window(40, 40, 20, 20)
	r.title(panel, ownTitles[0])
	r.must(xproto.ConfigureWindowChecked(r.c, ink, xproto.ConfigWindowStackMode, []uint32{xproto.StackModeAbove}).Check())
	r.at(50, 50, true)
	r.at(39, 50, false)
}

func TestShieldFocused(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.x.Own(ownTitles, nil)
	panel, other := r.window(0, 0, 100, 100), r.window(100, 0, 100, 100)
	r.title(panel, ownTitles[0])
	r.must(r.x.Move(150, 50))
	r.must(r.x.sync())
	r.focused(false) // the focus is where the pointer is
	r.must(r.x.Move(50, 50))
	r.must(r.x.sync())
	r.focused(true)
	r.give(other)
	r.focused(false)
	r.give(panel)
	r.focused(true)
	deep := panel
	for range 8 {
		deep = r.inside(deep, 0, 0, 10, 10)
	}
	r.give(deep)
	r.focused(true)
	r.give(xproto.WindowNone)
	r.focused(false)
}

// A window manager puts frames around a window, and the title is inside. The
// frame's own buttons are ours too.
func TestShieldInFrames(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.x.Own(ownTitles, nil)
	frame := r.window(0, 0, 200, 200)
	client := frame
	for range maxDepth {
		client = r.inside(client, 10, 10, 100, 100)
	}
	r.title(client, ownTitles[1])
	r.at(199, 199, true)
	r.at(50, 50, true)
	// One level deeper nobody looks: no window manager does that.
	r.title(client, "Other")
	deeper := r.inside(client, 0, 0, 5, 5)
	r.title(deeper, ownTitles[1])
	r.at(50, 50, false)
	// A window in a window manager's care is the program's; what is inside is its content.
	r.property(client, "WM_STATE", xproto.AtomCardinal, 32, make([]byte, 8))
	r.at(50, 50, false)
	r.title(client, ownTitles[1])
	r.at(50, 50, true)
}

// A menu or prompt belongs to the window that it says it belongs to.
func TestShieldOfLeaders(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.x.Own(ownTitles, nil)
	panel, menu := r.window(0, 0, 100, 100), r.window(100, 0, 100, 100)
	r.title(panel, ownTitles[0])
	r.at(150, 50, false)
	r.property(menu, "WM_TRANSIENT_FOR", xproto.AtomWindow, 32, le.AppendUint32(nil, uint32(panel)))
	r.at(150, 50, true)
	r.title(panel, "Other")
	r.at(150, 50, false)
	r.property(menu, "WM_TRANSIENT_FOR", xproto.AtomWindow, 32, le.AppendUint32(nil, 0x12345))
	if ours, err := r.x.At(150, 50); !ours || err == nil {
		t.Errorf("a menu of a window that is gone: ours is %v, %v", ours, err)
	}
	if ours, err := r.x.At(150, 50); !ours || err == nil {
		t.Errorf("asked again: ours is %v, %v", ours, err) // the connection has survived
	}
}

// What cannot be read is ours.
func TestShieldDoubts(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.x.Own(ownTitles, nil)
	w := r.window(0, 0, 100, 100)
	r.title(w, strings.Repeat("x", maxProperty))
	r.at(50, 50, false)
	r.title(w, strings.Repeat("x", maxProperty+1))
	r.at(50, 50, true)
	r.title(w, "Other")
	r.property(w, "_NET_WM_NAME", xproto.AtomCardinal, 32, make([]byte, 4))
	r.at(50, 50, true)
}

func TestShieldWindowLimit(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.x.Own(ownTitles, nil)
	frame := r.window(0, 0, 100, 100)
	for range maxParts - 1 {
		r.inside(frame, 0, 0, 1, 1)
	}
	r.at(50, 50, false)
	r.inside(frame, 0, 0, 1, 1)
	r.at(50, 50, true)
}

func TestShieldDepthLimit(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	w := r.window(0, 0, 100, 100)
	for range maxClimb - 1 {
		w = r.inside(w, 0, 0, 100, 100)
	}
	r.give(w)
	r.focused(false)
	r.give(r.inside(w, 0, 0, 100, 100))
	if ours, err := r.x.Focused(); !ours || err == nil {
		t.Errorf("deeper than %d: ours is %v, %v", maxClimb, ours, err)
	}
}

// The same with a real window manager and a real program.
func TestShieldWithWindowManager(t *testing.T) {
	t.Parallel()
	capturetest.Require(t, "openbox", "xterm")
	r := newRig(t)
	r.x.Own(ownTitles, nil)
	r.must(xproto.ChangeWindowAttributesChecked(r.c, r.root, xproto.CwEventMask,
		[]uint32{xproto.EventMaskPropertyChange}).Check())
	r.Start(t, "openbox")
	r.changes("_NET_SUPPORTING_WM_CHECK", "") // it manages
	for i, title := range []string{"Telestrator panel", "Other"} {
		r.Start(t, "xterm", "-T", title, "-geometry", fmt.Sprintf("20x5+%d+100", 20+300*i))
		r.changes("_NET_ACTIVE_WINDOW", title)
		r.focused(i == 0)
	}
	r.at(25, 102, true) // the frame
	r.at(60, 150, true)
	r.at(325, 102, false)
	r.at(360, 150, false)
}

// changes waits until a property of the root window names a window with this
// title, or any window where the title is empty.
func (r *rig) changes(property, title string) {
	r.t.Helper()
	atom, err := xproto.InternAtom(r.c, false, uint16(len(property)), property).Reply()
	r.must(err)
	late := time.AfterFunc(patience, r.c.Close)
	defer late.Stop()
	for {
		ev, refused := r.c.WaitForEvent()
		if ev == nil && refused == nil {
			r.t.Fatalf("%s does not come to name %q", property, title)
		}
		changed, ok := ev.(xproto.PropertyNotifyEvent)
		if !ok || changed.Atom != atom.Atom {
			continue
		}
		reply, err := xproto.GetProperty(r.c, false, r.root, atom.Atom, xproto.AtomWindow, 0, 1).Reply()
		r.must(err)
		if len(reply.Value) == 4 && (title == "" || r.name(xproto.Window(le.Uint32(reply.Value))) == title) {
			return
		}
	}
}

package input

import (
	"slices"
	"testing"

	"github.com/jezek/xgb/xproto"
	"github.com/jezek/xgb/xtest"

	"telestrator/capture/capturetest"
)

// hand is the user's own hand: XTEST can also make events of a real device.
type hand struct {
	r                 *rig
	event             byte // XInput's first
	keyboard, pointer byte // ids of the devices
}

// hand finds the devices that are not XTEST's.
func (r *rig) hand() *hand {
	r.t.Helper()
	r.must(xtest.Init(r.c))
	reply, err := xproto.QueryExtension(r.c, 15, "XInputExtension").Reply()
	r.must(err)
	h := &hand{r: r, event: reply.FirstEvent}
	list, err := r.x.server.devices()
	r.must(err)
	for _, d := range list {
		switch {
		case d.use == slaveKeyboard && d.id != r.x.devices.keyboard.id:
			h.keyboard = byte(d.id)
		case d.use == slavePointer && d.id != r.x.devices.pointer.id:
			h.pointer = byte(d.id)
		}
	}
	if h.keyboard == 0 || h.pointer == 0 {
		r.t.Fatalf("no devices of a hand among %v", list)
	}
	return h
}

// key presses or releases a key of the real keyboard.
func (h *hand) key(code string, down bool) {
	h.r.t.Helper()
	const pressed, released = 1, 2 // XInput's event numbers
	kind := byte(released)
	if down {
		kind = pressed
	}
	h.make(kind, codes[code]+evdevOffset, h.keyboard)
}

// button presses or releases the left button of the real mouse.
func (h *hand) button(down bool) {
	h.r.t.Helper()
	const pressed, released = 3, 4
	kind := byte(released)
	if down {
		kind = pressed
	}
	h.make(kind, 1, h.pointer)
}

func (h *hand) make(kind, detail, device byte) {
	h.r.t.Helper()
	h.r.must(xtest.FakeInputChecked(h.r.c, h.event+kind, detail, 0, 0, 0, 0, device).Check())
}

// pressed are the codes of the keys that programs see pressed.
func (r *rig) pressed() []string {
	down := r.keymap()
	var list []string
	for code, number := range codes {
		if down.has(number + evdevOffset) {
			list = append(list, code)
		}
	}
	slices.Sort(list)
	return list
}

// mask is what programs see of buttons and modifiers.
func (r *rig) mask() uint16 {
	r.t.Helper()
	r.must(r.x.sync())
	reply, err := xproto.QueryPointer(r.c, r.root).Reply()
	r.must(err)
	return reply.Mask
}

// is ends the test unless exactly these keys are seen pressed.
func (r *rig) is(when string, want ...string) {
	r.t.Helper()
	if got := r.pressed(); !slices.Equal(got, want) {
		r.t.Fatalf("%s: %q are pressed, want %q", when, got, want)
	}
}

func TestRelease(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.watch()
	for _, code := range []string{"ControlLeft", "KeyA", "ShiftRight"} {
		r.must(r.x.Key(code, true))
	}
	r.must(r.x.Button(0, true))
	r.must(r.x.Button(3, true))
	r.seen()
	r.must(r.x.Release())
	if got, want := keys(r.seen()), []string{"shift ctrl -ShiftRight", "ctrl -KeyA", "ctrl -ControlLeft"}; !slices.Equal(got, want) {
		t.Errorf("keys released: %q, want %q", got, want)
	}
	if r.mask() != 0 || len(r.pressed()) > 0 {
		t.Errorf("still pressed: %q, mask %#x", r.pressed(), r.mask())
	}
	r.must(r.x.Release())
	if got := r.seen(); len(got) > 0 {
		t.Errorf("releasing nothing made events: %v", got)
	}
}

// When Release returns, all earlier events have happened.
func TestReleaseIsAFence(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for i := range 200 {
		for x := range 50 {
			r.must(r.x.Move(x, i))
		}
		r.must(r.x.Release())
		at, err := xproto.QueryPointer(r.c, r.root).Reply()
		r.must(err)
		if at.RootX != 49 || int(at.RootY) != i {
			t.Fatalf("after Release the pointer was still at %d,%d, not at 49,%d", at.RootX, at.RootY, i)
		}
	}
}

// What a program that has ended left pressed is released when the display is
// opened, and what another leaves later by Release.
func TestReleaseWhatIsLeft(t *testing.T) {
	t.Parallel()
	capturetest.Require(t, "xdotool")
	r := newRig(t)
	leave := func() {
		r.Run(t, "xdotool", "keydown", "shift", "keydown", "Control_L", "keydown", "a", "mousedown", "1")
	}
	leave()
	r.is("after the program has ended", "ControlLeft", "KeyA", "ShiftLeft")
	openScreen(t, r.Display)
	r.is("after opening")
	if m := r.mask(); m != 0 {
		t.Errorf("after opening: mask %#x", m)
	}
	leave()
	r.must(r.x.Release())
	r.is("after a release")
	if m := r.mask(); m != 0 {
		t.Errorf("after a release: mask %#x", m)
	}
}

// What the user's hand holds is the user's.
func TestReleaseLeavesTheHand(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	h := r.hand()
	h.key("ShiftLeft", true)
	h.key("KeyQ", true)
	h.button(true)
	r.must(r.x.Key("KeyA", true))
	r.must(r.x.Button(2, true))
	r.must(r.x.Release())
	r.is("after a release", "KeyQ", "ShiftLeft")
	if m := r.mask(); m != xproto.ModMaskShift|xproto.ButtonMask1 {
		t.Errorf("after a release: mask %#x", m)
	}
	r.must(r.x.Release())
	openScreen(t, r.Display)
	r.is("after another release and opening", "KeyQ", "ShiftLeft")
	h.key("ShiftLeft", false)
	h.key("KeyQ", false)
	r.is("after the hand let go")
}

// A key that both hold is the user's from the release on, and can be pressed
// again afterwards.
func TestReleaseOfSharedKeys(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	h := r.hand()
	r.must(r.x.Key("ShiftLeft", true))
	r.must(r.x.Key("KeyA", true))
	r.must(r.x.sync())
	h.key("ShiftLeft", true)
	r.must(r.x.Release())
	r.is("after a release", "ShiftLeft")
	if m := r.mask(); m != xproto.ModMaskShift {
		t.Errorf("after a release: mask %#x", m)
	}
	h.key("ShiftLeft", false)
	r.is("after the hand let go")
	if m := r.mask(); m != 0 {
		t.Errorf("after the hand let go: mask %#x", m)
	}
	r.must(r.x.Key("ShiftLeft", true))
	r.is("pressed again", "ShiftLeft")
	if m := r.mask(); m != xproto.ModMaskShift {
		t.Errorf("pressed again: mask %#x", m)
	}
	r.must(r.x.Key("ShiftLeft", false))
	r.is("released again")
	r.must(r.x.Release())
	r.is("at the end")
}

// A modifier that was left to the user's hand serves a text again when the hand
// has let go.
func TestTextAfterSharedKeys(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.watch()
	h := r.hand()
	r.must(r.x.Key("ShiftLeft", true))
	r.must(r.x.sync())
	h.key("ShiftLeft", true)
	r.must(r.x.Release())
	h.key("ShiftLeft", false)
	r.seen()
	r.text("aB")
	want := []string{"+KeyA", "-KeyA", "+ShiftLeft", "shift +KeyB", "shift -KeyB", "shift -ShiftLeft"}
	if got := keys(r.seen()); !slices.Equal(got, want) {
		t.Errorf("the program saw %q, want %q", got, want)
	}
}

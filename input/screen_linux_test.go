package input

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"telestrator/capture/capturetest"
	"telestrator/protocol"
)

func TestMove(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.watch()
	for _, at := range [][2]int{{1, 1}, {639, 479}, {0, 0}, {320, 240}} {
		r.must(r.x.Move(at[0], at[1]))
		events := r.seen()
		if len(events) == 0 {
			t.Fatalf("moved to %v, the program saw nothing", at)
		}
		last, ok := events[len(events)-1].(xproto.MotionNotifyEvent)
		if !ok || int(last.RootX) != at[0] || int(last.RootY) != at[1] {
			t.Errorf("moved to %v, the program saw %v", at, events)
		}
	}
}

// buttons tells button events as numbers, negative for a release.
func buttons(events []xgb.Event) (list []int) {
	for _, ev := range events {
		switch ev := ev.(type) {
		case xproto.ButtonPressEvent:
			list = append(list, int(ev.Detail))
		case xproto.ButtonReleaseEvent:
			list = append(list, -int(ev.Detail))
		}
	}
	return list
}

func TestButtons(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.watch()
	for button, want := range []int{1, 2, 3, 8, 9, 10} {
		r.must(r.x.Button(uint8(button), true))
		r.must(r.x.Button(uint8(button), false))
		if got := buttons(r.seen()); !slices.Equal(got, []int{want, -want}) {
			t.Errorf("button %d: the program saw %v", button, got)
		}
	}
	// The server's XTEST pointer has ten buttons.
	for button := 6; button <= protocol.MaxButton+1; button++ {
		if err := r.x.Button(uint8(button), true); !errors.Is(err, ErrButton) {
			t.Errorf("button %d: %v", button, err)
		}
	}
	if got := r.seen(); len(got) > 0 {
		t.Errorf("unknown buttons did something: %v", got)
	}
}

func TestWheel(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.watch()
	r.must(r.x.Wheel(1, -2))
	r.must(r.x.Wheel(-2, 1))
	r.must(r.x.Wheel(0, 0))
	if got := buttons(r.seen()); !slices.Equal(got, []int{7, -7, 4, -4, 4, -4, 6, -6, 6, -6, 5, -5}) {
		t.Errorf("the program saw %v", got)
	}
	r.must(r.x.Wheel(-protocol.MaxWheel, protocol.MaxWheel))
	if got := buttons(r.seen()); len(got) != 4*protocol.MaxWheel {
		t.Errorf("a turn of the most steps: the program saw %v", got)
	}
}

// A left-handed user has exchanged the buttons; a click is a click all the same.
func TestLeftHanded(t *testing.T) {
	t.Parallel()
	capturetest.Require(t, "xmodmap")
	r := newRig(t)
	r.watch()
	click := func() []int {
		r.must(r.x.Button(0, true))
		r.must(r.x.Button(0, false))
		r.must(r.x.Wheel(0, 1))
		return buttons(r.seen())
	}
	want := []int{1, -1, 5, -5}
	for _, order := range []string{"3 2 1 5 4 6 7 8 9 10", "2 3 1 4 5 6 7 8 9 10", "1 2 3 4 5 6 7 8 9 10"} {
		r.Run(t, "xmodmap", "-e", "pointer = "+order)
		r.must(r.x.sync()) // the news has come
		if got := click(); !slices.Equal(got, want) {
			t.Errorf("buttons %s: the program saw %v, want %v", order, got, want)
		}
	}
}

// Every code arrives as the key that it is.
func TestKeys(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.watch()
	for code := range codes {
		r.must(r.x.Key(code, true))
		r.must(r.x.Key(code, false))
		if strings.HasSuffix(code, "Lock") { // open it again
			r.must(r.x.Key(code, true))
			r.must(r.x.Key(code, false))
		}
		got := keys(r.seen())
		if len(got) < 2 || got[0] != "+"+code || !strings.HasSuffix(got[1], "-"+code) {
			t.Errorf("%s: the program saw %q", code, got)
		}
	}
	for _, code := range []string{"PrintScreen", "AudioVolumeUp", ""} {
		if err := r.x.Key(code, true); !errors.Is(err, ErrCode) {
			t.Errorf("%q: %v", code, err)
		}
	}
	if got := r.seen(); len(got) > 0 {
		t.Errorf("unknown codes did something: %v", got)
	}
}

func TestShortcuts(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.watch()
	for _, step := range []string{"+ControlLeft", "+KeyA", "-KeyA", "-ControlLeft", "+ShiftRight", "+ArrowLeft", "-ArrowLeft", "-ShiftRight",
		"+Tab", "-Tab", "+F5", "-F5", "+AltLeft", "+F4", "-F4", "-AltLeft"} {
		r.must(r.x.Key(step[1:], step[0] == '+'))
	}
	want := []string{"+ControlLeft", "ctrl +KeyA", "ctrl -KeyA", "ctrl -ControlLeft",
		"+ShiftRight", "shift +ArrowLeft", "shift -ArrowLeft", "shift -ShiftRight",
		"+Tab", "-Tab", "+F5", "-F5", "+AltLeft", "alt +F4", "alt -F4", "alt -AltLeft"}
	if got := keys(r.seen()); !reflect.DeepEqual(got, want) {
		t.Errorf("the program saw %q,\nwant %q", got, want)
	}
}

// Shortcuts do in a real program what they do there.
func TestShortcutsInGTK(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	p := r.ask()
	press := func(list ...string) {
		for _, code := range list {
			r.must(r.x.Key(code, true))
		}
		for _, code := range slices.Backward(list) {
			r.must(r.x.Key(code, false))
		}
	}
	r.text("to be replaced")
	press("ControlLeft", "KeyA")
	r.text("abcdef")
	press("ShiftLeft", "ArrowLeft")
	press("ShiftLeft", "ArrowLeft")
	r.text("Z")
	press("Home")
	press("Delete")
	press("Tab") // to the button Cancel and back
	press("ShiftLeft", "Tab")
	press("End")
	r.text("!")
	press("Enter")
	if got, want := p.typed(), "bcdZ!"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A display is named or there is none.
func TestOpenFails(t *testing.T) {
	d := capturetest.StartXvfb(t, "64x64x24")
	t.Setenv("DISPLAY", d.Name())
	for _, name := range []string{"", "nonsense", ":", ":29999", d.Name() + ".7"} {
		if x, err := Open(name); err == nil {
			x.Close()
			t.Errorf("display %q: opened", name)
		}
	}
	x, err := Open(d.Name() + ".0")
	if err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Error(err)
	}
}

// Now and then the server is asked whether it is still there.
func TestEventsWithoutAnswer(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.must(r.x.sync())
	for range maxUnanswered - 1 {
		r.must(r.x.Move(1, 1))
	}
	if n := r.x.unanswered; n != maxUnanswered-1 {
		t.Errorf("%d events are unanswered, want %d", n, maxUnanswered-1)
	}
	r.must(r.x.Move(1, 1))
	if n := r.x.unanswered; n != 0 {
		t.Errorf("%d events are unanswered after the limit", n)
	}
}

// A server that demands a cookie gets the one in the authority file.
func TestOpenWithAuthority(t *testing.T) {
	const cookie = "0123456789abcdef"
	entry := append([]byte{0xff, 0xff, 0, 0, 0, 0, 0, 18}, "MIT-MAGIC-COOKIE-1"...) // any address, any display
	entry = append(append(entry, 0, byte(len(cookie))), cookie...)
	file := filepath.Join(t.TempDir(), "authority")
	if err := os.WriteFile(file, entry, 0o600); err != nil {
		t.Fatal(err)
	}
	d := capturetest.StartXvfb(t, "64x64x24", "-auth", file)
	t.Setenv("XAUTHORITY", file)
	openScreen(t, d)
	t.Setenv("XAUTHORITY", filepath.Join(t.TempDir(), "none"))
	if x, err := Open(d.Name()); err == nil {
		x.Close()
		t.Error("opened without a cookie")
	}
}

// everything calls every method that needs the display and returns the errors.
func everything(x Display) map[string]error {
	_, text := x.Text("a")
	_, at := x.At(1, 1)
	_, focused := x.Focused()
	return map[string]error{
		"move": x.Move(1, 1), "button": x.Button(0, true), "wheel": x.Wheel(1, 1), "key": x.Key("KeyA", true),
		"text": text, "at": at, "focused": focused, "idle": x.Idle(), "release": x.Release(), "close": x.Close(),
	}
}

func TestDisplayEnds(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.text("日") // a key is borrowed, which cannot be given back
	r.Stop()
	for r.x.Release() == nil { // until the news has come
		continue
	}
	for what, err := range everything(r.x) {
		if !errors.Is(err, ErrGone) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// A server that does not answer is given up, whatever is asked of it first.
func TestDisplayHangs(t *testing.T) {
	t.Parallel()
	for name, call := range map[string]func(x *screen) error{
		"release": func(x *screen) error { return x.Release() },
		"text":    func(x *screen) error { _, err := x.Text("abc"); return err },
		"look":    func(x *screen) error { _, err := x.At(1, 1); return err },
		"flood": func(x *screen) (err error) {
			for err == nil { // until no more goes in
				err = x.Move(1, 1)
			}
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			r.Signal(t, syscall.SIGSTOP)
			if err := call(r.x); !errors.Is(err, ErrGone) {
				t.Errorf("%v, want %v", err, ErrGone)
			}
			for what, err := range everything(r.x) {
				if !errors.Is(err, ErrGone) {
					t.Errorf("%s: %v", what, err)
				}
			}
		})
	}
}

// An event that the server refuses is told by a later call.
func TestRefusedEvent(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	const noSuchButton = 200
	r.x.fake(xproto.ButtonPress, noSuchButton, 0, 0)
	if err := r.x.sync(); err == nil || errors.Is(err, ErrGone) {
		t.Errorf("a refused event: %v", err)
	}
	r.must(r.x.Move(1, 1))
}

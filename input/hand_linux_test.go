package input_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"telestrator/capture/capturetest"
	"telestrator/input"
	"telestrator/input/inputtest"
	"telestrator/x11"
)

// TestHandTellsOfRealDevices: each thing the user does is told, once.
func TestHandTellsOfRealDevices(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for _, c := range []struct {
		what string
		do   func() error
	}{
		{"key down", func() error { return r.user.Key(inputtest.KeyA, true) }},
		{"key up", func() error { return r.user.Key(inputtest.KeyA, false) }},
		{"motion", func() error { return r.user.Motion(100, 200) }},
		{"button down", func() error { return r.user.Button(1, true) }},
		{"button up", func() error { return r.user.Button(1, false) }},
		{"right button down", func() error { return r.user.Button(3, true) }},
		{"right button up", func() error { return r.user.Button(3, false) }},
	} {
		r.do(c.do())
		r.expect(c.what, moved)
	}
	r.expectOnly("at the end")
}

// TestHandIgnoresInjection: nothing that is injected counts, be it the chord.
func TestHandIgnoresInjection(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	seen := injections(t, r.display.Name())
	r.display.Run(t, "xdotool", "mousemove_relative", "20", "20", "click", "1", "click", "4", "key", "a")
	r.display.Run(t, "xdotool", "keydown", "ctrl", "keydown", "alt", "keydown", "shift", "key", "End",
		"keyup", "shift", "keyup", "alt", "keyup", "ctrl")
	r.display.Run(t, "xdotool", "key", "Escape", "key", "Escape", "key", "Escape", "key", "Escape", "key", "Escape")
	count := map[x11.RawKind]int{}
	for late := time.After(patience); count[x11.RawKeyPress] < 10; {
		select {
		case kind := <-seen:
			count[kind]++
		case <-late:
			t.Fatalf("xdotool did only %v", count)
		}
	}
	if count[x11.RawMotion] < 1 || count[x11.RawButtonPress] != 2 {
		t.Errorf("xdotool did %v", count)
	}
	r.expectOnly("after xdotool")
}

// TestHandMixed: keys that are injected complete no chord the user has begun,
// and do not take it apart.
func TestHandMixed(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.do(r.user.Key(inputtest.KeyControl, true))
	r.do(r.user.Key(inputtest.KeyAlt, true))
	r.do(r.user.Key(inputtest.KeyShift, true))
	r.expect("modifiers", moved, moved, moved)
	r.display.Run(t, "xdotool", "key", "End")
	r.display.Run(t, "xdotool", "keyup", "ctrl", "keyup", "alt", "keyup", "shift")
	r.do(r.user.Key(inputtest.KeyEnd, true))
	r.expect("after an injected End", stop, moved)
}

// TestHandEscapes: Esc five times from the user's own keyboard.
func TestHandEscapes(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.display.Run(t, "xdotool", "key", "Escape")
	for range 4 {
		r.do(r.user.Type(inputtest.KeyEscape))
		r.expect("Esc", moved, moved)
	}
	r.display.Run(t, "xdotool", "key", "Escape")
	r.do(r.user.Type(inputtest.KeyEscape))
	r.expect("fifth Esc", stop, moved, moved)
}

// TestHandEndsWithTheServer: Run says that the connection has gone.
func TestHandEndsWithTheServer(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.do(r.user.Motion(10, 10))
	r.expect("motion", moved)
	r.display.Stop()
	if err := r.wait(); !errors.Is(err, x11.ErrClosed) {
		t.Errorf("Run ended with %v", err)
	}
	if err := r.hand.Watch(nil); err == nil {
		t.Error("Watch agreed after the end")
	}
}

// TestHandEndsBeforeItsServer: a server that hangs keeps nobody, neither Run
// nor Watch.
func TestHandEndsBeforeItsServer(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.do(r.user.Motion(10, 10))
	r.expect("motion", moved)
	r.display.Signal(t, syscall.SIGSTOP)
	watched := make(chan error, 1)
	go func() { watched <- r.hand.Watch(nil) }()
	why := errors.New("enough")
	r.end(why)
	if err := r.wait(); !errors.Is(err, why) {
		t.Errorf("Run ended with %v", err)
	}
	if err := <-watched; err == nil {
		t.Error("Watch agreed without its server")
	}
}

// TestHandLeavesNothing: Run's goroutines have ended when it returns. Not
// parallel: it counts.
func TestHandLeavesNothing(t *testing.T) {
	d := capturetest.StartXvfb(t, "64x64x24")
	before := runtime.NumGoroutine()
	for range 20 {
		hand, err := input.OpenHand(d.Name(), input.DefaultChord())
		if err != nil {
			t.Fatal(err)
		}
		ctx, end := context.WithCancel(t.Context())
		end()
		if err := hand.Run(ctx, input.HandEvents{}); !errors.Is(err, context.Canceled) {
			t.Errorf("Run ended with %v", err)
		}
	}
	late := time.Now().Add(patience)
	for runtime.NumGoroutine() > before && time.Now().Before(late) {
		runtime.Gosched() // one that has told its end may not be off yet
	}
	if after := runtime.NumGoroutine(); after > before {
		t.Errorf("%d goroutines, %d before", after, before)
	}
}

// TestHandRefuses: what cannot be watched, or could not be stopped.
func TestHandRefuses(t *testing.T) {
	t.Parallel()
	d := capturetest.StartXvfb(t, "64x64x24")
	for _, c := range []struct {
		display string
		config  input.ChordConfig
		says    string
	}{
		{d.Name(), input.ChordConfig{}, "neither a chord"},
		{"nowhere", input.DefaultChord(), "nowhere"},
	} {
		hand, err := input.OpenHand(c.display, c.config)
		if err == nil {
			hand.Close()
		}
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q, %+v: %v", c.display, c.config, err)
		}
	}
}

// wait waits until Run has returned.
func (r *rig) wait() error {
	r.t.Helper()
	select {
	case err := <-r.ended:
		return err
	case <-time.After(patience):
		r.t.Fatal("Run goes on")
		return nil
	}
}

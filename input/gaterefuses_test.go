package input_test

import (
	"errors"
	"image"
	"testing"
	"testing/synctest"
	"time"

	"telestrator/input"
	"telestrator/protocol"
)

func TestGateAsking(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	g.gets(input.Injected, g.key("ControlLeft", true))
	must(t, g.Ask(true))
	g.told("key ControlLeft down", "release")
	for _, m := range []protocol.Message{g.move(1, 1), g.button(true), g.wheel(), g.key("Enter", true), g.text("a")} {
		g.gets(input.Asking, m)
	}
	must(t, g.Ask(true))
	g.told()
	must(t, g.Ask(false))
	g.gets(input.Injected, g.move(1, 1))
}

func TestGateHand(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGate(t)
		g.gets(input.Injected, g.key("ControlLeft", true))
		g.gets(input.Injected, g.button(true))
		must(t, g.Touch())
		if got := told(&g.r); got[len(got)-1] != "release" {
			t.Fatalf("the hand's touch released nothing: %q", got)
		}
		time.Sleep(input.HandRest - 1)
		for _, m := range []protocol.Message{g.move(1, 1), g.button(true), g.wheel(), g.key("Enter", true), g.text("a")} {
			g.gets(input.LocalHand, m)
		}
		must(t, g.Touch()) // it renews, and there is nothing to release
		time.Sleep(input.HandRest - 1)
		g.gets(input.LocalHand, g.move(1, 1))
		g.told()
		time.Sleep(time.Nanosecond)
		g.gets(input.Injected, g.move(1, 1))
		must(t, g.Touch())
		g.told("move 1,1", "release")
	})
}

// A touch while the display does not answer shuts all the same, and the next
// one tries again to release.
func TestGateHandWithoutDisplay(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	g.gets(input.Injected, g.key("ControlLeft", true))
	g.r.Fail(input.ErrGone)
	if err := g.Touch(); !errors.Is(err, input.ErrGone) {
		t.Errorf("a touch that cannot release: %v", err)
	}
	g.gets(input.LocalHand, g.move(1, 1))
	g.r.Fail(nil)
	g.r.Take()
	must(t, g.Touch())
	g.told("release")
}

func TestGateOwnWindows(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	g.gets(input.Injected, g.key("KeyA", true))
	g.gets(input.Injected, g.button(true))
	g.r.Take()
	g.shield.Put(true, image.Rect(7, 8, 8, 9))
	refused := []protocol.Message{g.button(true), g.wheel(), g.key("KeyB", true), g.text("a")}
	for _, m := range refused {
		g.gets(input.OwnWindow, m)
	}
	g.told()
	// Passing over them is harmless, and what is held must come up anywhere.
	for _, m := range []protocol.Message{g.move(7, 8), g.button(false), g.key("KeyA", false)} {
		g.gets(input.Injected, m)
	}
	g.told("move 7,8", "move 7,8", "button 0 up", "key KeyA up")
	g.shield.Put(false, image.Rect(8, 8, 9, 9))
	for _, m := range refused {
		g.gets(input.Injected, m)
	}
}

// When nobody knows whose window it is, it is ours.
func TestGateShieldFails(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	g.shield.Fail(errors.New("cannot look"))
	for _, m := range []protocol.Message{g.button(true), g.wheel(), g.key("KeyB", true), g.text("a")} {
		g.gets(input.OwnWindow, m)
	}
	g.gets(input.Injected, g.move(1, 1))
	g.told("move 1,1")
}

// A position costs no look at windows.
func TestGateMovesWithoutLooking(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	g.gets(input.Injected, g.move(1, 1))
	if n := g.shield.Asked(); n != 0 {
		t.Errorf("%d questions to the shield for a position", n)
	}
	g.gets(input.Injected, g.button(true))
	g.gets(input.Injected, g.button(false))
	if n := g.shield.Asked(); n != 1 {
		t.Errorf("%d questions to the shield for a click, want 1", n)
	}
}

func TestGateNotAllowed(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	for _, code := range []string{"PrintScreen", "AudioVolumeUp", "Power", "nonsense"} {
		g.gets(input.NotAllowed, g.key(code, true))
		g.gets(input.NotAllowed, g.key(code, false))
	}
	g.gets(input.Injected, g.key("ControlRight", true))
	g.gets(input.Injected, g.key("AltLeft", true))
	for _, code := range []string{"Backspace", "Delete", "F1", "F12"} {
		g.gets(input.NotAllowed, g.key(code, true))
	}
	g.gets(input.Injected, g.key("AltLeft", false))
	g.gets(input.Injected, g.key("Delete", true))
	g.gets(input.NotAllowed, g.key("AltLeft", true)) // the chord in another order
	g.gets(input.Injected, g.key("ShiftRight", true))
	g.gets(input.NotAllowed, g.key("End", true)) // the stop chord
	for _, e := range g.r.Take() {
		if e.Text == "End" || e.Text == "F1" {
			t.Errorf("the injector was told: %v", e)
		}
	}
}

package main

import (
	"slices"
	"testing"
	"time"

	"telestrator/agentd/panel"
	"telestrator/capture/capturetest"
	"telestrator/input/inputtest"
	"telestrator/protocol"
)

// TestLocalHand has the user's own mouse move while the agent drags: the drag
// ends at once, nothing of the agent's has an effect for two seconds, and then
// it has again.
func TestLocalHand(t *testing.T) {
	display := capturetest.StartXvfb(t, "640x480x24")
	d := startDemo(t, "--display", display.Name())
	o, mouse := observe(t, display), own(t, display)
	a := helping(t, d, d.Code, protocol.AllScopes)
	var released []time.Duration
	for i := range trials(3, 100) {
		wait(t, "dragging", func() bool {
			a.button(100, 100, true)
			a.point(150+i%50, 150)
			return o.pressed()
		})
		if err := mouse.Motion(300+i%100, 300); err != nil {
			t.Fatal(err)
		}
		released = append(released, wait(t, "released", func() bool { return !o.pressed() }))
		a.until("told", func() bool { return a.hand.Why == protocol.LocalHand })
		before := o.at()
		a.click(20, 20)
		a.point(10, 10)
		a.until("told that the hand rests", func() bool { return a.hand.Why == protocol.HandRests })
		if after := o.at(); after != before {
			t.Errorf("the pointer went from %v to %v while the user's hand had taken over", before, after)
		}
	}
	slices.Sort(released)
	n := len(released)
	t.Logf("%d trials: released after p50 %v, p99 %v", n, released[n/2], released[(n*99)/100])
}

// TestChord ends the session by the keyboard, and not by what an agent types.
func TestChord(t *testing.T) {
	display := capturetest.StartXvfb(t, "640x480x24")
	d := startDemo(t, "--display", display.Name())
	o, keyboard := observe(t, display), own(t, display)
	a := helping(t, d, d.Code, protocol.AllScopes)
	chord := []string{"ControlLeft", "AltLeft", "ShiftLeft", "End"}
	for _, down := range []bool{true, false} {
		for _, code := range chord {
			a.key(code, down)
		}
	}
	for range 7 {
		a.press("Escape")
	}
	a.text("x")
	d.shows("typed", func(s panel.State) bool { return s.Session.Injected.Text == 1 })
	if !o.shown("bar") {
		t.Fatal("the agent's keys ended the session")
	}
	hold := func(code byte, down bool) {
		if err := keyboard.Key(code, down); err != nil {
			t.Fatal(err)
		}
	}
	keys := []byte{inputtest.KeyControl, inputtest.KeyAlt, inputtest.KeyShift, inputtest.KeyEnd}
	for _, code := range keys {
		hold(code, true)
	}
	for _, code := range keys {
		hold(code, false)
	}
	t.Logf("the screen is clear %v after the chord", wait(t, "clear", func() bool { return !o.shown("") }))
	a.until("over", func() bool { return a.over })
	d.until("over", func(s panel.State) bool { return s.State == panel.Over })
}

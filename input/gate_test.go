package input_test

import (
	"errors"
	"fmt"
	"image"
	"testing"
	"testing/synctest"
	"time"

	"telestrator/input"
	"telestrator/input/inputtest"
	"telestrator/protocol"
)

const (
	control = protocol.View | protocol.PointerScope | protocol.Keyboard
	mouse   = protocol.View | protocol.PointerScope
)

// gate is a gate with everything around it.
type gate struct {
	*input.Gate
	t      *testing.T
	r      inputtest.Recorder
	shield inputtest.Shield
	number uint32
}

// newGate makes a gate at which session "a" may do everything in generation 1.
func newGate(t *testing.T) *gate {
	g := &gate{t: t}
	g.Gate = input.NewGate(input.NewHeld(&g.r), &g.shield, input.GateConfig{Chord: []string{"ControlLeft", "ShiftLeft", "End"}})
	must(t, g.Permit("a", input.Permit{Scopes: control, Generation: 1}))
	g.r.Take()
	return g
}

// next is the next number of a session's input.
func (g *gate) next() uint32 {
	g.number++
	return g.number
}

func (g *gate) move(x, y uint16) protocol.Message {
	return &protocol.Pointer{Number: g.next(), Generation: 1, X: x, Y: y}
}

func (g *gate) button(down bool) protocol.Message {
	return &protocol.Button{Number: g.next(), Generation: 1, X: 7, Y: 8, Down: down}
}

func (g *gate) wheel() protocol.Message {
	return &protocol.Wheel{Number: g.next(), Generation: 1, X: 7, Y: 8, DX: -1, DY: 2}
}

func (g *gate) key(code string, down bool) protocol.Message {
	return &protocol.Key{Number: g.next(), Generation: 1, Code: code, Down: down}
}

func (g *gate) text(text string) protocol.Message {
	return &protocol.Text{Number: g.next(), Generation: 1, Text: text}
}

// gets injects a message of session "a" and ends the test unless it meets this verdict.
func (g *gate) gets(v input.Verdict, m protocol.Message) {
	g.t.Helper()
	if got := g.Inject("a", m); got != v {
		g.t.Fatalf("%T %v: verdict %d, want %d", m, m, got, v)
	}
}

// told ends the test unless the injector was told exactly this.
func (g *gate) told(events ...string) {
	g.t.Helper()
	want(g.t, &g.r, events...)
}

func TestGatePasses(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	for _, m := range []protocol.Message{
		g.move(3, 4), g.button(true), g.button(false), g.wheel(), g.key("KeyA", true), g.key("KeyA", false), g.text("ä"),
		&protocol.Held{Number: g.next(), Generation: 1, Codes: []string{"KeyA"}},
	} {
		g.gets(input.Injected, m)
	}
	g.told("move 3,4", "move 7,8", "button 0 down", "move 7,8", "button 0 up", "move 7,8", "wheel -1,2",
		"key KeyA down", "key KeyA up", `text "ä"`)
	if got, want := g.Kinds("a"), [input.Kinds]uint64{1, 2, 1, 2, 1}; got != want {
		t.Errorf("injected by kind: %v, want %v", got, want)
	}
	if got := g.Counts("a"); got != [input.Verdicts]uint64{input.Injected: 7} {
		t.Errorf("counts: %v", got)
	}
}

func TestGateScopes(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	if v := g.Inject("b", g.move(1, 1)); v != input.NoScope {
		t.Errorf("an unknown session: verdict %d", v)
	}
	g.gets(input.NoScope, &protocol.Ping{Number: 1})
	must(t, g.Permit("a", input.Permit{Scopes: mouse, Generation: 1}))
	g.gets(input.NoScope, g.key("KeyA", true))
	g.gets(input.NoScope, g.text("a"))
	g.gets(input.Injected, g.move(1, 1))
	must(t, g.Permit("a", input.Permit{Scopes: protocol.View | protocol.Keyboard, Generation: 1}))
	g.gets(input.NoScope, g.move(1, 1))
	g.gets(input.NoScope, g.button(true))
	g.gets(input.NoScope, g.wheel())
	g.gets(input.Injected, g.text("a"))
	must(t, g.Permit("a", input.Permit{}))
	g.gets(input.NoScope, g.text("a"))
	if got := g.Counts("a"); got != [input.Verdicts]uint64{input.Injected: 2, input.NoScope: 6} {
		t.Errorf("counts: %v", got)
	}
}

// What narrows a permit releases everything, once; what does not, nothing.
func TestGateNarrows(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	must(t, g.Permit("b", input.Permit{Scopes: mouse, Generation: 1}))
	g.gets(input.Injected, g.key("ShiftLeft", true))
	g.gets(input.Injected, g.button(true))
	g.r.Take()
	must(t, g.Permit("a", input.Permit{Scopes: control | protocol.Ink, Generation: 2}))
	must(t, g.Permit("a", input.Permit{Scopes: control, Generation: 1}))
	g.told()
	must(t, g.Permit("b", input.Permit{Scopes: protocol.View, Generation: 1}))
	g.told("release")
	must(t, g.Permit("a", input.Permit{}))
	g.told() // nothing happened since
}

func TestGateNumbers(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	g.gets(input.Injected, &protocol.Pointer{Number: 10, Generation: 1})
	g.gets(input.Outdated, &protocol.Pointer{Number: 10, Generation: 1})
	g.gets(input.Outdated, &protocol.Pointer{Number: 9, Generation: 1})
	g.gets(input.Injected, &protocol.Button{Number: 12, Generation: 1, Down: true})
	g.gets(input.Outdated, &protocol.Pointer{Number: 11, Generation: 1}) // it would undo the click
	g.gets(input.Injected, &protocol.Pointer{Number: 13, Generation: 1})
	g.gets(input.Injected, &protocol.Button{Number: 5, Generation: 1}) // their channel keeps order
	g.gets(input.Injected, &protocol.Text{Number: 20, Generation: 1, Text: "a"})
	g.gets(input.Outdated, &protocol.Pointer{Number: 19, Generation: 1})
	g.gets(input.Injected, &protocol.Held{Number: 30, Generation: 1})
	g.gets(input.Outdated, &protocol.Pointer{Number: 30, Generation: 1})
	must(t, g.Permit("b", input.Permit{Scopes: control, Generation: 1}))
	if v := g.Inject("b", &protocol.Pointer{Number: 1, Generation: 1}); v != input.Injected {
		t.Errorf("another session's numbers are its own: verdict %d", v)
	}
}

func TestGateGenerations(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	g.gets(input.Injected, g.key("KeyA", true))
	g.gets(input.Injected, g.button(true))
	must(t, g.Permit("a", input.Permit{Scopes: control, Generation: 2}))
	g.r.Take()
	for _, m := range []protocol.Message{g.move(1, 1), g.button(true), g.wheel(), g.key("KeyB", true), g.text("a"), g.key("KeyB", false),
		&protocol.Held{Number: g.next(), Generation: 1}, &protocol.Pointer{Number: g.next(), Generation: 3}} {
		g.gets(input.Outdated, m)
	}
	g.told()
	// What is held comes up, whatever the screen was then; the pointer stays.
	g.gets(input.Injected, g.key("KeyA", false))
	g.gets(input.Injected, g.button(false))
	g.told("key KeyA up", "button 0 up")
}

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

func TestGateHeldLimit(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	for i := range protocol.MaxHeld {
		g.gets(input.Injected, g.key(fmt.Sprintf("Digit%d", i), true))
	}
	g.gets(input.NotAllowed, g.key("KeyA", true))
	g.gets(input.Injected, g.key("Digit0", false))
	g.gets(input.Injected, g.key("KeyA", true))
}

func TestGateFails(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	g.r.Fail(errors.New("broken"))
	for _, m := range []protocol.Message{g.move(1, 1), g.button(true), g.wheel(), g.key("KeyB", true), g.text("a")} {
		g.gets(input.Failed, m)
	}
	if err := g.Tick(); err == nil {
		t.Error("a tick does not tell that the injector is broken")
	}
	if err := g.Permit("a", input.Permit{}); err == nil {
		t.Error("a permit that cannot release says nothing")
	}
	g.gets(input.NoScope, g.move(1, 1))
}

// The first reason that there is against a message is the verdict.
func TestGateOrder(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	g.shield.Put(true)
	must(t, g.Touch())
	must(t, g.Ask(true))
	must(t, g.Permit("a", input.Permit{Scopes: mouse, Generation: 2}))
	bad := g.key("PrintScreen", true)
	g.gets(input.NoScope, bad)
	must(t, g.Permit("a", input.Permit{Scopes: control, Generation: 2}))
	g.gets(input.Outdated, bad)
	must(t, g.Permit("a", input.Permit{Scopes: control, Generation: 1}))
	g.gets(input.Asking, bad)
	must(t, g.Ask(false))
	g.gets(input.LocalHand, bad)
}

func TestGateOrderWithoutHand(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	g.shield.Put(true)
	bad := g.key("PrintScreen", true)
	g.gets(input.OwnWindow, bad)
	g.shield.Put(false)
	g.r.Fail(errors.New("broken"))
	g.gets(input.NotAllowed, bad)
	g.gets(input.Failed, g.key("KeyA", true))
}

func TestGateShut(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	g.gets(input.Injected, g.key("KeyA", true))
	must(t, g.Shut())
	g.told("key KeyA down", "release")
	g.gets(input.NoScope, g.key("KeyA", true))
	if err := g.Permit("a", input.Permit{Scopes: control, Generation: 1}); !errors.Is(err, input.ErrShut) {
		t.Errorf("a permit after the end: %v", err)
	}
	g.gets(input.NoScope, g.move(1, 1))
	must(t, g.Permit("a", input.Permit{}))
	must(t, g.Tick())
	g.told()
}

// A key that the console does not name for five seconds comes up.
func TestGateExpires(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGate(t)
		g.gets(input.Injected, g.key("KeyA", true))
		g.gets(input.Injected, g.key("KeyB", true))
		g.r.Take()
		for range 60 { // six seconds
			time.Sleep(100 * time.Millisecond)
			g.gets(input.Injected, &protocol.Held{Number: g.next(), Generation: 1, Codes: []string{"KeyB"}})
			must(t, g.Tick())
		}
		g.told("key KeyA up")
	})
}

func TestGateSessionLimit(t *testing.T) {
	t.Parallel()
	const most = 16
	g := newGate(t)
	for i := range most - 1 {
		must(t, g.Permit(fmt.Sprint(i), input.Permit{Scopes: control, Generation: 1}))
	}
	if err := g.Permit("one more", input.Permit{Scopes: control, Generation: 1}); !errors.Is(err, input.ErrSessions) {
		t.Errorf("one session more than %d: %v", most, err)
	}
	g.gets(input.Injected, g.move(1, 1))
	must(t, g.Permit("a", input.Permit{}))
	if g.Counts("a")[input.Injected] != 1 {
		t.Error("the counts of a session went with its permit")
	}
	must(t, g.Permit("one more", input.Permit{Scopes: control, Generation: 1}))
	if g.Counts("a") != [input.Verdicts]uint64{} {
		t.Error("a session is known beyond the limit")
	}
}

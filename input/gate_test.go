package input_test

import (
	"testing"

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

package input_test

import (
	"image"
	"testing"
	"testing/synctest"
	"time"

	"telestrator/input"
	"telestrator/protocol"
)

// What comes after a text that is not done stays behind it.
func TestLateKeepsOrder(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	g.r.Most(2)
	g.gets(input.Waiting, g.text("abcdefg"))
	g.gets(input.Waiting, g.key("Enter", true))
	g.gets(input.Injected, g.move(1, 1)) // a position may overtake
	g.gets(input.Injected, &protocol.Held{Number: g.next(), Generation: 1, Codes: []string{"KeyA"}})
	g.gets(input.Waiting, g.button(true))
	if got := g.Counts("a"); got != [input.Verdicts]uint64{input.Injected: 1} {
		t.Errorf("counts before the turn of what waits: %v", got)
	}
	must(t, g.Tick())
	g.told(`text "ab"`, `text "cd"`, "move 1,1", `text "ef"`, `text "g"`, "key Enter down", "move 7,8", "button 0 down")
	if got := g.Kinds("a"); got != [input.Kinds]uint64{1, 1, 0, 1, 1} {
		t.Errorf("injected by kind: %v", got)
	}
}

// A text that cannot begin waits as a whole.
func TestLateFromTheStart(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	g.r.Most(-1)
	g.gets(input.Waiting, g.text("ab"))
	must(t, g.Tick())
	g.told()
	g.r.Most(0)
	must(t, g.Tick())
	g.told(`text "ab"`)
}

// What waits is decided when its turn comes, and dropped at once by what shuts
// the gate.
func TestLateIsDecidedAnew(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		shut func(g *gate) error
		want input.Verdict
	}{
		"permit":     {func(g *gate) error { return g.Permit("a", input.Permit{Scopes: mouse, Generation: 1}) }, input.NoScope},
		"generation": {func(g *gate) error { return g.Permit("a", input.Permit{Scopes: control, Generation: 2}) }, input.Outdated},
		"asking":     {func(g *gate) error { return g.Ask(true) }, input.Asking},
		"hand":       {func(g *gate) error { return g.Touch() }, input.LocalHand},
		"end":        {func(g *gate) error { return g.Shut() }, input.NoScope},
		"own window": {func(g *gate) error { g.shield.Put(true); return g.Tick() }, input.OwnWindow},
		"failure":    {func(g *gate) error { g.r.Fail(input.ErrGone); g.Tick(); return nil }, input.Failed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := newGate(t)
			g.r.Most(2)
			g.gets(input.Waiting, g.text("abcdefg"))
			g.gets(input.Waiting, g.key("Enter", true))
			g.r.Take()
			must(t, test.shut(g))
			if got := g.Counts("a"); got[test.want] != 2 || got[input.Injected] != 0 {
				t.Errorf("counts: %v", got)
			}
			for _, e := range g.r.Take() {
				if e.Do != "release" {
					t.Errorf("the injector was told: %v", e)
				}
			}
		})
	}
}

// One session's end does not drop what another has waiting.
func TestLateOfAnother(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	must(t, g.Permit("b", input.Permit{Scopes: control, Generation: 1}))
	g.r.Most(2)
	g.gets(input.Waiting, g.text("abcdefg"))
	if v := g.Inject("b", g.text("xyz")); v != input.Waiting {
		t.Fatalf("verdict %d", v)
	}
	must(t, g.Permit("a", input.Permit{}))
	g.r.Take()
	must(t, g.Tick())
	must(t, g.Tick())
	g.told(`text "xy"`, `text "z"`)
}

// A message that may not pass takes no place in the queue.
func TestLateRefusesAtOnce(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	must(t, g.Permit("b", input.Permit{Scopes: mouse, Generation: 1}))
	g.r.Most(-1)
	g.gets(input.Waiting, g.text("a"))
	for range 100 {
		if v := g.Inject("b", g.key("KeyA", true)); v != input.NoScope {
			t.Fatalf("verdict %d", v)
		}
		g.gets(input.Outdated, &protocol.Wheel{Number: g.next(), Generation: 2})
	}
	g.gets(input.Waiting, g.wheel())
}

// The release of what is held is not dropped with what is outdated.
func TestLateReleases(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	g.gets(input.Injected, g.button(true))
	g.r.Most(-1)
	g.gets(input.Waiting, g.text("a"))
	g.gets(input.Waiting, g.button(false))
	must(t, g.Permit("a", input.Permit{Scopes: control, Generation: 2}))
	g.r.Take()
	must(t, g.Tick())
	g.told("button 0 up")
}

func TestLateLimit(t *testing.T) {
	t.Parallel()
	const most = 64
	g := newGate(t)
	g.r.Most(-1)
	g.gets(input.Waiting, g.text("a"))
	for range most - 1 {
		g.gets(input.Waiting, g.wheel())
	}
	g.gets(input.NotAllowed, g.wheel())
	if got := g.Counts("a"); got != [input.Verdicts]uint64{input.NotAllowed: 1} {
		t.Errorf("counts: %v", got)
	}
	g.r.Most(0)
	must(t, g.Tick())
	if got := g.Kinds("a"); got != [input.Kinds]uint64{input.WheelKind: most - 1, input.TextKind: 1} {
		t.Errorf("injected by kind: %v", got)
	}
}

// A hand that comes while a text waits finds it gone when it rests again.
func TestLateAndHand(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGate(t)
		g.r.Most(2)
		g.gets(input.Waiting, g.text("abcd"))
		must(t, g.Touch())
		g.r.Take()
		time.Sleep(input.HandRest)
		must(t, g.Tick())
		g.told()
		g.shield.Put(true, image.Rect(0, 0, 1, 1))
		g.gets(input.OwnWindow, g.text("x"))
	})
}

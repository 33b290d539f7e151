package input_test

import (
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"telestrator/input"
	"telestrator/protocol"
)

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

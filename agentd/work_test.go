package agentd

import (
	"errors"
	"testing"
	"time"

	"telestrator/agentd/panel"
	"telestrator/input"
	"telestrator/peer"
	"telestrator/protocol"
)

// number is the next of the agent's input.
func (r *rig) next() uint32 { r.sent++; return r.sent }

// generation is what the console was told last.
func (r *rig) generation() uint32 {
	r.session.mu.Lock()
	defer r.session.mu.Unlock()
	return r.session.generation
}

// click presses and releases the left button.
func (r *rig) click(x, y uint16) {
	for _, down := range []bool{true, false} {
		r.send(peer.Input, &protocol.Button{Number: r.next(), Generation: r.generation(), X: x, Y: y, Down: down})
	}
}

func (r *rig) key(code string, down bool) {
	r.send(peer.Input, &protocol.Key{Number: r.next(), Generation: r.generation(), Code: code, Down: down})
}

func (r *rig) point(x, y uint16) {
	r.send(peer.Move, &protocol.Pointer{Number: r.next(), Generation: r.generation(), X: x, Y: y})
}

// stroke draws a line.
func (r *rig) stroke(n uint32) {
	r.send(peer.Ink, &protocol.StrokeBegin{Stroke: n, Generation: r.generation(), Colour: 0xe53935, Width: 4})
	r.send(peer.Ink, &protocol.StrokePoints{Stroke: n, Points: []uint16{10, 10, 60, 40}})
	r.send(peer.Ink, &protocol.StrokeEnd{Stroke: n, Points: 2})
}

// nothing wants that what was done had no effect on the screen.
func (r *rig) nothing(what string, do func()) {
	r.t.Helper()
	r.pass(100 * time.Millisecond)
	before, marks := r.hands.Acts(), len(r.hands.Marks())
	do()
	r.pass(100 * time.Millisecond)
	if n := r.hands.Acts() - before; n != 0 {
		r.t.Errorf("%s: %d events", what, n)
	}
	if n := len(r.hands.Marks()); n > marks {
		r.t.Errorf("%s: ink on the screen", what)
	}
}

// something wants an effect.
func (r *rig) something(what string, do func()) {
	r.t.Helper()
	r.pass(100 * time.Millisecond)
	before, marks := r.hands.Acts(), len(r.hands.Marks())
	do()
	r.pass(100 * time.Millisecond)
	if r.hands.Acts() == before && len(r.hands.Marks()) == marks {
		r.t.Errorf("%s: no effect", what)
	}
}

// TestEachScopeByItself wants that each permission permits its own and no other.
func TestEachScopeByItself(t *testing.T) {
	works := map[protocol.Scopes]func(r *rig){
		protocol.Ink:          func(r *rig) { r.stroke(r.next()) },
		protocol.PointerScope: func(r *rig) { r.click(20, 20); r.point(30, 30) },
		protocol.Keyboard:     func(r *rig) { r.key("KeyA", true); r.key("KeyA", false) },
	}
	for held := range protocol.AllScopes + 1 {
		if held&protocol.View == 0 {
			continue
		}
		t.Run(held.String(), func(t *testing.T) {
			inRig(t, DemoPolicy(), func(r *rig) {
				r.working(held)
				for scope, work := range works {
					if held&scope != 0 {
						r.something(scope.String(), func() { work(r) })
					} else {
						r.nothing(scope.String(), func() { work(r) })
					}
				}
			})
		})
	}
}

// TestTakingBackWorksAtOnce wants nothing after the call has returned, and what
// was held released.
func TestTakingBackWorksAtOnce(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.working(protocol.PointerScope | protocol.Keyboard | protocol.Ink)
		r.key("ShiftLeft", true)
		r.pass(100 * time.Millisecond)
		if !r.hands.Holds() {
			t.Fatal("nothing is held")
		}
		r.session.revoke(protocol.Keyboard)
		if r.hands.Holds() {
			t.Error("still held when the call returned")
		}
		r.nothing("keyboard", func() { r.key("KeyA", true) })
		r.something("pointer", func() { r.click(1, 1) })
		r.stroke(1)
		r.pass(time.Second)
		r.session.revoke(protocol.View)
		r.pass(time.Second)
		if len(r.hands.Marks()) > 0 || r.hands.Sign() != nil {
			t.Error("ink or sign without anybody who sees")
		}
		r.nothing("all", func() { r.click(1, 1); r.stroke(2) })
	})
}

func TestNoInputWhilePaused(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.working(protocol.PointerScope | protocol.Ink)
		r.stroke(1)
		r.send(peer.Input, &protocol.Button{Number: r.next(), Generation: r.generation(), Down: true})
		r.pass(time.Second)
		r.session.hold(true)
		if r.hands.Holds() {
			t.Error("held in the pause")
		}
		r.nothing("paused", func() { r.click(5, 5); r.stroke(2) })
		if len(r.hands.Marks()) == 0 {
			t.Error("the pause took the ink off")
		}
		if s := r.hands.Sign(); s == nil || !s.Paused {
			t.Errorf("the sign says %+v", s)
		}
		r.session.hold(false)
		r.something("resumed", func() { r.click(5, 5) })
	})
}

// TestSignComesFirst wants the sign on the screen before anything is told of it.
func TestSignComesFirst(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.paint(10)
		r.hands.FailSign(errors.New("no overlay"))
		r.join()
		if err := r.session.answer(protocol.View); err != nil {
			t.Fatal(err)
		}
		r.silent("without a sign")
		r.hands.FailSign(nil)
		r.pass(time.Second)
		if s := r.hands.Sign(); s == nil || s.Agents[0] != "Ada" || s.Scopes != protocol.View {
			t.Errorf("the sign says %+v", s)
		}
		r.same()
	})
}

// TestLocalHand wants that the user's own hand suspends input for two seconds,
// releases what is held, and that the console is told.
func TestLocalHand(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.working(protocol.PointerScope)
		r.send(peer.Input, &protocol.Button{Number: r.next(), Generation: r.generation(), Down: true})
		r.pass(100 * time.Millisecond)
		r.hands.Move()
		if r.hands.Holds() {
			t.Error("held while the user's own hand moves")
		}
		r.pass(50 * time.Millisecond)
		if h := last[*protocol.Hand](r.console); h == nil || h.Why != protocol.LocalHand {
			t.Errorf("the console was told %+v", h)
		}
		r.nothing("suspended", func() { r.click(9, 9) })
		r.pass(input.HandRest)
		if h := last[*protocol.Hand](r.console); h.Why != protocol.HandRests {
			t.Errorf("the console was told %+v", h)
		}
		r.something("afterwards", func() { r.click(9, 9) })
	})
}

// TestWhoMayOnlySeeLearnsNothingOfTheHand wants no message about it.
func TestWhoMayOnlySeeLearnsNothingOfTheHand(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.live()
		r.hands.Move()
		r.pass(time.Second)
		if h := last[*protocol.Hand](r.console); h != nil {
			t.Errorf("the console was told %+v", h)
		}
	})
}

// TestNothingIsInjectedWhileAsked wants input to rest while the user decides.
func TestNothingIsInjectedWhileAsked(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.working(protocol.PointerScope)
		r.key("KeyA", true)
		r.ask(2, protocol.Keyboard)
		r.nothing("asked", func() { r.click(3, 3) })
		if h := last[*protocol.Hand](r.console); h == nil || h.Why != protocol.UserAsked {
			t.Errorf("the console was told %+v", h)
		}
		if err := r.session.answer(0); err != nil {
			t.Fatal(err)
		}
		r.something("answered", func() { r.click(3, 3) })
	})
}

// TestChordEndsTheSession wants the screen clear before the daemon is even asked.
func TestChordEndsTheSession(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.working(protocol.PointerScope | protocol.Ink)
		r.stroke(1)
		r.pass(time.Second)
		r.hands.Chord()
		if r.hands.Sign() != nil || len(r.hands.Marks()) > 0 {
			t.Error("sign or ink after the chord")
		}
		r.wantEnd(protocol.Stopped)
		if r.hands.Killed() {
			t.Error("killed although it obeyed")
		}
	})
}

// TestGenerations drops what was aimed at an older screen or misses this one. A
// generation that was never told ends the session.
func TestGenerations(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.working(protocol.PointerScope | protocol.Ink)
		old := r.generation()
		r.painted.Resize(200, 100)
		r.paint(3)
		r.pass(time.Second)
		if r.generation() == old {
			t.Fatal("the generation stayed")
		}
		r.nothing("old generation", func() {
			r.send(peer.Input, &protocol.Button{Number: r.next(), Generation: old, X: 300, Y: 150, Down: true})
			r.send(peer.Ink, &protocol.StrokeBegin{Stroke: 1, Generation: old, Width: 4})
			r.send(peer.Ink, &protocol.StrokePoints{Stroke: 1, Points: []uint16{10, 10, 60, 40}})
		})
		r.something("inside", func() { r.click(199, 99) })
		r.nothing("outside", func() { r.click(200, 99) })
	})
	inRig(t, DemoPolicy(), func(r *rig) {
		r.working(protocol.Keyboard)
		r.send(peer.Input, &protocol.Key{Number: 1, Generation: r.generation() + 1, Code: "KeyA", Down: true})
		r.wantEnd(protocol.BadRange)
	})
}

// TestInFlight wants that what was on its way when a permission was taken back
// is no reproach, however much.
func TestInFlight(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.working(protocol.PointerScope)
		old := r.generation()
		r.session.revoke(protocol.PointerScope)
		for range 2 * maxForbidden {
			r.send(peer.Input, &protocol.Button{Number: r.next(), Generation: old, Down: true})
		}
		r.nothing("in flight", func() {})
		for range maxForbidden {
			r.send(peer.Input, &protocol.Button{Number: r.next(), Generation: r.generation(), Down: true})
		}
		r.wantEnd(protocol.Flood)
	})
}

// TestPace takes the rates of L9 to L12: at the limit all passes, one more does not.
func TestPace(t *testing.T) {
	now := time.Now()
	cases := map[string]struct {
		m    protocol.Message
		most int
	}{
		"pointer": {&protocol.Pointer{}, protocol.RatePointer},
		"button":  {&protocol.Button{Down: true}, protocol.RatePointer},
		"wheel":   {&protocol.Wheel{}, protocol.RatePointer},
		"key":     {&protocol.Key{Down: true}, protocol.RateKey},
		"text":    {&protocol.Text{Text: "sixteen letters!"}, protocol.RateText / 16},
		"ink":     {&protocol.StrokePoints{Points: make([]uint16, 20)}, protocol.RateInk / 10},
	}
	for name, c := range cases {
		p := newPace(now)
		for i := range c.most {
			if !p.pass(c.m, now) {
				t.Fatalf("%s: number %d of %d did not pass", name, i+1, c.most)
			}
		}
		if p.pass(c.m, now) {
			t.Errorf("%s: one more passed", name)
		}
		if !p.pass(&protocol.Button{}, now) || !p.pass(&protocol.Key{}, now) {
			t.Errorf("%s: a release did not pass", name)
		}
		if !p.pass(c.m, now.Add(time.Second)) {
			t.Errorf("%s: nothing passes a second later", name)
		}
	}
}

// TestControlTakesReading wants mouse and keyboard later than the rest, and
// their end before that of view.
func TestControlTakesReading(t *testing.T) {
	policy, now := DefaultPolicy(), time.Now()
	var c consent
	_, _ = c.ask(&protocol.Request{Number: 1, Scopes: protocol.AllScopes}, now, policy)
	var early *panel.Refusal
	soon := now.Add(policy.ControlDelay - 1)
	if err := c.answer(protocol.View|protocol.PointerScope, soon, policy); !errors.As(err, &early) {
		t.Errorf("control a moment early: %v", err)
	}
	if err := c.answer(protocol.View|protocol.Ink, soon, policy); err != nil {
		t.Errorf("ink in time: %v", err)
	}
	_, _ = c.ask(&protocol.Request{Number: 2, Scopes: control}, now, policy)
	held := now.Add(policy.ControlDelay)
	if err := c.answer(control, held, policy); err != nil {
		t.Errorf("control in time: %v", err)
	}
	if c.lapse(held.Add(policy.ControlFor-1), policy); c.held&control != control {
		t.Error("control lapsed early")
	}
	if c.lapse(held.Add(policy.ControlFor), policy); c.held != protocol.View|protocol.Ink {
		t.Errorf("after its time %s is held", c.held)
	}
}

// TestNothingWithoutView wants that drawing and working need seeing.
func TestNothingWithoutView(t *testing.T) {
	var c consent
	policy := DemoPolicy()
	_, _ = c.ask(&protocol.Request{Number: 1, Scopes: protocol.AllScopes}, time.Now(), policy)
	var refusal *panel.Refusal
	if err := c.answer(protocol.Ink|control, time.Now(), policy); !errors.As(err, &refusal) || refusal.ID != "needs_view" || c.held != 0 {
		t.Errorf("%v, %s", err, c.held)
	}
}

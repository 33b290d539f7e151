package agentd

import (
	"errors"
	"testing"
	"time"

	"telestrator/agentd/panel"
	"telestrator/peer"
	"telestrator/protocol"
)

func ask(n uint32) *protocol.Request {
	return &protocol.Request{Number: n, Scopes: protocol.View, Reason: "to help"}
}

func TestConsentDelay(t *testing.T) {
	policy, now := DefaultPolicy(), time.Now()
	var c consent
	if why, err := c.ask(ask(1), now, policy); why != "" || err != nil {
		t.Fatal(why, err)
	}
	var early *panel.Refusal
	if err := c.answer(protocol.View, now.Add(policy.ConsentDelay-1), policy); !errors.As(err, &early) || early.ID != "too_early" {
		t.Errorf("a moment early: %v", err)
	}
	if err := c.answer(protocol.View, now.Add(policy.ConsentDelay), policy); err != nil || c.held != protocol.View || c.answered != 1 {
		t.Errorf("in time: %v, %+v", err, c)
	}
}

func TestOnlyWhatWasAsked(t *testing.T) {
	var c consent
	policy := DemoPolicy()
	if err := c.answer(protocol.View, time.Now(), policy); err == nil {
		t.Error("granted without a request")
	}
	_, _ = c.ask(ask(1), time.Now(), policy)
	if err := c.answer(protocol.View|protocol.Keyboard, time.Now(), policy); err == nil || c.held != 0 {
		t.Error("granted more than was asked")
	}
}

func TestNoAnswerIsNo(t *testing.T) {
	var c consent
	policy, now := DefaultPolicy(), time.Now()
	_, _ = c.ask(ask(1), now, policy)
	if c.lapse(now.Add(policy.AnswerWithin-1), policy) {
		t.Error("lapsed early")
	}
	if !c.lapse(now.Add(policy.AnswerWithin), policy) || c.asked != 0 || c.answered != 1 || c.held != 0 {
		t.Errorf("%+v", c)
	}
}

// TestPestering takes the limits of L8: one open request, a cool-down, three
// refusals, ten requests that may not be made.
func TestPestering(t *testing.T) {
	var c consent
	policy, now, n := DefaultPolicy(), time.Now(), uint32(0)
	try := func() (string, error) { n++; return c.ask(ask(n), now, policy) }
	for round := range maxRefusals {
		if why, err := try(); why != "" || err != nil {
			t.Fatalf("round %d: %s %v", round, why, err)
		}
		if why, _ := try(); why == "" {
			t.Fatal("a second request while one is open")
		}
		_ = c.answer(0, now, policy)
		now = now.Add(policy.CoolDown - 1)
		if why, _ := try(); why == "" {
			t.Fatal("a request during the cool-down")
		}
		now = now.Add(1)
	}
	var failure *protocol.Error
	for c.pestering < maxPestering {
		if why, err := try(); why == "" || err != nil {
			t.Fatalf("after three refusals: %q %v", why, err)
		}
	}
	if _, err := try(); !errors.As(err, &failure) || failure.Code != protocol.Flood {
		t.Errorf("the %dth: %v", maxPestering+1, err)
	}
}

func TestRefusalIsTold(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.join()
		if err := r.session.answer(0); err != nil {
			t.Fatal(err)
		}
		r.pass(time.Second)
		if g := last[*protocol.Grants](r.console); g.Answered != 1 || g.Scopes != 0 || g.Asked != 0 {
			t.Errorf("%+v", g)
		}
		r.send(peer.Ctl, &protocol.Request{Number: 2, Scopes: protocol.View})
		r.send(peer.Ctl, &protocol.Request{Number: 3, Scopes: protocol.Ink}) // while the other is open
		r.pass(time.Second)
		if e := last[*protocol.Refusal](r.console); e == nil || e.Code != protocol.Refused {
			t.Errorf("%+v", e)
		}
	})
}

func TestGenerationGrows(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.live()
		first := last[*protocol.Grants](r.console).Generation
		r.painted.Resize(100, 100)
		r.pass(time.Second)
		if u := last[*protocol.Update](r.console); len(u.Reset) == 0 || u.Reset[0] != first+1 {
			t.Errorf("after a resize: %v, grants had %d", u.Reset, first)
		}
		r.session.revoke(protocol.View)
		r.pass(time.Second)
		if g := last[*protocol.Grants](r.console); g.Generation != first+2 {
			t.Errorf("after a revocation: %d", g.Generation)
		}
	})
}

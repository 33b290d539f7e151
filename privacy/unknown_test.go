package privacy

import (
	"image"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"
)

var strangerArea = image.Rect(10, 10, 60, 60)

// strange makes a scene with a window whose program is not on the bus.
func strange(t *testing.T, p Policy) (*scene, xproto.Window) {
	t.Helper()
	o := gtk()
	o.apps = nil
	s := newScene(t, p, o)
	s.quiet(settle)
	id := s.p.show(pane{area: strangerArea, colour: green})
	s.known(id)
	return s, id
}

// TestStrangerIsFlat, after a while in which its program could still come.
func TestStrangerIsFlat(t *testing.T) {
	t.Parallel()
	s, id := strange(t, Policy{Unknown: Flat})
	if s.release(); s.state(id) != New {
		t.Errorf("at first its state is %d", s.state(id))
	}
	s.g.Show(uint32(id))
	began := time.Now()
	s.untilAt(20, 20, Grey)
	if past := time.Since(began); past < budget-settle {
		t.Errorf("it was given up after %v", past)
	}
	s.never(settle, 20, 20, green)
	if s.state(id) != Unsure {
		t.Errorf("its state is %d", s.state(id))
	}
}

func TestStrangerIsShown(t *testing.T) {
	t.Parallel()
	s, _ := strange(t, Policy{Unknown: Allow})
	s.untilAt(20, 20, green)
}

func TestStrangerIsAskedFor(t *testing.T) {
	t.Parallel()
	s, id := strange(t, Policy{Unknown: Ask})
	s.untilAt(20, 20, Grey)
	s.never(settle, 20, 20, green)
	s.g.Show(uint32(id))
	s.untilAt(20, 20, green)
	if s.state(id) != Trusted {
		t.Errorf("its state is %d", s.state(id))
	}
}

func TestStrangerIsTrusted(t *testing.T) {
	t.Parallel()
	o := gtk()
	o.apps = nil
	s := newScene(t, Policy{Shown: []WindowRule{{Class: "Terminal"}}}, o)
	s.p.show(pane{area: strangerArea, colour: green, class: "Terminal"})
	s.p.show(pane{area: strangerArea.Add(image.Pt(100, 0)), colour: green, class: "Other"})
	s.untilAt(20, 20, green)
	s.untilAt(120, 20, Grey)
}

// TestWithoutABusThePolicyDecides at once: nobody can come.
func TestWithoutABusThePolicyDecides(t *testing.T) {
	t.Parallel()
	for unknown, want := range map[Unknown]uint32{Flat: Grey, Ask: Grey, Allow: green} {
		s := newScene(t, Policy{Unknown: unknown}, nil)
		s.p.show(pane{area: strangerArea, colour: green})
		s.untilAt(20, 20, want)
		if facts := s.g.Facts(); facts.Tracking || facts.Why == "" {
			t.Errorf("without a bus: %+v", facts)
		}
	}
}

// TestGuardedWindowWhoseProgramLeaves stays flat, whatever the policy.
func TestGuardedWindowWhoseProgramLeaves(t *testing.T) {
	t.Parallel()
	for _, unknown := range []Unknown{Flat, Ask, Allow} {
		s := newScene(t, Policy{Unknown: unknown, Shown: []WindowRule{{Title: "form"}}}, gtk())
		id, _ := s.form()
		s.o.set(func(o *oracle) { o.apps = nil })
		s.untilAt(30, 30, Grey)
		s.g.Show(uint32(id))
		s.never(settle, 30, 30, green)
		if s.state(id) != Refused {
			t.Errorf("its state is %d", s.state(id))
		}
	}
}

// TestPopup is shown though its program does not name it as a window of its own.
func TestPopup(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{}, gtk())
	s.vouched()
	s.p.show(pane{area: image.Rect(100, 100, 260, 180), colour: blue, override: true})
	s.untilAt(250, 170, blue)
	s.p.show(pane{area: image.Rect(230, 0, 300, 60), colour: blue, title: "unheard of"})
	s.untilAt(240, 30, Grey)
}

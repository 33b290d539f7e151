package atspi

import (
	"context"
	"image"
	"maps"
	"slices"
)

// judge decides which nodes are secret and which windows are ready.
func (s *sight) judge(ctx context.Context) error {
	for _, n := range s.order {
		n.kind, n.secret = s.kind(n)
		if n.dumb && !n.gone {
			s.refuse(n.window, "a field of it does not say what it is")
		}
	}
	s.leave()
	for _, n := range s.order {
		if !n.secret && s.inherits(n) {
			n.kind, n.secret = Heir, true
		}
	}
	if err := s.locate(ctx); err != nil {
		return err
	}
	s.keep()
	return nil
}

// kind says why a node is secret, if it is.
func (s *sight) kind(n *node) (Kind, bool) {
	if known := s.p.secrets[n.ref]; known != nil {
		return known.kind, true
	}
	f := s.p.fields[n.ref]
	switch {
	case n.gone || f == nil:
		return 0, false
	case n.role == rolePassword:
		return Password, true
	case f.named && slices.Contains(entryRoles, n.role):
		return f.kind, true
	case n.role == roleText && n.states&lines == 0 && s.p.toolkit() == GTK4:
		return Unsure, true
	}
	return 0, false
}

// leave remembers the places of the secret fields that have vanished from the
// screen since the last scan.
func (s *sight) leave() {
	s.p.places = slices.DeleteFunc(s.p.places, func(p place) bool { return s.began.Sub(p.left) > heirTime })
	for r, known := range s.p.secrets {
		n := s.nodes[r]
		if !n.covered && (n.gone && known.shown || known.showing && n.states&showing == 0 && !n.dumb) {
			s.p.places = append(s.p.places, place{known.window, known.area, s.began})
		}
		if n.gone {
			delete(s.p.secrets, r)
		}
	}
	if over := len(s.p.places) - maxPlaces; over > 0 {
		s.p.places = slices.Delete(s.p.places, 0, over)
	}
}

// inherits says whether a node has come in the place of a secret field, or, since
// that has vanished, in the same window and of the same size: where it has come to
// may have moved meanwhile, with the window or in it.
func (s *sight) inherits(n *node) bool {
	f := s.p.fields[n.ref]
	if n.gone || f == nil || !slices.Contains(entryRoles, n.role) {
		return false
	}
	window, area := s.within(n)
	return slices.ContainsFunc(s.p.places, func(p place) bool {
		return covers(area, p.area) || n.placed && p.window == window && !f.born.Before(p.left.Add(-slack)) && alike(area.Size(), p.area.Size())
	})
}

// within is the window that a node is in, and its area from that one's corner:
// both move together.
func (s *sight) within(n *node) (window ref, area image.Rectangle) {
	if n.window < 0 {
		return ref{}, n.area
	}
	w := &s.windows[n.window]
	return w.ref, n.area.Sub(w.Area.Min)
}

// alike says whether two sizes differ by no more than rounding.
func alike(a, b image.Point) bool {
	d := a.Sub(b)
	return max(d.X, -d.X, d.Y, -d.Y) <= 2
}

// covers says whether a covers at least half of b.
func covers(a, b image.Rectangle) bool {
	common := a.Intersect(b)
	return 2*common.Dx()*common.Dy() >= b.Dx()*b.Dy()
}

// locate asks the secret fields for their areas that were not asked yet.
func (s *sight) locate(ctx context.Context) error {
	q := s.questions(ctx)
	var asked []*node
	for _, n := range s.order {
		if n.secret && !n.gone && !n.asked {
			q.ask(n.ref, component+"GetExtents", s.p.origin())
			asked = append(asked, n)
		}
	}
	answers, err := q.wait()
	if err != nil {
		return err
	}
	for i, n := range asked {
		n.area, n.placed = readArea(answers[i].body)
	}
	return nil
}

// keep remembers what is secret, and forgets what was not seen.
func (s *sight) keep() {
	for _, n := range s.order {
		if !n.secret || n.gone {
			continue
		}
		if s.p.secrets[n.ref] == nil && len(s.p.secrets) >= maxSecrets {
			s.forgetCovered()
		}
		if s.p.secrets[n.ref] == nil && len(s.p.secrets) >= maxSecrets {
			s.refuse(n.window, "it has too many secret fields")
			continue
		}
		kept := s.p.secrets[n.ref]
		if kept == nil {
			kept = &secret{kind: n.kind}
			s.p.secrets[n.ref] = kept
		}
		window, area := s.within(n)
		kept.showing = n.placed && !n.covered && n.states&showing != 0
		if kept.showing || !kept.shown {
			kept.area, kept.shown = area, kept.showing
		}
		if n.window >= 0 {
			kept.window = window
		}
	}
	for r := range s.p.woken {
		if !slices.ContainsFunc(s.windows, func(w window) bool { return w.ref == r }) {
			delete(s.p.woken, r)
		}
	}
	for r, f := range s.p.fields {
		if !f.seen {
			delete(s.p.fields, r)
		}
		f.seen = false
	}
}

// forgetCovered makes room: of the pages behind others only what is secret
// whoever looks is found again.
func (s *sight) forgetCovered() {
	maps.DeleteFunc(s.p.secrets, func(r ref, _ *secret) bool { n := s.nodes[r]; return n != nil && n.covered })
}

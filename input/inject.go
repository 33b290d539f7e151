package input

import (
	"errors"

	"telestrator/protocol"
)

// Inject decides about a message of a session, and lets it happen if it may.
func (g *Gate) Inject(name string, m protocol.Message) Verdict {
	g.mu.Lock()
	defer g.mu.Unlock()
	s := g.sessions[name]
	if s == nil || Needs(m) == 0 {
		return NoScope
	}
	overtaken := s.overtaken(m)
	if keepsPlace(m) && g.queues() {
		return g.wait(s, m)
	}
	v := g.act(s, m, overtaken)
	if v != Waiting {
		s.count(m, v)
	}
	return v
}

// act lets a message happen if it may.
func (g *Gate) act(s *session, m protocol.Message, overtaken bool) Verdict {
	release := g.releases(m)
	if v := g.refuse(s, m, overtaken, release); v != Injected {
		return v
	}
	v, rest := g.perform(m, release && generation(m) != s.permit.Generation)
	if rest != nil {
		g.late = append([]late{{s, rest}}, g.late...)
		return Waiting
	}
	return v
}

// refuse returns the first reason that there is against a message, in the order
// of the verdicts. The release of what is held passes whatever it was aimed at.
func (g *Gate) refuse(s *session, m protocol.Message, overtaken, release bool) Verdict {
	switch {
	case s.permit.Scopes&Needs(m) == 0:
		return NoScope
	case overtaken || !release && generation(m) != s.permit.Generation:
		return Outdated
	case g.asking:
		return Asking
	case g.handHas():
		return LocalHand
	case !release && g.ours(m):
		return OwnWindow
	case !g.allowed(m):
		return NotAllowed
	}
	return Injected
}

// releases says whether a message releases something that is held.
func (g *Gate) releases(m protocol.Message) bool {
	switch m := m.(type) {
	case *protocol.Button:
		return !m.Down && g.held.presses(m.Button)
	case *protocol.Key:
		return !m.Down && g.held.holds(m.Code)
	}
	return false
}

// ours says whether a message would reach a window of ours.
func (g *Gate) ours(m protocol.Message) bool {
	var ours bool
	var err error
	switch m := m.(type) {
	case *protocol.Button:
		if m.Down {
			ours, err = g.shield.At(int(m.X), int(m.Y))
		}
	case *protocol.Wheel:
		ours, err = g.shield.At(int(m.X), int(m.Y))
	case *protocol.Key:
		if m.Down {
			ours, err = g.shield.Focused()
		}
	case *protocol.Text:
		ours, err = g.shield.Focused()
	}
	return ours || err != nil
}

// allowed says whether a message is none of those that are refused for what
// they are.
func (g *Gate) allowed(m protocol.Message) bool {
	key, ok := m.(*protocol.Key)
	return !ok || Known(key.Code) && !(key.Down && g.chords.complete(key.Code, g.held.codes()))
}

// perform makes a message happen; inPlace leaves the pointer where it is. Rest
// is what a text has left for later.
func (g *Gate) perform(m protocol.Message, inPlace bool) (v Verdict, rest *protocol.Text) {
	switch m := m.(type) {
	case *protocol.Pointer:
		return verdict(g.held.Move(int(m.X), int(m.Y))), nil
	case *protocol.Button:
		if inPlace {
			return verdict(g.held.Button(m.Button, m.Down)), nil
		}
		return verdict(errors.Join(g.held.Move(int(m.X), int(m.Y)), g.held.Button(m.Button, m.Down))), nil
	case *protocol.Wheel:
		return verdict(errors.Join(g.held.Move(int(m.X), int(m.Y)), g.held.Wheel(int(m.DX), int(m.DY)))), nil
	case *protocol.Key:
		return verdict(g.held.Key(m.Code, m.Down)), nil
	case *protocol.Held:
		g.held.Keep(m.Codes, g.now())
	case *protocol.Text:
		return g.text(m)
	}
	return Injected, nil
}

// text types as much of a text as can be typed now.
func (g *Gate) text(m *protocol.Text) (Verdict, *protocol.Text) {
	n, err := g.held.Text(m.Text)
	if err != nil || n >= len(m.Text) {
		return verdict(err), nil
	}
	rest := *m
	rest.Text = m.Text[n:]
	return Waiting, &rest
}

// verdict is what an injector's error means.
func verdict(err error) Verdict {
	switch {
	case err == nil:
		return Injected
	case errors.Is(err, ErrCode), errors.Is(err, ErrButton), errors.Is(err, ErrHeld):
		return NotAllowed
	}
	return Failed
}

package agentd

import (
	"time"

	"telestrator/agentd/guardian"
	"telestrator/input"
	"telestrator/protocol"
)

// settle brings the view and the guardian in line with what the session may do
// now. The lock is held; what is returned is waited for without it.
func (s *Session) settle() guardian.Pending {
	if s.state() != protocol.Live {
		s.view.rest()
	}
	s.stir()
	s.ask(s.consent.asked != 0 && s.base == protocol.Waiting)
	s.ledger.note(s.consent.held, time.Now())
	next := s.permitted()
	if s.keeper == nil || next == s.permit {
		return guardian.Pending{}
	}
	s.permit = next
	return s.keeper.Permit(s.id, next)
}

// permitted is what the guardian lets through. Ink stays while the user pauses.
func (s *Session) permitted() input.Permit {
	scopes := s.consent.held &^ protocol.View
	switch {
	case s.base != protocol.Waiting:
		scopes = 0
	case s.state() != protocol.Live:
		scopes &= protocol.Ink
	}
	if scopes == 0 {
		return input.Permit{}
	}
	return input.Permit{Scopes: scopes, Generation: s.generation}
}

// ask tells the daemon whether the user is being asked.
func (s *Session) ask(asking bool) {
	if s.asking != asking {
		s.asking = asking
		s.asks(asking)
	}
}

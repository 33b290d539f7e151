package agentd

import (
	"time"

	"telestrator/agentd/guardian"
	"telestrator/agentd/panel"
	"telestrator/input"
	"telestrator/peer"
	"telestrator/protocol"
)

// What the user does to a session. Each has taken effect when it returns:
// nothing that it forbids is handed to the transport afterwards.

// answer is the user's word on the open request.
func (s *Session) answer(scopes protocol.Scopes) error {
	return s.change(func() error { return s.consent.answer(scopes, time.Now(), s.policy) })
}

// revoke takes scopes away.
func (s *Session) revoke(scopes protocol.Scopes) {
	_ = s.change(func() error { s.consent.revoke(scopes); return nil })
}

// change changes the consent under the lock and tells the console.
func (s *Session) change(act func() error) error {
	s.mu.Lock()
	err := act()
	var settled guardian.Pending
	if err == nil {
		s.generation++
		s.sendGrants()
		settled = s.settle()
		s.changed() // before anything can be seen, so that the sign comes first
	}
	s.mu.Unlock()
	wake(s.awake)
	_ = settled.Wait() // a guardian that does not obey has ended, and so has what it did
	return err
}

// sendGrants tells the console what it holds. The lock is held.
func (s *Session) sendGrants() {
	if s.base != protocol.Waiting {
		return
	}
	seen := s.consent.held&protocol.View != 0
	if seen {
		s.tape.allow(true)
	}
	s.next.grants++
	s.sendEvt(&protocol.Grants{Number: s.next.grants, Generation: s.generation,
		Scopes: s.consent.held, Asked: s.consent.asked, Answered: s.consent.answered})
	if !seen {
		s.tape.allow(false)
	}
}

// hold keeps pictures back, or lets them go on.
func (s *Session) hold(paused bool) {
	s.mu.Lock()
	before := s.why()
	s.paused = paused
	s.sendPaused(before)
	settled := s.settle()
	s.changed()
	s.mu.Unlock()
	wake(s.awake)
	_ = settled.Wait()
}

// setGone is hold for a screen that went or came. With the screen goes what
// was drawn on it, and mouse and keyboard must be allowed anew.
func (s *Session) setGone(gone bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := s.why()
	s.gone = gone
	s.sendPaused(before)
	if keeper := s.view.screen.keeper.Load(); keeper != s.keeper {
		s.keeper, s.permit = keeper, input.Permit{} // another one knows nothing of us
		if s.consent.revoke(control) {
			s.generation++
			s.sendGrants()
			s.changed()
		}
	}
	s.settle()
}

// why says why the picture stands still. The lock is held.
func (s *Session) why() uint8 {
	switch {
	case s.paused:
		return protocol.UserPaused
	case s.gone:
		return protocol.ScreenGone
	}
	return protocol.Runs
}

// sendPaused tells the console when why has changed. The lock is held.
func (s *Session) sendPaused(before uint8) {
	if s.base == protocol.Waiting && s.why() != before {
		s.next.paused++
		s.sendEvt(&protocol.Paused{Number: s.next.paused, Why: s.why()})
	}
}

// refuse tells the console that something was not done. The lock is held.
func (s *Session) refuse(code protocol.Code, text string) {
	s.next.errors++
	s.sendEvt(&protocol.Refusal{Number: s.next.errors, Code: code, Text: text})
}

// sendEvt sends a snapshot; a console that cannot take it is lost.
func (s *Session) sendEvt(m protocol.Message) {
	if err := s.tell(peer.Evt, m); err != nil {
		s.end(err)
	}
}

// stop ends the session at once.
func (s *Session) stop(code protocol.Code, text string) {
	s.mu.Lock()
	s.base = protocol.Over
	settled := s.settle()
	s.mu.Unlock()
	s.end(&protocol.Error{Code: code, Reason: text})
	_ = settled.Wait()
}

// snapshot is the session as the panel shows it; nil before the console has
// asked for anything, and once it is over.
func (s *Session) snapshot() *panel.Session {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := &s.consent
	if s.base != protocol.Waiting || (c.held == 0 && c.asked == 0) {
		return nil
	}
	shown := &panel.Session{ID: s.id, Name: s.name, State: panel.Live, Reason: c.reason,
		Requested: (c.asked | c.held).Names(), Granted: c.held.Names(), Since: c.since, Frames: s.frames, Bytes: s.bytes, Cap: uint64(s.link.most),
		Injected: panel.Injected{Pointer: s.counts.Pointer, Button: s.counts.Button, Wheel: s.counts.Wheel,
			Key: s.counts.Key, Text: s.counts.Text},
		Refused: s.counts.Refused + s.kept, Strokes: s.counts.Strokes,
		Hand: c.held&control != 0 && s.rest() == protocol.LocalHand, Field: s.offered(time.Now()), Recording: s.tape.told()}
	if c.asked != 0 {
		shown.State, shown.AskedSince, shown.AskedFor = panel.Asked, c.askedAt, int(time.Since(c.askedAt).Seconds())
		shown.Requested = c.asked.Names()
	} else if s.paused || s.gone {
		shown.State = panel.Paused
	}
	return shown
}

package agentd

import (
	"context"
	"time"

	"telestrator/peer"
	"telestrator/protocol"
)

// upkeep asks for echoes and sees to it that nothing lasts too long. It rests
// while nothing is sent or decided.
func (s *Session) upkeep(ctx context.Context) error {
	look := time.NewTimer(pingEvery)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-s.stirred:
		case <-look.C:
		}
		next, err := s.keep(time.Now())
		if err != nil {
			return err
		}
		look.Reset(next)
	}
}

// keep does what is due, and says when to look again.
func (s *Session) keep(now time.Time) (next time.Duration, err error) {
	s.mu.Lock()
	err = s.late(now)
	lapsed := s.consent.lapse(now, s.policy)
	if lapsed {
		s.generation++
		s.sendGrants()
		s.settle()
	}
	s.probe(now)
	s.tellMeter(now)
	next = s.rests(now)
	s.mu.Unlock()
	if lapsed {
		s.changed()
	}
	return next, err
}

// rests says how long upkeep may rest. The lock is held.
func (s *Session) rests(now time.Time) time.Duration {
	s.resting = s.base == protocol.Waiting && s.consent.asked == 0 && s.calm() && !s.owesMeter()
	if !s.resting {
		return pingEvery
	}
	next := s.trip.asked.Add(calmPing)
	if end := s.consent.end(s.policy); !end.IsZero() && end.Before(next) {
		next = end
	}
	return max(next.Sub(now), pingEvery)
}

// stir ends a rest: something was sent, or decided. The lock is held.
func (s *Session) stir() {
	if s.resting {
		s.resting = false
		wake(s.stirred)
	}
}

// late says what should have come by now.
func (s *Session) late(now time.Time) error {
	switch {
	case s.base < protocol.Waiting && now.Sub(s.epoch) > helloWithin:
		return &protocol.Error{Code: protocol.Timeout, Reason: "The console did not introduce itself in time."}
	case now.Sub(s.heard) > silentFor:
		return &protocol.Error{Code: protocol.Lost, Reason: "The console is silent."}
	}
	return nil
}

// trip is the ping that is out.
type trip struct {
	number uint32
	asked  time.Time
	bytes  uint64 // of pictures that had been sent then
	echoed bool
}

// calm says whether nothing was sent since the last ping, which was answered.
func (s *Session) calm() bool { return s.trip.echoed && s.trip.bytes == s.bytes }

// probe sends a ping. While nothing is sent there is little to learn, and a few
// pings tell that the console is there.
func (s *Session) probe(now time.Time) {
	if s.base == protocol.Opening || s.base == protocol.Over {
		return
	}
	past := now.Sub(s.trip.asked)
	if past < pingEvery/2 || s.bytes == s.trip.bytes && past < stillPing || s.calm() && past < calmPing {
		return
	}
	s.next.ping++
	s.trip = trip{number: s.next.ping, asked: now, bytes: s.bytes}
	_ = s.tell(peer.Ping, &protocol.Ping{Number: s.next.ping, Time: uint64(now.Sub(s.epoch).Microseconds())}) // the next one will do
}

// echo notes the answer to the last ping.
func (s *Session) echo(m *protocol.Ping, now time.Time) {
	if m.Number == s.trip.number {
		s.trip.echoed = true
		s.link.pinged(now.Sub(s.trip.asked))
	}
}

package agentd

import (
	"context"
	"time"

	"telestrator/peer"
	"telestrator/protocol"
)

// upkeep asks for echoes and sees to it that nothing lasts too long.
func (s *Session) upkeep(ctx context.Context) error {
	tick := time.NewTicker(pingEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case now := <-tick.C:
			if err := s.keep(now); err != nil {
				return err
			}
		}
	}
}

func (s *Session) keep(now time.Time) error {
	s.mu.Lock()
	err := s.late(now)
	lapsed := s.consent.lapse(now, s.policy)
	if lapsed {
		s.generation++
		s.sendGrants()
		s.settle()
	}
	s.probe(now)
	s.tellMeter(now)
	s.mu.Unlock()
	if lapsed {
		s.changed()
	}
	return err
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
}

// probe sends a ping. While nothing is sent there is little to learn, and a few
// pings tell that the console is there.
func (s *Session) probe(now time.Time) {
	if s.base == protocol.Opening || s.base == protocol.Over {
		return
	}
	if past := now.Sub(s.trip.asked); past < pingEvery/2 || s.bytes == s.trip.bytes && past < stillPing {
		return
	}
	s.trip.bytes = s.bytes
	s.next.ping++
	s.trip.number, s.trip.asked = s.next.ping, now
	_ = s.tell(peer.Ping, &protocol.Ping{Number: s.next.ping, Time: uint64(now.Sub(s.epoch).Microseconds())}) // the next one will do
}

// echo notes the answer to the last ping.
func (s *Session) echo(m *protocol.Ping, now time.Time) {
	if m.Number == s.trip.number {
		s.link.pinged(now.Sub(s.trip.asked))
	}
}

package agentd

import (
	"slices"
	"time"

	"telestrator/peer"
	"telestrator/protocol"
)

// leastCap is the least that a console may ask for, bytes a second. SPEC.md 9.4.
const leastCap = 1000

const meterEvery = time.Second

// metered is what the console was told of what it is sent.
type metered struct {
	wish   uint32 // number of the console's last one
	number uint32
	at     time.Time
	cap    uint64
	bytes  uint64
}

// slow lowers what pictures may take, or takes that back. SPEC.md 9.4.
func (s *Session) slow(m *protocol.Rate) {
	if m.Number <= s.metered.wish || !slices.Contains(s.caps, protocol.CapabilityRate) {
		return
	}
	s.metered.wish = m.Number
	s.link.most = float64(lower(s.policy.Most, m.Most))
	wake(s.awake)
	s.stir()
}

// lower is the cap that comes of a configured one and a wish; 0 is none.
func lower(configured, wish uint64) uint64 {
	if wish == 0 {
		return configured
	}
	wish = max(wish, leastCap)
	if configured == 0 {
		return wish
	}
	return min(configured, wish)
}

// owesMeter says whether the console does not know what it is sent. The lock is
// held.
func (s *Session) owesMeter() bool {
	t := &s.metered
	return s.base == protocol.Waiting && slices.Contains(s.caps, protocol.CapabilityRate) &&
		(t.number == 0 || t.cap != uint64(s.link.most) || t.bytes != s.bytes)
}

// tellMeter tells the console what it is sent, when that has changed. The lock is
// held.
func (s *Session) tellMeter(now time.Time) {
	t := &s.metered
	if !s.owesMeter() || now.Sub(t.at) < meterEvery {
		return
	}
	limit := uint64(s.link.most)
	m := &protocol.Meter{Number: t.number + 1, Cap: limit, Bytes: s.bytes}
	if s.tell(peer.Evt, m) == nil {
		t.number, t.at, t.cap, t.bytes = m.Number, now, limit, s.bytes
	}
}

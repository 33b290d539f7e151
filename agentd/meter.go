package agentd

import (
	"time"

	"telestrator/protocol"
)

// meter holds a console to RateMessages and RateBytes (L5): what is over them
// is dropped, and three seconds of it end the session.
type meter struct {
	messages, bytes bucket
	over            time.Time // since when messages were dropped, zero while none are
	last            time.Time // last drop
}

const overFor = 3 * time.Second

func newMeter(now time.Time) meter {
	return meter{messages: bucket{protocol.RateMessages, protocol.RateBurst, protocol.RateBurst, now},
		bytes: bucket{protocol.RateBytes, 2 * protocol.RateBytes, 2 * protocol.RateBytes, now}}
}

// pass says whether a message of this size is read.
func (m *meter) pass(size int, now time.Time) (bool, error) {
	if m.messages.take(1, now) && m.bytes.take(float64(size), now) {
		return true, nil
	}
	if m.over.IsZero() || now.Sub(m.last) > time.Second {
		m.over = now
	}
	m.last = now
	if now.Sub(m.over) >= overFor {
		return false, &protocol.Error{Code: protocol.Flood, Reason: "more messages than a console may send"}
	}
	return false, nil
}

// bucket is a token bucket.
type bucket struct {
	rate, most, have float64
	at               time.Time
}

func (b *bucket) take(n float64, now time.Time) bool {
	b.have = min(b.most, b.have+b.rate*now.Sub(b.at).Seconds())
	b.at = now
	if b.have < n {
		return false
	}
	b.have -= n
	return true
}

// rate merges what comes more often than so many times a second.
type rate struct {
	began time.Time
	count int
}

func (r *rate) pass(most int, now time.Time) bool {
	if now.Sub(r.began) >= time.Second {
		r.began, r.count = now, 0
	}
	r.count++
	return r.count <= most
}

package guardian

import (
	"sync"
	"time"
)

// acting are the sessions that may do more than look. Each end keeps them by the
// orders that it has written or read, so that the heart beats as often as it is
// listened for.
type acting map[string]bool

// note takes in an order.
func (a acting) note(o order) {
	switch {
	case o.Kind != orderPermit:
	case o.Scopes == 0:
		delete(a, o.Session)
	case len(a) < maxSessions:
		a[o.Session] = true
	}
}

// silence is how long the daemon may be silent.
func (a acting) silence() time.Duration {
	if len(a) > 0 {
		return Silence
	}
	return Patience
}

// beatWithin is how often the heart beats so that it is heard twice within a time.
func beatWithin(silence time.Duration) time.Duration { return silence * 2 / 5 }

// beat ticks while the guardian is on duty, and costs nothing otherwise.
type beat struct {
	*time.Ticker
	every time.Duration // 0 while it does not tick
}

func newBeat() *beat {
	b := &beat{Ticker: time.NewTicker(time.Hour)}
	b.Stop()
	return b
}

// keep has it tick so often, or not at all, and says whether that is news.
func (b *beat) keep(every time.Duration) (news bool) {
	switch {
	case every == b.every:
		return false
	case every == 0:
		b.Stop()
	default:
		b.Reset(every)
	}
	b.every = every
	return true
}

// vigil is the guardian's ear for the daemon's heart.
type vigil struct {
	late *time.Timer // ends the guardian

	mu     sync.Mutex
	on     bool // the guardian is on duty
	acting acting
	beats  uint32 // since the rhythm changed
}

func newVigil(end func()) *vigil {
	v := &vigil{late: time.AfterFunc(time.Hour, end), acting: acting{}}
	v.late.Stop()
	return v
}

// keep listens, or stops.
func (v *vigil) keep(on bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.on = on
	v.begin()
}

// note takes in an order when it is read. What it takes away is let go in its
// turn, whether the daemon is still there or not.
func (v *vigil) note(o order) {
	v.mu.Lock()
	defer v.mu.Unlock()
	was := v.acting.silence()
	if v.acting.note(o); v.acting.silence() != was {
		v.beats = 0
		v.begin()
	}
}

// beat hears a heartbeat, and says whether it is to be answered: the first in
// another rhythm, and then one in a second at most.
func (v *vigil) beat() (answer bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.begin()
	v.beats++
	return v.beats%answerEvery == 1 || v.acting.silence() == Patience
}

// begin begins the time of silence anew. The lock is held.
func (v *vigil) begin() {
	if v.on {
		v.late.Reset(v.acting.silence())
	} else {
		v.late.Stop()
	}
}

package privacy

import (
	"context"
	"time"
)

// ping asks whether the bus is there, when it has not been heard for a while.
func (f *fields) ping(now time.Time) {
	if f.bus == nil || now.Sub(f.heard) < silence/2 || f.pinging {
		return
	}
	f.pinging = true
	if f.doubted.IsZero() {
		f.doubted = now
		f.watchdog.Reset(silence + time.Millisecond)
	}
	go f.pong(f.bus)
}

func (f *fields) pong(bus asker) {
	ctx, stop := context.WithTimeout(context.Background(), silence)
	defer stop()
	err := bus.Ping(ctx)
	if err != nil {
		<-ctx.Done() // one that fails at once is not asked without a pause
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.pinging = false
	was := f.silent(time.Now())
	if err == nil && bus == f.bus {
		f.answers(time.Now())
	}
	if was {
		f.tell() // and it is asked again
	}
}

// answers notes that the bus is there. The lock is held.
func (f *fields) answers(now time.Time) {
	f.heard, f.doubted = now, time.Time{}
	f.watchdog.Stop()
}

// silent reports whether the source of secrets is lost or does not answer.
func (f *fields) silent(now time.Time) bool {
	return f.bus == nil && f.lost || !f.doubted.IsZero() && now.Sub(f.doubted) >= silence
}

package privacy

import "time"

// wake sets the alarm for the next moment at which something has to be done
// though nothing changes.
func (f *fields) wake(now time.Time) {
	var next time.Time
	at := func(t time.Time) {
		if next.IsZero() || t.Before(next) {
			next = t
		}
	}
	for _, part := range f.parts {
		if part.ripe.IsZero() {
			at(part.due)
		} else if part.still {
			at(part.ripe.Add(lookAgain))
		}
	}
	for _, p := range f.programs {
		if !p.wanted.IsZero() && p.running.IsZero() {
			at(p.wanted)
		}
		if now.Before(p.calm) {
			at(p.calm)
		}
	}
	for i := range f.plots {
		if p := &f.plots[i]; p.state == New {
			at(p.puzzled.Add(budget))
		}
	}
	if end, some := f.windows.expiry(now); some {
		at(end)
	}
	if !next.IsZero() {
		f.alarm.Reset(max(time.Millisecond, next.Sub(now)))
	}
}

package privacy

import (
	"slices"
	"time"
)

// due is when a program may be asked about a change, and whether what changed has
// to be still until then.
func (f *fields) due(p *program, changed region, now time.Time) (due time.Time, still bool) {
	switch {
	case !p.manner.lags():
		return now, false
	case beyond(changed) && p.offscreen():
		return now.Add(max(lookAgain, p.manner.settle)), true
	case now.Sub(f.windows.stirred) < uncovers: // it may be a part of something larger
		return now.Add(max(lookAgain, p.manner.hold)), true
	case beyond(changed) && !f.streaks.cover(changed, now):
		return now.Add(max(lookAgain, p.manner.hold)), true
	case now.Sub(p.secret) < haunts:
		return now.Add(lookAgain), false
	}
	return now, false
}

// ripen begins to ask the programs of parts that are due.
func (f *fields) ripen(now time.Time) {
	for _, part := range f.parts {
		if part.ripe.IsZero() && !now.Before(part.due) {
			part.ripe = now
		}
		for _, p := range part.programs {
			if part.ripe.IsZero() {
				p.want(p.tried.Add(meanwhile)) // a field may be gone when it is due
			} else if !p.answered(part.ripe) {
				p.want(now)
			}
		}
	}
	for _, p := range f.programs {
		if p.manner.lags() && now.Sub(p.active) < linger {
			p.want(p.tried.Add(p.pause(now)))
		}
		f.ask(p, now)
	}
}

// pause is how soon a program that lags is asked again after something changed:
// often while a secret may be taken over by another field meanwhile.
func (p *program) pause(now time.Time) time.Duration {
	if p.offscreen() || now.Sub(p.secret) < haunts {
		return meanwhile
	}
	return againAfter
}

// await waits a little for programs to answer about ripe parts.
func (f *fields) await() {
	timeout := time.NewTimer(soon)
	defer timeout.Stop()
	for f.awaits() {
		select {
		case <-f.answered:
		case <-timeout.C:
			return
		}
	}
}

// awaits reports whether an answer may come that a ripe part needs.
func (f *fields) awaits() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, p := range f.programs {
		f.ask(p, time.Now()) // again, where the last one began too early
	}
	return slices.ContainsFunc(f.parts, func(part *pending) bool {
		return !part.ripe.IsZero() && !part.still && slices.ContainsFunc(part.programs, func(p *program) bool {
			return !p.answered(part.ripe) && p.failed.IsZero()
		})
	})
}

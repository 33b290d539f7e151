package privacy

import (
	"image"
	"slices"
	"time"
)

type rectangle = image.Rectangle

// pending is pixels that were captured together and wait, in the stage, until their
// programs have been asked. The mirror goes on meanwhile.
type pending struct {
	area     region // disjoint from that of every other part
	programs []*program
	windows  []stamp   // that it may show, as they were
	still    bool      // it is of no worth once its pixels have changed on the screen
	due      time.Time // when they may be asked
	ripe     time.Time // when that was; zero before
}

const (
	// lookAgain is how long a change beside a secret of a program that lags waits
	// for a second look: of two things that it draws, a capture may have seen one.
	lookAgain = 20 * time.Millisecond

	// maxPieces is how many pieces of one moment are told apart by the programs
	// that they may show. Beyond, a piece counts as more programs' than it is.
	maxPieces = 64

	// meanwhile is between two questions to a program of which something waits.
	meanwhile = 40 * time.Millisecond

	// uncovers is how long after windows changed places what others uncover may
	// come to light piece by piece.
	uncovers = 200 * time.Millisecond

	// letter is the side of changes that cannot have brought in a field, in
	// pixels: a character, a caret, a spinner.
	letter = 64
)

// sift takes from what is owed what may leave at once, and what has to wait, as
// parts or owed as before.
func (f *fields) sift(m mirror, pic *Picture, owed, damage region, now time.Time) (free, rest region) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.stage.resize(m.size) {
		f.parts, f.again = nil, f.again[:0] // all is owed
	}
	rest = append(f.watch(m, damage, now), f.outdated()...)
	rest = append(rest, common(owed, f.windows.vacated)...)
	free = without(owed, f.windows.vacated)
	var pieces []piece
	for i := range f.plots {
		p := &f.plots[i]
		switch {
		case f.masked(p) || p.state == Trusted || p.state == Unsure:
			continue
		case p.state == New || now.Before(f.programs[p.pid].calm):
			rest = append(rest, common(free, p.seen)...)
			for k := range pieces {
				rest = append(rest, common(pieces[k].area, p.seen)...)
				pieces[k].area = without(pieces[k].area, p.seen)
			}
		default:
			pieces = divide(pieces, free, p.seen, f.programs[p.pid])
		}
		free = without(free, p.seen)
	}
	for _, part := range f.parts {
		part.area = without(part.area, free)
	}
	for _, piece := range pieces {
		rest = append(rest, f.begin(m, pic, piece, now)...)
	}
	f.ripen(now)
	return free, rest
}

// piece is a part of what is owed, and the programs whose pixels it may show.
type piece struct {
	area     region
	programs []*program
}

// divide takes what a window shows of the pieces, and of what is in none yet, as
// pieces of its program too.
func divide(pieces []piece, free, seen region, owner *program) []piece {
	for i := range pieces {
		q := pieces[i]
		both := common(q.area, seen)
		if len(both) == 0 || slices.Contains(q.programs, owner) {
			continue
		}
		if len(pieces) >= maxPieces {
			pieces[i].programs = append(q.programs, owner)
			continue
		}
		pieces[i].area = without(q.area, seen)
		pieces = append(pieces, piece{both, append(slices.Clone(q.programs), owner)})
	}
	if own := common(free, seen); len(own) > 0 {
		pieces = append(pieces, piece{own, []*program{owner}})
	}
	return pieces
}

// begin makes a part of what changed in a piece, and returns what another part
// has to be done with first.
func (f *fields) begin(m mirror, pic *Picture, q piece, now time.Time) (rest region) {
	for _, other := range f.parts {
		rest = append(rest, common(q.area, other.area)...)
		q.area = without(q.area, other.area)
	}
	changed := differ(nil, q.area, m, pic)
	if len(changed) == 0 {
		return rest
	}
	p := &pending{area: changed, programs: q.programs, due: now}
	for _, program := range q.programs {
		program.active, program.dull = now, 0
		due, still := f.due(program, changed, now)
		p.due, p.still = latest(p.due, due), p.still || still
	}
	for i := range f.plots {
		if w := &f.plots[i]; len(common(changed, w.seen)) > 0 {
			p.windows = append(p.windows, stamp{w.id, w.since, w.moved})
		}
	}
	for _, r := range changed {
		f.stage.copy(r, m)
	}
	f.parts = append(f.parts, p)
	return rest
}

// outdated drops the parts of which a window is no longer where it was: what its
// program says is of another place.
func (f *fields) outdated() (rest region) {
	return f.remove(func(p *pending) bool { return !f.windows.hold(p.windows) })
}

// drop drops the parts of a program.
func (f *fields) drop(program *program) (rest region) {
	return f.remove(func(p *pending) bool { return slices.Contains(p.programs, program) })
}

// remove takes parts away and returns what is owed again.
func (f *fields) remove(which func(*pending) bool) (rest region) {
	f.parts = slices.DeleteFunc(f.parts, func(p *pending) bool {
		if !which(p) {
			return false
		}
		rest = append(rest, p.area...)
		return true
	})
	return rest
}

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

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
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

// finish takes the parts whose programs have answered: their pixels in the stage
// may leave, as far as they are not masked now. Those of programs that do not
// answer are owed again.
func (f *fields) finish(now time.Time) (done, rest region) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.parts = slices.DeleteFunc(f.parts, func(part *pending) bool {
		switch {
		case slices.ContainsFunc(part.programs, func(p *program) bool { return !f.present(p) || !p.failed.IsZero() || now.Before(p.calm) }) ||
			!f.windows.hold(part.windows):
			rest = append(rest, part.area...)
			return true
		case part.ripe.IsZero() || slices.ContainsFunc(part.programs, func(p *program) bool { return !p.since(part.ripe) }):
			return false
		case part.still && now.Sub(part.ripe) < lookAgain: // a program may be ahead of what it has painted
			return false
		}
		done = append(done, part.area...)
		return true
	})
	for i := range f.plots {
		if p := &f.plots[i]; p.state == New {
			rest = append(rest, common(done, p.seen)...)
			done = without(done, p.seen)
		}
	}
	rest, f.again = append(rest, f.again...), f.again[:0]
	f.wake(now)
	return done, rest
}

// present reports whether a program is still on the bus.
func (f *fields) present(p *program) bool { return f.programs[p.apps[0].PID] == p }

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

package privacy

import (
	"slices"
	"time"
)

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
	if f.staged != m.size {
		f.staged, f.stage = m.size, Picture{} // it is made when something waits
		f.parts, f.again = nil, f.again[:0]   // all is owed
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

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
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

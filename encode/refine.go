package encode

import "time"

// Refinement goes in portions, so that what changes meanwhile waits for no more
// than one of them: as much as the link has taken in about 50 ms so far.
const (
	leastPortion = 8 << 10
	slowPortion  = 2 << 10 // the least where tiles are coarse
	mostPortion  = 256 << 10
	quick        = 50 * time.Millisecond  // between portions: they may grow
	slow         = 100 * time.Millisecond // they shrink
)

// refinement is how far a stream is with it.
type refinement struct {
	portion int           // bytes of the last one
	last    time.Duration // when that was
	alarm   *time.Timer   // fires when a cell becomes quiet, if somebody waits for it
}

// room returns how many bytes the next portion may have, least at least. With a
// change in the same moment it is a quarter. After a pause it is a quarter of
// what it was, in case the link has become slower.
func (r *refinement) room(now time.Duration, least int, busy bool) int {
	switch passed := now - r.last; {
	case passed > quiet:
		r.portion /= 4
	case passed > slow:
		r.portion /= 2
	case passed < quick:
		r.portion = min(2*r.portion, mostPortion)
	}
	r.portion, r.last = max(r.portion, least), now
	if busy {
		return r.portion / 4
	}
	return r.portion
}

// refine adds exact tiles of what is lossy and has been quiet since, nearest to
// where the viewer looks first.
func (s *Stream) refine(now time.Duration) {
	if !s.losses.any() {
		return
	}
	from, room := len(s.batch.code), 0
	busy := from+len(s.batch.jpegs)+len(s.sent) > 0
	for i := range s.canvas.grid.outward(s.near) {
		part := s.losses.parts[i]
		if part.empty() || s.due(i) > now {
			continue
		}
		if room == 0 {
			room = s.refinement.room(now, s.leastPortion(), busy)
		}
		px, _ := s.pixels(i, part)
		if len(s.batch.code)-from >= room || !s.exact(i, part, px) {
			return
		}
	}
}

func (s *Stream) leastPortion() int {
	if s.tuning.Coarse {
		return slowPortion
	}
	return leastPortion
}

// due returns when the losses of cell i can be refined: when it has been quiet,
// and the viewer has had it, for some time. So a tile never meets a JPEG of the
// same cell in one update, which would be painted over it.
func (s *Stream) due(i int) time.Duration {
	return max(s.canvas.history.last[i], s.losses.sent[i]) + quiet
}

// wake makes Stale fire when something can be refined next: at once if a
// portion was not enough, later if it changed a short time ago, and not at all
// if everything is exact.
func (s *Stream) wake(now time.Duration) {
	next := time.Duration(-1)
	for i := s.losses.some.next(0); i < len(s.losses.parts); i = s.losses.some.next(i + 1) {
		if due := s.due(i); next < 0 || due < next {
			next = max(due, now)
		}
	}
	switch {
	case next < 0:
		s.rest()
	case next == now:
		s.signal()
	case s.refinement.alarm == nil:
		s.refinement.alarm = time.AfterFunc(next-now, s.signal)
	default:
		s.refinement.alarm.Reset(next - now)
	}
}

// rest lets nothing wake the owner but a change.
func (s *Stream) rest() {
	if s.refinement.alarm != nil {
		s.refinement.alarm.Stop()
	}
}

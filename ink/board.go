package ink

import (
	"slices"
	"time"

	"telestrator/protocol"
)

// maxOwners is how many sessions can have ink at a time. A device serves fewer;
// the rest is for those that are just ending.
const maxOwners = 8

// Board is the model of what is drawn: it takes the messages of SPEC.md 8.7 and
// 8.8, in whatever order they come, and says what is to be seen. It does not
// know who may draw, and it does not look at generations: a begin that was
// aimed at an older screen is given to it as an undo, and nothing of that
// stroke is kept.
//
// Not safe for concurrent use. What one owner sends takes away only what is
// their own.
type Board struct {
	pads  map[string]*pad
	order []*trail // those begun, as they lie over one another, the lowest first
	seen  []Stroke
}

// NewBoard returns a board with nothing on it.
func NewBoard() *Board { return &Board{pads: make(map[string]*pad)} }

// Take takes a message of an owner. It is false if nothing is to be seen
// differently from before, neither now nor when it fades. Messages that are no
// ink, or too late, have no effect.
func (b *Board) Take(owner string, m protocol.Message, now time.Time) (changed bool) {
	b.expire(now)
	if p := b.pad(owner); p != nil {
		changed = b.take(p, owner, m, now)
	}
	return b.sweep() || changed
}

// pad returns the pad of an owner, or nil for one owner too many.
func (b *Board) pad(owner string) *pad {
	p := b.pads[owner]
	if p == nil && len(b.pads) < maxOwners {
		p = new(pad)
		b.pads[owner] = p
	}
	return p
}

func (b *Board) take(p *pad, owner string, m protocol.Message, now time.Time) bool {
	var t *trail
	switch m := m.(type) {
	case *protocol.StrokeBegin:
		if t = p.touch(owner, m.Stroke, now); t != nil && t.begin(m) {
			b.place(t)
		}
	case *protocol.StrokePoints:
		if t = p.touch(owner, m.Stroke, now); t != nil {
			t.add(m)
			p.trim()
		}
	case *protocol.StrokeEnd:
		if t = p.touch(owner, m.Stroke, now); t != nil {
			t.end(m)
		}
	case *protocol.Undo:
		p.undo(m.Stroke)
	case *protocol.Clear:
		p.clear(m.Stroke)
	}
	return t != nil && t.shown()
}

// place puts a stroke that has just begun above all others, but below the later
// ones of the same owner.
func (b *Board) place(t *trail) {
	at := slices.IndexFunc(b.order, func(o *trail) bool { return o.owner == t.owner && o.number > t.number })
	if at < 0 {
		at = len(b.order)
	}
	b.order = slices.Insert(b.order, at, t)
}

// Remove takes away everything of an owner, and forgets the owner.
func (b *Board) Remove(owner string) (changed bool) {
	if p := b.pads[owner]; p != nil {
		p.clearAll()
		delete(b.pads, owner)
	}
	return b.sweep()
}

// Clear takes away all that has been drawn. Owners may go on with new strokes.
func (b *Board) Clear() (changed bool) {
	for _, p := range b.pads {
		p.clearAll()
	}
	return b.sweep()
}

// Strokes returns what is to be seen now, the lowest first. The slice is valid
// until the next call; what it holds stays as it is.
func (b *Board) Strokes(now time.Time) []Stroke {
	b.expire(now)
	b.sweep()
	b.seen = b.seen[:0]
	for _, t := range b.order {
		if n := len(t.points); n > 0 {
			b.seen = append(b.seen, Stroke{t.owner, t.number, t.colour, t.widthAt(now), t.points[:n:n]})
		}
	}
	return b.seen
}

// Next returns when the board looks different by itself; zero: never.
func (b *Board) Next(now time.Time) (next time.Time) {
	for _, t := range b.order {
		if at := t.next(now); t.shown() && !at.IsZero() && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	return next
}

// expire takes away what has faded.
func (b *Board) expire(now time.Time) {
	for _, t := range b.order {
		if t.faded(now) {
			b.pads[t.owner].undo(t.number)
		}
	}
}

// sweep lets go of what pads have taken away, and says whether anything of it
// was to be seen.
func (b *Board) sweep() (seen bool) {
	b.order = slices.DeleteFunc(b.order, func(t *trail) bool {
		seen = seen || t.removed && t.shown()
		return t.removed
	})
	return seen
}

package privacy

import (
	"slices"
	"time"
)

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
	f.stage.resize(m.size)
	for _, r := range changed {
		f.stage.copy(r, m)
	}
	f.parts = append(f.parts, p)
	return rest
}

package encode

import (
	"image"
	"time"
)

// losses is what a viewer has out of JPEGs or coarse tiles: of each cell, a part
// that holds all such pixels. SPEC.md 7.5.
type losses struct {
	parts []patch
	some  cellSet         // of cells that have something in parts; no other has
	sent  []time.Duration // the last of them
	was   []patch         // parts before the moves of this moment
}

// resize makes room for a picture of n cells, all of them exact.
func (l *losses) resize(n int) {
	*l = losses{make([]patch, n), make(cellSet, (n+63)/64), make([]time.Duration, n), make([]patch, n)}
}

// any tells whether there is a loss.
func (l *losses) any() bool { return !l.some.empty() }

// join notes that a part of cell i is lossy, which may be empty.
func (l *losses) join(i int, part patch) {
	if !part.empty() {
		l.parts[i] = l.parts[i].join(part)
		l.some.add(i)
	}
}

// blur notes that a part of cell i is sent lossy now.
func (l *losses) blur(i int, part patch, now time.Duration) {
	l.join(i, part)
	l.sent[i] = now
}

// clear notes that a part of cell i is exact.
func (l *losses) clear(i int, part patch) {
	if part.covers(l.parts[i]) {
		l.parts[i] = patch{}
		l.some.remove(i)
	}
}

// move notes that the moves of a moment were made. All of them read the
// picture before.
func (l *losses) move(g grid, moves []move) {
	if len(moves) == 0 || !l.any() {
		return
	}
	copy(l.was, l.parts)
	for _, m := range moves {
		for i, part := range g.touched(m.to) {
			l.clear(i, newPatch(part))
			l.join(i, newPatch(l.came(g, part, m.by)))
		}
	}
}

// came returns the losses that a move brings into a part of a cell.
func (l *losses) came(g grid, part image.Rectangle, by image.Point) (lost image.Rectangle) {
	for i, from := range g.touched(part.Sub(by)) {
		lost = lost.Union(l.was[i].in(g.cell(i).Min).Intersect(from).Add(by))
	}
	return lost
}

package encode

import (
	"image"
	"slices"
)

// news is what one comparison found. Its arrays have an entry for each cell of
// the picture, and are used again for the next comparison.
type news struct {
	cells []int    // that changed, ascending once all are found
	parts []patch  // what changed in each
	rows  []uint64 // a bit for each row of a cell that changed
	moves []move   // what stood elsewhere in the picture before
	rests []patch  // what changed in each cell and no move brings
}

// move is a part of the picture that stood elsewhere in the picture before.
type move struct {
	to image.Rectangle
	by image.Point // from where it was
}

// from returns where it was.
func (m move) from() image.Rectangle { return m.to.Sub(m.by) }

// join adds m to moves. It becomes one with another from index first on if the
// two make a rectangle.
func join(moves []move, first int, m move) []move {
	for i := range moves[first:] {
		if u := &moves[first+i]; u.by == m.by && adjoin(u.to, m.to) {
			u.to = u.to.Union(m.to)
			return moves
		}
	}
	return append(moves, m)
}

// adjoin tells whether a and b lie side by side and make a rectangle.
func adjoin(a, b image.Rectangle) bool {
	if a.Min.Y == b.Min.Y && a.Max.Y == b.Max.Y {
		return a.Max.X == b.Min.X || b.Max.X == a.Min.X
	}
	return a.Min.X == b.Min.X && a.Max.X == b.Max.X && (a.Max.Y == b.Min.Y || b.Max.Y == a.Min.Y)
}

// resize makes room for a picture of n cells.
func (n *news) resize(cells int) {
	*n = news{parts: make([]patch, cells), rows: make([]uint64, cells), rests: make([]patch, cells)}
}

// clear forgets everything.
func (n *news) clear() {
	for _, i := range n.cells {
		n.parts[i], n.rows[i], n.rests[i] = patch{}, 0, patch{}
	}
	n.cells, n.moves = n.cells[:0], n.moves[:0]
}

// note adds a change in cell i. Its rows are noted apart.
func (n *news) note(i int, part patch) {
	if n.parts[i].empty() {
		n.cells = append(n.cells, i)
	}
	n.parts[i] = n.parts[i].join(part)
}

// settle ends the finding of changes: no move brings any of them yet.
func (n *news) settle() {
	slices.Sort(n.cells)
	for _, i := range n.cells {
		n.rests[i] = n.parts[i]
	}
}

package encode

import (
	"bytes"
	"image"
	"math/bits"

	"telestrator/protocol"
)

// What a scroll is looked for with. Looking costs a millisecond, so it needs
// a chance: a large change, and not one that was no scroll again and again,
// as a film is not.
const (
	leastCells = 32  // that changed
	leastRows  = 192 // that changed in a strip that is asked
	leastVotes = 12  // of rows for the distance that is tried
	leastRun   = 16  // changed rows that a move brings
	leastShare = 16  // all moves bring one changed row of so many
	asked      = 5   // strips
	patience   = 3   // changes that were no scroll, after which
	pause      = 8   // only every eighth is looked at
)

// scrolls finds what moved up or down between two pictures. It asks a few
// strips, which are columns of cells: each row that stands elsewhere in the
// picture before votes for its distance. The distance with the most votes is
// then held against every strip, byte for byte, so that a wrong guess costs
// time and never a pixel.
type scrolls struct {
	strips []strip
	left   []uint64 // of each cell, the rows that changed and no move brings
	rows   rowTable
	votes  []int // for each distance, from -height on
	misses int   // in a row
}

// strip is what changed in a column of cells.
type strip struct {
	x0, x1 int // pixels
	y0, y1 int
	rows   int // that changed
}

// resize makes room for a picture of g.
func (f *scrolls) resize(g grid) {
	f.strips = make([]strip, g.columns)
	f.left = make([]uint64, g.len())
	f.votes = make([]int, 2*g.size.Y)
	f.rows.resize(g.size.Y)
	f.misses = 0
}

// find adds moves to n, and takes what they bring from its rests.
func (f *scrolls) find(g grid, before, after raster, n *news) {
	if len(n.cells) < leastCells || !f.due() {
		return
	}
	f.measure(g, n)
	reach, by := f.poll(g, before, after, n)
	if by != 0 {
		f.verify(g, before, after, n, reach, by)
	}
	if len(n.moves) > 0 {
		f.misses = 0
	}
}

// due tells whether this change is to be looked at, and takes it for a miss.
func (f *scrolls) due() bool {
	f.misses++
	return f.misses <= patience || (f.misses-patience)%pause == 0
}

// measure sums up the changes by strips. Where the strip beside it changed
// too, a strip reaches up to it, so that moves become wide.
func (f *scrolls) measure(g grid, n *news) {
	clear(f.strips)
	for _, i := range n.cells {
		f.strips[i%g.columns].add(n.parts[i].in(g.cell(i).Min), bits.OnesCount64(n.rows[i]))
		f.left[i] = n.rows[i]
	}
	for i := 1; i < len(f.strips); i++ {
		if a, b := &f.strips[i-1], &f.strips[i]; a.rows > 0 && b.rows > 0 {
			a.x1, b.x0 = i*side, i*side
		}
	}
}

func (s *strip) add(part image.Rectangle, rows int) {
	if s.rows == 0 {
		*s = strip{part.Min.X, part.Max.X, part.Min.Y, part.Max.Y, rows}
		return
	}
	s.x0, s.x1 = min(s.x0, part.Min.X), max(s.x1, part.Max.X)
	s.y0, s.y1 = min(s.y0, part.Min.Y), max(s.y1, part.Max.Y)
	s.rows += rows
}

// verify adds a move for each run of rows that stood elsewhere before, by
// strips. Only what lies in reach is looked at, before and after, so that runs
// in strips side by side begin and end together.
func (f *scrolls) verify(g grid, before, after raster, n *news, reach strip, by int) {
	y0, y1 := max(reach.y0, reach.y0+by), min(reach.y1, reach.y1+by)
	for column, s := range f.strips {
		if s.rows < leastRun {
			continue
		}
		begin, changed := y0, 0
		for y := y0; y < y1; y++ {
			if bytes.Equal(after.span(y, s.x0, s.x1), before.span(y-by, s.x0, s.x1)) {
				changed += int(n.rows[y/side*g.columns+column] >> (y % side) & 1)
				continue
			}
			f.bring(g, n, column, begin, y, by, changed)
			begin, changed = y+1, 0
		}
		f.bring(g, n, column, begin, y1, by, changed)
	}
	f.weigh(n)
}

// weigh keeps the moves if they bring enough of the change. What is a little
// like a scroll, as a window that is dragged, is shorter without them.
func (f *scrolls) weigh(n *news) {
	changed, left := 0, 0
	for _, i := range n.cells {
		changed += bits.OnesCount64(n.rows[i])
		left += bits.OnesCount64(f.left[i])
	}
	if leastShare*(changed-left) < changed {
		n.moves = n.moves[:0]
		return
	}
	for _, i := range n.cells {
		n.rests[i] = n.parts[i].rows(f.left[i])
	}
}

// bring adds the rows begin to end of a strip as a move, if it is worth it.
func (f *scrolls) bring(g grid, n *news, column, begin, end, by, changed int) {
	if changed < leastRun || len(n.moves) == protocol.MaxCopies {
		return
	}
	s := f.strips[column]
	n.moves = join(n.moves, 0, move{image.Rect(s.x0, begin, s.x1, end), image.Pt(0, by)})
	for y := begin; y < end; y++ {
		f.left[y/side*g.columns+column] &^= 1 << (y % side)
	}
}

package encode

import (
	"image"
	"math/bits"

	"telestrator/protocol"
)

// What motion is looked for with. Looking costs half a millisecond, so it needs
// a chance: a large change, and not one that was no motion again and again, as
// a film is not.
const (
	leastCells = 12      // that changed
	leastArea  = 1 << 10 // changed pixels that a move brings
	leastShare = 16      // all moves bring one changed pixel of so many
	mostWays   = 2       // that parts of one picture go
	nearby     = 2       // pixels from the last distance, to be tried
	candidates = 4       // that the anchors name
	vain       = 1 << 8  // pixels that growing any rectangle costs
	mostVain   = 1 << 19 // pixels of rectangles that bring too little
	patience   = 4       // changes that were no motion, after which
	pause      = 8       // only every eighth is looked at
)

// finder finds what moved between two pictures: pages that scroll, windows that
// are dragged. Polls say how far something may have moved, and then rectangles
// are grown in which each pixel stood that far away before. They are compared
// byte for byte, so that a wrong guess costs time and never a pixel.
type finder struct {
	scene
	strips  []strip
	left    []uint64      // of each cell, the rows that changed and no move brings whole
	samples []image.Point // of what changed
	last    image.Point   // how far something moved last
	rows    rowPoll
	anchors anchorPoll
	cuts    cuts
	foreseen
	vain   int // pixels of rectangles that brought too little
	misses int // in a row
}

// scene is what motion is looked for in.
type scene struct {
	grid          grid
	before, after raster
	news          *news
}

// strip is what changed in a column of cells.
type strip struct {
	x0, x1 int // pixels
	y0, y1 int
	rows   int // that changed
}

// resize makes room for a picture of g.
func (f *finder) resize(g grid) {
	f.strips = make([]strip, g.columns)
	f.left = make([]uint64, g.len())
	f.samples = make([]image.Point, 0, samples)
	f.last, f.misses, f.foreseen = image.Point{}, 0, foreseen{}
	f.rows.resize(g.size.Y)
	f.anchors.resize()
}

// find adds moves to n, and takes what they bring from its rests.
func (f *finder) find(g grid, before, after raster, n *news) {
	if f.moved.to.Empty() && (len(n.cells) < leastCells || !f.due()) {
		return
	}
	f.scene = scene{g, before, after, n}
	f.measure()
	f.vain = 0
	f.claim()
	for way := len(n.moves); way < mostWays && f.much(); way++ {
		if by := f.elect(); by == (image.Point{}) || !f.follow(by) {
			break
		}
	}
	f.weigh()
	f.remember()
	if len(n.moves) > 0 {
		f.misses = 0
	}
	f.scene = scene{} // the pixels are not ours
}

// due tells whether this change is to be looked at, and takes it for a miss.
func (f *finder) due() bool {
	f.misses++
	return f.misses <= patience || (f.misses-patience)%pause == 0
}

// measure sums up the changes by strips. Where the strip beside it changed
// too, a strip reaches up to it.
func (f *finder) measure() {
	clear(f.strips)
	for _, i := range f.news.cells {
		f.strips[i%f.grid.columns].add(f.part(i), bits.OnesCount64(f.news.rows[i]))
		f.left[i] = f.news.rows[i]
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

// part returns what changed in cell i.
func (s *scene) part(i int) image.Rectangle { return s.news.parts[i].in(s.grid.cell(i).Min) }

// elect returns how far something may have moved, or nothing: about as far as
// last time, or what one of the polls says.
func (f *finder) elect() image.Point {
	f.sample()
	if by, n := f.near(f.last); 2*n > len(f.samples) {
		return by
	}
	if by := image.Pt(0, f.pollRows()); 2*f.likely(by) > len(f.samples) {
		return by
	}
	f.pollAnchors()
	most, best := len(f.samples)/leastShare, image.Point{}
	for range candidates {
		by := f.anchors.elected()
		if n := f.likely(by); n > most {
			most, best = n, by
		}
	}
	return best
}

// near returns which distance near the last one is the most likely, and how
// many samples are for it: a hand moves a window steadily.
func (f *finder) near(last image.Point) (best image.Point, most int) {
	if last == (image.Point{}) {
		return best, 0
	}
	for dy := -nearby; dy <= nearby; dy++ {
		for dx := -nearby; dx <= nearby; dx++ {
			by := last.Add(image.Pt(dx, dy))
			if n := f.likely(by); n > most || n == most && by == last {
				best, most = by, n
			}
		}
	}
	return best, most
}

// follow adds what moved by so much, and tells whether anything did.
func (f *finder) follow(by image.Point) bool {
	found := len(f.news.moves)
	for _, i := range f.news.cells {
		f.search(i, by)
	}
	if len(f.news.moves) == found {
		return false
	}
	f.last = by
	return true
}

// much tells whether a fourth of the change is left.
func (f *finder) much() bool {
	changed, left := 0, 0
	for _, i := range f.news.cells {
		changed += bits.OnesCount64(f.news.rows[i])
		left += bits.OnesCount64(f.left[i])
	}
	return 4*left > changed
}

// weigh keeps the moves if they bring enough of the change.
func (f *finder) weigh() {
	n := f.news
	if len(n.moves) == 0 {
		return
	}
	changed, left := 0, 0
	for _, i := range n.cells {
		n.rests[i] = f.rest(i)
		changed += n.parts[i].area()
		left += n.rests[i].area()
	}
	if leastShare*(changed-left) >= changed {
		return
	}
	n.moves = n.moves[:0]
	for _, i := range n.cells {
		n.rests[i] = n.parts[i]
	}
}

// bring adds a move to r, if it is worth it.
func (f *finder) bring(r image.Rectangle, by image.Point) {
	hull, area := f.changed(r)
	if area < leastArea || len(f.news.moves) == protocol.MaxCopies {
		f.vain += vain + r.Dx()*r.Dy()
		return
	}
	f.news.moves = join(f.news.moves, 0, move{hull, by})
	for i, in := range f.grid.touched(hull) {
		if part := f.part(i); part.Min.X >= in.Min.X && part.Max.X <= in.Max.X {
			f.left[i] &^= rowsOf(in)
		}
	}
}

// changed returns what of r changed, and about how many pixels that is.
func (f *finder) changed(r image.Rectangle) (hull image.Rectangle, area int) {
	for i, in := range f.grid.touched(r) {
		if f.news.parts[i].empty() {
			continue
		}
		if rows := f.news.rows[i] & rowsOf(in); rows != 0 {
			part := f.part(i).Intersect(in)
			hull = hull.Union(part)
			area += part.Dx() * bits.OnesCount64(rows)
		}
	}
	return hull, area
}

// rowsOf has a bit for each row of a part of a cell.
func rowsOf(part image.Rectangle) uint64 {
	return (1<<part.Dy() - 1) << (part.Min.Y % side)
}

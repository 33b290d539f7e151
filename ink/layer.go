package ink

import (
	"image"
	"math"
	"slices"
)

// What one stroke may cost. One that costs more is drawn coarser: with pixels
// twice as wide and high, and again, up to maxScale.
const (
	maxRuns  = 1 << 17 // rows of all the lines a stroke is drawn with
	maxScale = 64      // pixels of the screen, a side of a coarse one
	batch    = 4096    // stripes that are united at a time, at least
)

// A layer is the pixels of one stroke. What a new point cannot change any more
// is kept as stripes; only the last segment is drawn anew with each point.
type layer struct {
	stroke  Stroke // as it is drawn
	bounds  image.Rectangle
	scale   int // pixels of the screen, a side of a pixel here; never smaller again
	settled int // segments in body
	body    []stripe
	runs    int // rows of the lines in body
	marks   []Mark
	round   uint64 // of the sheet, when it was last used
}

// A brush draws layers. It is what they need only while they are drawn.
type brush struct {
	heap heap
	all  []stripe
	pile pile
}

// draw brings a layer up to date with its stroke.
func (b *brush) draw(l *layer, s Stroke, bounds image.Rectangle) {
	if l.shows(s, bounds) && len(s.Points) == len(l.stroke.Points) {
		return
	}
	if !l.shows(s, bounds) {
		l.reset()
	}
	l.stroke, l.bounds = s, bounds
	for !b.settle(l) {
		l.coarser()
	}
	b.finish(l)
}

// coarsen draws a layer with coarser pixels than before.
func (b *brush) coarsen(l *layer) {
	l.coarser()
	s := l.stroke
	l.stroke.Points = nil
	b.draw(l, s, l.bounds)
}

// shows says whether a stroke is what is drawn here, perhaps with more points.
func (l *layer) shows(s Stroke, bounds image.Rectangle) bool {
	return bounds == l.bounds && s.Width == l.stroke.Width && s.Colour == l.stroke.Colour && begins(s.Points, l.stroke.Points)
}

// begins says whether points begin with those of an earlier time. Nobody writes
// points again, so where they are the same memory they are the same.
func begins(points, with []image.Point) bool {
	if len(with) == 0 || len(points) < len(with) {
		return false
	}
	return &points[0] == &with[0] || slices.Equal(points[:len(with)], with)
}

func (l *layer) reset() { l.settled, l.runs, l.body = 0, 0, l.body[:0] }

// coarser begins anew with larger pixels, and lets go of what is too much.
func (l *layer) coarser() {
	l.reset()
	l.scale, l.body, l.marks = l.scale*2, nil, nil
}

// cost is the part of the sheet's limits that the layer takes, as marks.
func (l *layer) cost() int { return len(l.marks) + l.runs/(maxRunsOfAll/MaxMarks) }

// settle adds the segments that will not change to the body. It is false if
// that is too much at this scale.
func (b *brush) settle(l *layer) bool {
	for last := len(l.stroke.Points) - 2; l.settled < last; {
		b.heap.empty()
		for ; l.settled < last && len(b.heap.stripes) < max(batch, len(l.body)); l.settled++ {
			b.segment(l, l.settled)
		}
		l.body, l.runs = append(l.body[:0], b.unite(l)...), l.runs+b.heap.added
		if l.runs > maxRuns && l.scale < maxScale {
			return false
		}
	}
	return true
}

// finish makes the marks of the body and of the last segment.
func (b *brush) finish(l *layer) {
	b.heap.empty()
	if n := len(l.stroke.Points); n > 1 {
		b.segment(l, n-2)
	} else {
		dot := l.place(position(l.stroke.Points[0]))
		b.line(l, dot, dot)
	}
	l.marks = b.pile.append(l.marks[:0], b.unite(l), l.scale, l.bounds, l.stroke.Colour)
}

// unite returns the body and what is on the heap. It is valid until the next
// call.
func (b *brush) unite(l *layer) []stripe {
	slices.Sort(b.heap.stripes)
	b.all = unite(b.all[:0], l.body, b.heap.stripes)
	return b.all
}

// segment puts the pixels from a point to the next on the heap.
func (b *brush) segment(l *layer, i int) {
	c := segment(l.stroke.Points, i)
	for i := range c {
		c[i] = l.place(c[i])
	}
	from, n := c[0], c.pieces()
	for k := 1; k <= n; k++ {
		to := c.point(float64(k) / float64(n))
		b.line(l, from, to)
		from = to
	}
}

func (b *brush) line(l *layer, from, to vec) {
	c := newCapsule(from, to, l.radius())
	c.addTo(&b.heap, l.size())
}

// place returns where a position on the screen lies here. A point names a
// pixel. The middle of an odd stroke is the middle of that pixel, that of an
// even one its corner, so that both are as wide as they should be.
func (l *layer) place(v vec) vec {
	middle := float64(l.stroke.Width%2) / 2
	return v.minus(position(l.bounds.Min)).plus(vec{middle, middle}).times(1 / float64(l.scale))
}

// radius returns half the width, at least half a pixel.
func (l *layer) radius() float64 {
	return max(float64(l.stroke.Width)/float64(l.scale), 1) / 2
}

// size returns how many pixels there are here.
func (l *layer) size() image.Point {
	up := func(n int) int { return int(math.Ceil(float64(n) / float64(l.scale))) }
	return image.Pt(up(l.bounds.Dx()), up(l.bounds.Dy()))
}

package ink

import (
	"image"
	"math"
)

// A capsule is a line with round ends: what is not farther than radius from a
// straight line between two positions. It is convex, so it is one stripe in
// each row.
type capsule struct {
	from, to vec
	along    vec // the direction, of length 1; zero if the two are the same
	length   float64
	radius   float64
}

// slack keeps a line of one pixel whole where it passes between two pixels.
const slack = 1. / 1024

func newCapsule(from, to vec, radius float64) capsule {
	c := capsule{from: from, to: to, radius: radius + slack}
	if c.length = from.toward(to).length(); c.length > 0 {
		c.along = from.toward(to).times(1 / c.length)
	}
	return c
}

// addTo puts the pixels of size whose middle is inside on a heap.
func (c *capsule) addTo(h *heap, size image.Point) {
	top := math.Ceil(max(min(c.from.y, c.to.y)-c.radius-0.5, 0))
	bottom := min(max(c.from.y, c.to.y)+c.radius-0.5, float64(size.Y-1))
	for y := top; y <= bottom; y++ {
		l, r := c.reach(y + 0.5)
		left, right := max(math.Ceil(l-0.5), 0), min(math.Floor(r-0.5)+1, float64(size.X))
		if left < right {
			h.add(int(y), int(left), int(right))
		}
	}
}

// reach returns from where to where the capsule reaches at height y; left is
// beyond right if it does not. It is the hull of what the two round ends and
// the part between them reach.
func (c *capsule) reach(y float64) (left, right float64) {
	left, right = math.Inf(1), math.Inf(-1)
	for _, end := range [2]vec{c.from, c.to} {
		if up := y - end.y; math.Abs(up) <= c.radius {
			half := math.Sqrt(c.radius*c.radius - up*up)
			left, right = min(left, end.x-half), max(right, end.x+half)
		}
	}
	if l, r := c.between(y - c.from.y); l <= r {
		left, right = min(left, c.from.x+l), max(right, c.from.x+r)
	}
	return left, right
}

// between returns what the straight part reaches, seen from where it begins.
func (c *capsule) between(up float64) (left, right float64) {
	if c.length == 0 {
		return 1, 0
	}
	l1, r1 := solve(c.along.x, c.along.y*up, 0, c.length)
	l2, r2 := solve(-c.along.y, c.along.x*up, -c.radius, c.radius)
	return max(l1, l2), min(r1, r2)
}

// solve returns for which x low <= slope*x + offset <= high.
func solve(slope, offset, low, high float64) (left, right float64) {
	switch {
	case slope > 0:
		return (low - offset) / slope, (high - offset) / slope
	case slope < 0:
		return (high - offset) / slope, (low - offset) / slope
	case low <= offset && offset <= high:
		return math.Inf(-1), math.Inf(1)
	}
	return 1, 0
}

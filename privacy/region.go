package privacy

import "image"

// A region is a list of rectangles. It is disjoint when no two of them overlap.

// appendOutside appends the parts of r that lie in none of the holes. The parts
// are disjoint. Holes may be dst itself: only what it holds now counts.
func appendOutside(dst []image.Rectangle, r image.Rectangle, holes []image.Rectangle) []image.Rectangle {
	if r.Empty() {
		return dst
	}
	for i, hole := range holes {
		h := hole.Intersect(r)
		if h.Empty() {
			continue
		}
		rest := holes[i+1:]
		dst = appendOutside(dst, image.Rect(r.Min.X, r.Min.Y, r.Max.X, h.Min.Y), rest)  // above
		dst = appendOutside(dst, image.Rect(r.Min.X, h.Min.Y, h.Min.X, h.Max.Y), rest)  // left
		dst = appendOutside(dst, image.Rect(h.Max.X, h.Min.Y, r.Max.X, h.Max.Y), rest)  // right
		return appendOutside(dst, image.Rect(r.Min.X, h.Max.Y, r.Max.X, r.Max.Y), rest) // below
	}
	return append(dst, r)
}

// appendDifference appends region a without region b.
func appendDifference(dst, a, b []image.Rectangle) []image.Rectangle {
	for _, r := range a {
		dst = appendOutside(dst, r, b)
	}
	return dst
}

// appendDisjoint appends the union of region a inside bounds to dst, which is
// and stays disjoint.
func appendDisjoint(dst []image.Rectangle, a []image.Rectangle, bounds image.Rectangle) []image.Rectangle {
	for _, r := range a {
		dst = appendOutside(dst, r.Intersect(bounds), dst)
	}
	return dst
}

// appendBelow appends r. It becomes one with the last rectangle if it lies below
// that and is as wide.
func appendBelow(dst []image.Rectangle, r image.Rectangle) []image.Rectangle {
	if r.Empty() {
		return dst
	}
	if n := len(dst); n > 0 {
		if last := &dst[n-1]; last.Min.X == r.Min.X && last.Max.X == r.Max.X && last.Max.Y == r.Min.Y {
			last.Max.Y = r.Max.Y
			return dst
		}
	}
	return append(dst, r)
}

// hull is the smallest rectangle around a region.
func hull(region []image.Rectangle) (all image.Rectangle) {
	for _, r := range region {
		all = all.Union(r)
	}
	return all
}

// contains reports whether a point lies in a region.
func contains(region []image.Rectangle, p image.Point) bool {
	for _, r := range region {
		if p.In(r) {
			return true
		}
	}
	return false
}

// inside reports whether one rectangle of a region holds all of r.
func inside(r image.Rectangle, region []image.Rectangle) bool {
	for _, q := range region {
		if r.In(q) {
			return true
		}
	}
	return false
}

// common is the intersection of two regions.
func common(a, b region) (both region) {
	for _, r := range a {
		for _, s := range b {
			if x := r.Intersect(s); !x.Empty() {
				both = append(both, x)
			}
		}
	}
	return both
}

// without is region a without region b. It may return a itself.
func without(a, b region) region {
	if len(common(a, b)) == 0 {
		return a
	}
	return appendDifference(nil, a, b)
}

type rectangle = image.Rectangle

// region is a disjoint list of rectangles.
type region = []image.Rectangle

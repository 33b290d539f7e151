package encode

import (
	"image"
	"iter"
)

// outward returns all cells, in squares around the one that holds p, or is the
// nearest to it.
func (g grid) outward(p image.Point) iter.Seq[int] {
	cx, cy := min(max(p.X/side, 0), g.columns-1), min(max(p.Y/side, 0), g.rows-1)
	return func(yield func(int) bool) {
		for r := range max(g.columns, g.rows) {
			for y := max(cy-r, 0); y <= min(cy+r, g.rows-1); y++ {
				if !g.ring(cx, r, y, abs(y-cy) == r, yield) {
					return
				}
			}
		}
	}
}

// ring yields the cells of row y that are r columns away from cx, and, if it is
// the first or last row of a square, those between.
func (g grid) ring(cx, r, y int, full bool, yield func(int) bool) bool {
	step := max(2*r, 1)
	if full {
		step = 1
	}
	for x := cx - r; x <= cx+r; x += step {
		if x >= 0 && x < g.columns && !yield(y*g.columns+x) {
			return false
		}
	}
	return true
}

package encode

import (
	"image"
	"iter"

	"telestrator/protocol"
)

// side is the width and height of a cell. SPEC.md 7.4.
const side = 64

// grid cuts a picture into cells, counted row by row from the top left.
// Cells at the right and lower edge may be smaller.
type grid struct {
	size          image.Point
	columns, rows int
}

func newGrid(size image.Point) grid {
	return grid{size, (size.X + side - 1) / side, (size.Y + side - 1) / side}
}

// fits tells whether the protocol allows pictures of this size.
func fits(size image.Point) bool {
	return size.X >= 1 && size.Y >= 1 && size.X <= protocol.MaxSide && size.Y <= protocol.MaxSide &&
		size.X*size.Y <= protocol.MaxArea
}

func (g grid) bounds() image.Rectangle { return image.Rectangle{Max: g.size} }

func (g grid) len() int { return g.columns * g.rows }

// cell returns the pixels of cell i, none when there is no such cell.
func (g grid) cell(i int) image.Rectangle {
	corner := image.Pt(i%g.columns*side, i/g.columns*side)
	return image.Rectangle{Min: corner, Max: corner.Add(image.Pt(side, side))}.Intersect(g.bounds())
}

// index returns the cell that holds p, or one that does not when p lies
// outside the picture.
func (g grid) index(p image.Point) int { return p.Y/side*g.columns + p.X/side }

// touched returns the cells that r touches, row by row, and which part of r is
// in each. r lies inside the picture.
func (g grid) touched(r image.Rectangle) iter.Seq2[int, image.Rectangle] {
	return func(yield func(int, image.Rectangle) bool) {
		for y := r.Min.Y / side; y*side < r.Max.Y; y++ {
			for x := r.Min.X / side; x*side < r.Max.X; x++ {
				i := y*g.columns + x
				if !yield(i, g.cell(i).Intersect(r)) {
					return
				}
			}
		}
	}
}

// patch is a part of one cell, half open, in pixels from the cell's corner.
// The zero patch is empty.
type patch struct{ x0, y0, x1, y1 uint8 }

// newPatch returns the patch for r, which lies inside one cell or is empty.
func newPatch(r image.Rectangle) patch {
	if r.Empty() {
		return patch{}
	}
	x, y := r.Min.X%side, r.Min.Y%side
	return patch{uint8(x), uint8(y), uint8(x + r.Dx()), uint8(y + r.Dy())}
}

func (p patch) empty() bool { return p == patch{} }

// area returns how many pixels p has.
func (p patch) area() int { return int(p.x1-p.x0) * int(p.y1-p.y0) }

// around returns what of whole, which holds p, lies beside p: above, below, and
// to both sides with the pixels of p that touch it there.
func (p patch) around(whole patch) [4]patch {
	w := whole
	return [4]patch{
		{w.x0, w.y0, w.x1, p.y0},
		{w.x0, p.y1, w.x1, w.y1},
		{w.x0, p.y0, p.x0 + min(1, p.x0-w.x0), p.y1},
		{p.x1 - min(1, w.x1-p.x1), p.y0, w.x1, p.y1},
	}
}

// covers tells whether q lies in p.
func (p patch) covers(q patch) bool {
	return q.empty() || p.x0 <= q.x0 && p.y0 <= q.y0 && p.x1 >= q.x1 && p.y1 >= q.y1
}

// join returns the smallest patch that holds p and q.
func (p patch) join(q patch) patch {
	switch {
	case p.empty():
		return q
	case q.empty():
		return p
	}
	return patch{min(p.x0, q.x0), min(p.y0, q.y0), max(p.x1, q.x1), max(p.y1, q.y1)}
}

// in returns p as pixels of the picture; corner is the cell's.
func (p patch) in(corner image.Point) image.Rectangle {
	return image.Rect(int(p.x0), int(p.y0), int(p.x1), int(p.y1)).Add(corner)
}

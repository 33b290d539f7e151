package encode

import (
	"bytes"
	"image"
	"math/bits"
)

const (
	seedWidth  = 16 // pixels that a rectangle grows from
	seedHeight = 8  // rows of them that a sample has
	samples    = 32 // cells that are asked whether a distance is likely
)

// sample takes some of what changed and no move brings.
func (f *finder) sample() {
	f.samples = f.samples[:0]
	for k := range samples {
		i := f.news.cells[(2*k+1)*len(f.news.cells)/(2*samples)]
		if f.left[i] == 0 {
			continue
		}
		y := f.grid.cell(i).Min.Y + middle(f.left[i])
		if x, ok := f.seed(i, y); ok {
			f.samples = append(f.samples, image.Pt(x, y))
		}
	}
}

// likely returns how many samples may have moved by so much. Rows of text are
// often like the next ones.
func (f *finder) likely(by image.Point) (fitting int) {
	if by == (image.Point{}) {
		return 0
	}
	for _, p := range f.samples {
		if f.stood(p, by) {
			fitting++
		}
	}
	return fitting
}

// stood tells whether the pixels of a sample stood elsewhere before.
func (s *scene) stood(p, by image.Point) bool {
	for y := range seedHeight {
		if !s.fits(p.X, p.Y+y, by) {
			return false
		}
	}
	return true
}

// search grows rectangles from what changed in cell i and no move brings yet.
func (f *finder) search(i int, by image.Point) {
	top := f.grid.cell(i).Min.Y
	for _, pick := range [...]func(uint64) int{middle, bits.TrailingZeros64, lowest} {
		if f.left[i] == 0 || f.vain > mostVain {
			return
		}
		y := top + pick(f.left[i])
		if x, ok := f.seed(i, y); ok && f.fits(x, y, by) {
			f.bring(f.grow(x, y, by, f.room(x, y, by)), by)
		}
	}
}

// middle, lowest and bits.TrailingZeros64 pick a row of a set that has some.
func middle(rows uint64) int {
	for n := bits.OnesCount64(rows) / 2; n > 0; n-- {
		rows &= rows - 1
	}
	return bits.TrailingZeros64(rows)
}

func lowest(rows uint64) int { return bits.Len64(rows) - 1 }

// seed returns the first pixel of row y in cell i that changed and that no move
// brings.
func (f *finder) seed(i, y int) (x int, ok bool) {
	part := f.part(i)
	for x = part.Min.X; x < part.Max.X; {
		x += leading(f.before.span(y, x, part.Max.X), f.after.span(y, x, part.Max.X))
		end := f.brought(x, y)
		if end == x {
			return x, x < part.Max.X
		}
		x = end
	}
	return x, false
}

// brought returns where the move that brings a pixel ends to the right, or x.
func (s *scene) brought(x, y int) int {
	for _, m := range s.news.moves {
		if image.Pt(x, y).In(m.to) {
			return m.to.Max.X
		}
	}
	return x
}

// fits tells whether a few pixels from x on may have moved.
func (s *scene) fits(x, y int, by image.Point) bool {
	within := s.grid.bounds().Intersect(s.grid.bounds().Add(by))
	return image.Pt(x, y).In(within) && s.same(x, min(x+seedWidth, within.Max.X), y, by)
}

// same tells whether the pixels x0 to x1 of row y stood elsewhere before.
func (s *scene) same(x0, x1, y int, by image.Point) bool {
	return bytes.Equal(s.after.span(y, x0, x1), s.before.span(y-by.Y, x0-by.X, x1-by.X))
}

// grow returns a rectangle around a pixel, within room, in which all stood
// elsewhere before: first along the row, then down and up. Where a row fits less
// far, it becomes narrower if that is likely to bring more.
func (f *finder) grow(x, y int, by image.Point, room image.Rectangle) image.Rectangle {
	r := image.Rect(x, y, x, y+1)
	r.Min.X, r.Max.X = f.extent(room.Min.X, room.Max.X, x, y, by)
	for r.Max.Y < room.Max.Y && f.narrow(&r, x, r.Max.Y, room.Max.Y-r.Max.Y, by) {
		r.Max.Y++
	}
	for r.Min.Y > room.Min.Y && f.narrow(&r, x, r.Min.Y-1, r.Min.Y-room.Min.Y, by) {
		r.Min.Y--
	}
	return r
}

// narrow makes r fit row y too, if that is worth it for so many rows to come.
func (f *finder) narrow(r *image.Rectangle, x, y, rows int, by image.Point) bool {
	if f.same(r.Min.X, r.Max.X, y, by) {
		return true
	}
	x0, x1 := f.extent(r.Min.X, r.Max.X, x, y, by)
	if lost := (r.Dx() - (x1 - x0)) * r.Dy(); 2*lost >= rows*(x1-x0) {
		return false
	}
	r.Min.X, r.Max.X = x0, x1
	return true
}

// extent returns how far around x row y stood elsewhere before.
func (s *scene) extent(x0, x1, x, y int, by image.Point) (int, int) {
	left, right := x, x
	for right < x1 {
		end := min(right+side, x1)
		n := leading(s.after.span(y, right, end), s.before.span(y-by.Y, right-by.X, end-by.X))
		if right += n; right < end {
			break
		}
	}
	for left > x0 && right > x {
		end := max(left-side, x0)
		n := trailing(s.after.span(y, end, left), s.before.span(y-by.Y, end-by.X, left-by.X))
		if left -= n; left > end {
			break
		}
	}
	return left, right
}

// room returns where a rectangle around a pixel may grow: in columns of cells
// side by side that changed, and not over what moves bring there.
func (f *finder) room(x, y int, by image.Point) image.Rectangle {
	a, b := x/side, x/side
	for a > 0 && f.strips[a-1].rows > 0 {
		a--
	}
	for b+1 < len(f.strips) && f.strips[b+1].rows > 0 {
		b++
	}
	room := image.Rect(f.strips[a].x0, f.strips[a].y0, f.strips[b].x1, f.strips[a].y1)
	for _, s := range f.strips[a : b+1] {
		room.Min.Y, room.Max.Y = min(room.Min.Y, s.y0), max(room.Max.Y, s.y1)
	}
	for _, m := range f.news.moves {
		room = beside(room, m.to, x, y)
	}
	return room.Intersect(f.grid.bounds().Add(by))
}

// beside returns what is left of room around a pixel without what lies in its
// row or column of taken.
func beside(room, taken image.Rectangle, x, y int) image.Rectangle {
	if y >= taken.Min.Y && y < taken.Max.Y {
		if taken.Max.X <= x {
			room.Min.X = max(room.Min.X, taken.Max.X)
		} else {
			room.Max.X = min(room.Max.X, taken.Min.X)
		}
	}
	if x >= taken.Min.X && x < taken.Max.X {
		if taken.Max.Y <= y {
			room.Min.Y = max(room.Min.Y, taken.Max.Y)
		} else {
			room.Max.Y = min(room.Max.Y, taken.Min.Y)
		}
	}
	return room
}

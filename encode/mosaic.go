package encode

import (
	"image"
	"iter"
	"slices"
)

const (
	// leastJPEG is the fewest pixels that a JPEG is made of: what it begins
	// with takes 600 bytes.
	leastJPEG = side * side

	// mostJPEG is the most, so that it is far shorter than an update, and both
	// ends can work on several side by side.
	mostJPEG = 64 * side * side

	// fewJPEG is how many pixels are not worth being shared out.
	fewJPEG = 16 * side * side
)

// mosaic is photographic parts of cells, to be laid together to rectangles.
type mosaic struct {
	grid  grid
	cells []int   // that have a part
	parts []patch // of each cell
	area  int     // pixels of all parts together
}

// resize makes room for a picture of g, without parts.
func (m *mosaic) resize(g grid) { *m = mosaic{grid: g, parts: make([]patch, g.len())} }

func (m *mosaic) add(i int, part patch) {
	m.cells, m.parts[i] = append(m.cells, i), part
	m.area += part.area()
}

// take removes the part of cell i.
func (m *mosaic) take(i int) (part patch) {
	part, m.parts[i] = m.parts[i], patch{}
	return part
}

// sort puts the cells in order.
func (m *mosaic) sort() { slices.Sort(m.cells) }

// end forgets the cells, whose parts have all been taken.
func (m *mosaic) end() { m.cells, m.area = m.cells[:0], 0 }

// grow returns a block of cells, in cells, that begins with cell i: as far to
// the right, and then down, as their parts make a rectangle.
func (m *mosaic) grow(i int) image.Rectangle {
	corner := image.Pt(i%m.grid.columns, i/m.grid.columns)
	block, most := image.Rectangle{Min: corner, Max: corner.Add(image.Pt(1, 1))}, m.most()
	for block.Max.X < m.grid.columns && m.beside(block) && (block.Dx()+1)*side*side <= most {
		block.Max.X++
	}
	for block.Max.Y < m.grid.rows && m.below(block) && block.Dx()*(block.Dy()+1)*side*side <= most {
		block.Max.Y++
	}
	return block
}

// most returns of how many pixels a JPEG may be, so that there are two at
// least.
func (m *mosaic) most() int { return min(max(m.area/2, fewJPEG), mostJPEG) }

// at returns the part of a cell.
func (m *mosaic) at(x, y int) patch { return m.parts[y*m.grid.columns+x] }

// beside tells whether the cell to the right goes on a block of one row.
func (m *mosaic) beside(block image.Rectangle) bool {
	last, next := m.at(block.Max.X-1, block.Min.Y), m.at(block.Max.X, block.Min.Y)
	return !next.empty() && last.x1 == side && next.x0 == 0 && next.y0 == last.y0 && next.y1 == last.y1
}

// below tells whether the cells under a block go on with it.
func (m *mosaic) below(block image.Rectangle) bool {
	end := m.at(block.Min.X, block.Max.Y).y1
	for x := block.Min.X; x < block.Max.X; x++ {
		last, next := m.at(x, block.Max.Y-1), m.at(x, block.Max.Y)
		if next.empty() || last.y1 != side || next != (patch{last.x0, 0, last.x1, end}) {
			return false
		}
	}
	return true
}

// bounds returns the rectangle that holds all parts of a block, in pixels.
func (m *mosaic) bounds(block image.Rectangle) (area image.Rectangle) {
	for i := range m.each(block) {
		area = area.Union(m.parts[i].in(m.grid.cell(i).Min))
	}
	return area
}

// each returns the cells of a block.
func (m *mosaic) each(block image.Rectangle) iter.Seq[int] {
	return func(yield func(int) bool) {
		for y := block.Min.Y; y < block.Max.Y; y++ {
			for x := block.Min.X; x < block.Max.X; x++ {
				if !yield(y*m.grid.columns + x) {
					return
				}
			}
		}
	}
}

package capture

import "image"

// cell is a side of the squares in which areas in many small parts are taken.
const cell = 32 // pixels

// grid is a picture's area in cells, of which some are marked.
type grid struct {
	bounds image.Rectangle
	rows   [][]bool
}

// newGrid makes a grid without marks. bounds begin at (0,0).
func newGrid(bounds image.Rectangle) grid {
	g := grid{bounds, make([][]bool, (bounds.Dy()+cell-1)/cell)}
	for i := range g.rows {
		g.rows[i] = make([]bool, (bounds.Dx()+cell-1)/cell)
	}
	return g
}

// mark marks the cells that r, which lies inside and is not empty, touches.
func (g grid) mark(r image.Rectangle) {
	for y := r.Min.Y / cell; y <= (r.Max.Y-1)/cell; y++ {
		for x := r.Min.X / cell; x <= (r.Max.X-1)/cell; x++ {
			g.rows[y][x] = true
		}
	}
}

// area is what the x-th cell of the y-th row covers.
func (g grid) area(x, y int) image.Rectangle { return g.run(x, x+1, y) }

// run is what some neighbouring cells of the y-th row cover.
func (g grid) run(from, to, y int) image.Rectangle {
	return image.Rect(from*cell, y*cell, to*cell, (y+1)*cell).Intersect(g.bounds)
}

// runs appends the marked cells, neighbours in a row as one rectangle.
func (g grid) runs(to []image.Rectangle) []image.Rectangle {
	for y, row := range g.rows {
		for x := 0; x < len(row); x++ {
			from := x
			for x < len(row) && row[x] {
				x++
			}
			if x > from {
				to = append(to, g.run(from, x, y))
			}
		}
	}
	return to
}

// hulls appends one rectangle for each row, around its marked cells.
func (g grid) hulls(to []image.Rectangle) []image.Rectangle {
	for y, row := range g.rows {
		var hull image.Rectangle
		for x, marked := range row {
			if marked {
				hull = hull.Union(g.area(x, y))
			}
		}
		if !hull.Empty() {
			to = append(to, hull)
		}
	}
	return to
}

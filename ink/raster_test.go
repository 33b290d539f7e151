package ink

import "image"

// raster is the pixels of an area, by how many marks cover them.
type raster struct {
	area  image.Rectangle
	cover []int
}

func rasterOf(area image.Rectangle, marks []Mark) *raster {
	r := &raster{area, make([]int, area.Dx()*area.Dy())}
	for _, m := range marks {
		for y := m.Area.Min.Y; y < m.Area.Max.Y; y++ {
			for x := m.Area.Min.X; x < m.Area.Max.X; x++ {
				r.cover[r.index(x, y)]++
			}
		}
	}
	return r
}

func (r *raster) index(x, y int) int { return (y-r.area.Min.Y)*r.area.Dx() + x - r.area.Min.X }

func (r *raster) on(x, y int) bool { return image.Pt(x, y).In(r.area) && r.cover[r.index(x, y)] > 0 }

// all returns the pixels that are covered.
func (r *raster) all() (set []image.Point) {
	for y := r.area.Min.Y; y < r.area.Max.Y; y++ {
		for x := r.area.Min.X; x < r.area.Max.X; x++ {
			if r.on(x, y) {
				set = append(set, image.Pt(x, y))
			}
		}
	}
	return set
}

// extent is the smallest rectangle with all marks.
func extent(marks []Mark) (all image.Rectangle) {
	for _, m := range marks {
		all = all.Union(m.Area)
	}
	return all
}

// pieces counts the parts that do not touch, not even at a corner.
func (r *raster) pieces() (n int) {
	seen := make([]bool, len(r.cover))
	for _, p := range r.all() {
		if !seen[r.index(p.X, p.Y)] {
			n++
			r.flood(p, seen)
		}
	}
	return n
}

func (r *raster) flood(from image.Point, seen []bool) {
	for todo := []image.Point{from}; len(todo) > 0; {
		p := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if !r.on(p.X, p.Y) || seen[r.index(p.X, p.Y)] {
			continue
		}
		seen[r.index(p.X, p.Y)] = true
		for i := range 9 {
			todo = append(todo, p.Add(image.Pt(i%3-1, i/3-1)))
		}
	}
}

var page = image.Rect(0, 0, 300, 300)

// drawn is the marks of one stroke, made at once.
func drawn(bounds image.Rectangle, width int, points ...image.Point) []Mark {
	return new(Sheet).Marks([]Stroke{{Owner: "a", Number: 1, Colour: 0xe53935, Width: width, Points: points}}, bounds)
}

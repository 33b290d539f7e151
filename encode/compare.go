package encode

import (
	"image"
	"slices"
)

// foresee returns what of damage is to be looked at. What moved as in the
// comparison before is noted already, where every viewer understands copies: of
// what was foreseen a little may be as it was.
func (c *Canvas) foresee(src raster, damage []image.Rectangle) []image.Rectangle {
	if slices.ContainsFunc(c.streams, func(s *Stream) bool { return !s.copies }) {
		c.finder.forget()
		return damage
	}
	return c.finder.foresee(scene{c.grid, c.ref, src, &c.news}, damage)
}

// look notes which pixels of r differ in src.
func (c *Canvas) look(src raster, r image.Rectangle) {
	r = r.Intersect(c.grid.bounds())
	for y := r.Min.Y; y < r.Max.Y; {
		end := min(y/side*side+side, r.Max.Y)
		c.lookBand(src, image.Rect(r.Min.X, y, r.Max.X, end))
		y = end
	}
}

// lookBand is look for a part of one row of cells.
func (c *Canvas) lookBand(src raster, band image.Rectangle) {
	first := c.grid.index(band.Min)
	found := c.found[:(band.Max.X-1)/side-band.Min.X/side+1]
	clear(found)
	c.lookFilms(found, src, band)
	differences(found, c.news.rows[first:], c.ref, src, band)
	for i, part := range found {
		if !part.Empty() {
			c.news.note(first+i, newPatch(part))
		}
	}
}

// tell lets every stream know what changed, and what of it only moved.
func (c *Canvas) tell(src raster) {
	c.news.settle()
	now := c.clock()
	for _, i := range c.news.cells {
		c.history.note(i, now)
		cell := c.grid.cell(i)
		c.films.note(i, c.news.rows[i]&^c.finder.brings(cell), cell.Dy())
	}
	if slices.ContainsFunc(c.streams, (*Stream).follows) {
		c.finder.find(c.grid, c.ref, src, &c.news)
	}
	for _, s := range c.streams {
		s.hear(&c.news)
	}
	c.signal()
}

// take copies what changed from src, row by row, because memory is far faster
// that way than cell by cell.
func (c *Canvas) take(src raster) {
	for cells := c.news.cells; len(cells) > 0; {
		n := 1
		for n < len(cells) && cells[n]/c.grid.columns == cells[0]/c.grid.columns {
			n++
		}
		for y := range side {
			c.takeRow(src, cells[:n], y)
		}
		cells = cells[n:]
	}
}

// takeRow is take for one row of some cells. What lies side by side is copied at
// once.
func (c *Canvas) takeRow(src raster, cells []int, row int) {
	var none, run image.Rectangle
	for _, i := range cells {
		if c.news.rows[i]>>row&1 == 0 {
			continue
		}
		part := c.news.parts[i].in(c.grid.cell(i).Min)
		if run == none || part.Min.X != run.Max.X {
			c.copy(src, run)
			y := i/c.grid.columns*side + row
			run = image.Rect(part.Min.X, y, part.Min.X, y+1)
		}
		run.Max.X = part.Max.X
	}
	c.copy(src, run)
}

// copy copies a part of a row.
func (c *Canvas) copy(src raster, r image.Rectangle) {
	copy(c.ref.span(r.Min.Y, r.Min.X, r.Max.X), src.span(r.Min.Y, r.Min.X, r.Max.X))
}

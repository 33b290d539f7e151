package encode

import (
	"image"
	"slices"
)

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
		c.films.note(i, c.news.rows[i], c.grid.cell(i).Dy())
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

// takeRow is take for one row of some cells.
func (c *Canvas) takeRow(src raster, cells []int, row int) {
	for _, i := range cells {
		if c.news.rows[i]>>row&1 == 1 {
			part := c.news.parts[i].in(c.grid.cell(i).Min)
			y := i/c.grid.columns*side + row
			copy(c.ref.span(y, part.Min.X, part.Max.X), src.span(y, part.Min.X, part.Max.X))
		}
	}
}

package encode

import (
	"bytes"
	"image"
	"math/bits"
)

// A cell of which all rows changed so often in a row is taken for one of a film:
// it is compared up to its first difference only, and all of it counts as
// changed. What did not change there is sent for nothing, so every eighth time
// it is looked at in full.
const (
	wholly  = 4
	trusted = 8
)

// films counts, for each cell, the comparisons in a row in which all of its rows
// changed.
type films []uint8

// note takes what one comparison found in cell i, whose height is rows.
func (f films) note(i int, changed uint64, rows int) {
	switch {
	case bits.OnesCount64(changed) < rows:
		f[i] = 0
	case f[i] == wholly+trusted:
		f[i] = wholly - 1 // the next time it is looked at in full
	default:
		f[i]++
	}
}

// lookFilms notes the cells of films in a band: those of found that it fills
// need not be looked at any more.
func (c *Canvas) lookFilms(found []image.Rectangle, src raster, band image.Rectangle) {
	first := c.grid.index(band.Min)
	for k := range found {
		i := first + k
		if cell := c.grid.cell(i); c.films[i] >= wholly && cell.In(band) && c.differs(src, cell) {
			found[k] = cell
			c.news.rows[i] = 1<<cell.Dy() - 1
		}
	}
}

// differs tells whether src has other pixels than the canvas in a cell.
func (c *Canvas) differs(src raster, cell image.Rectangle) bool {
	for y := cell.Min.Y; y < cell.Max.Y; y++ {
		if !bytes.Equal(c.ref.span(y, cell.Min.X, cell.Max.X), src.span(y, cell.Min.X, cell.Max.X)) {
			return true
		}
	}
	return false
}

package encode

import (
	"encoding/binary"
	"image"
)

// block is the side of a square of samples that is transformed at once, unit
// that of the smallest part of a JPEG: four blocks of luma and one each of the
// two chromas, which have half the resolution (4:2:0).
const (
	block = 8
	unit  = 2 * block
)

// jpegWriter makes baseline JPEGs straight from BGRX memory, four to six times as
// fast as image/jpeg. The zero value is ready to use. SPEC.md 7.5.
type jpegWriter struct {
	rows [unit]*[4 * unit]byte // of one unit
	edge [unit][4 * unit]byte
	y    [2][block * block]pair // of each of two blocks side by side, luma
	c    [block * block]pair    // Cb and Cr
	out  bitWriter
}

// append appends a JPEG of area, which lies inside src, to dst. It gives up
// and returns false when it would be longer than limit.
func (w *jpegWriter) append(dst []byte, src raster, area image.Rectangle, quality, limit int) ([]byte, bool) {
	f := templateOf(quality)
	from := len(dst)
	dst = append(dst, f.head...)
	binary.BigEndian.PutUint16(dst[from+f.size:], uint16(area.Dy()))
	binary.BigEndian.PutUint16(dst[from+f.size+2:], uint16(area.Dx()))
	w.out = bitWriter{dst: dst}
	var last [3]int32 // the first coefficient of the last block of each component
	for y := area.Min.Y; y < area.Max.Y; y += unit {
		for x := area.Min.X; x < area.Max.X; x += unit {
			w.gather(src, area, x, y)
			w.convert()
			w.write(f, &last)
		}
		if len(w.out.dst)-from > limit {
			return w.out.dst[:from], false
		}
	}
	w.out.pad()
	w.rows = [unit]*[4 * unit]byte{} // src may be let go
	return append(w.out.dst, 0xff, markerEOI), true
}

// gather makes rows those of the unit at x, y. At the right and lower end of
// area they are copies, which repeat the last pixel.
func (w *jpegWriter) gather(src raster, area image.Rectangle, x, y int) {
	if x+unit <= area.Max.X && y+unit <= area.Max.Y {
		for i := range w.rows {
			w.rows[i] = (*[4 * unit]byte)(src.span(y+i, x, x+unit))
		}
		return
	}
	for i := range w.rows {
		row, held := src.span(min(y+i, area.Max.Y-1), x, min(x+unit, area.Max.X)), &w.edge[i]
		for n := copy(held[:], row); n < len(held); n += 4 {
			copy(held[n:], row[len(row)-4:])
		}
		w.rows[i] = held
	}
}

// write writes the blocks of the unit.
func (w *jpegWriter) write(f *template, last *[3]int32) {
	f.luma.write(&w.out, &w.y[0], &last[0], &last[0])
	f.luma.write(&w.out, &w.y[1], &last[0], &last[0])
	f.chroma.write(&w.out, &w.c, &last[1], &last[2])
}

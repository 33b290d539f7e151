package encode

import (
	"encoding/binary"
	"image"
	"slices"
)

// quality is that of our JPEGs, from 1 to 100 as everywhere. They are soon
// replaced by tiles, so it only has to look good in motion.
const quality = 80

// block is the side of a square of samples that is transformed at once, unit
// that of the smallest part of a JPEG: four blocks of luma and one each of the
// two chromas, which have half the resolution (4:2:0).
const (
	block = 8
	unit  = 2 * block
)

// jpegWriter makes baseline JPEGs straight from BGRX memory, about three times
// as fast as image/jpeg. The zero value is ready to use. SPEC.md 7.5.
type jpegWriter struct {
	head         []byte // of every JPEG, with no size yet
	size         int    // where in head it belongs: height, then width
	luma, chroma plane
	rows         [unit]*[4 * unit]byte // of one unit
	edge         [unit][4 * unit]byte
	y            [4][block * block]float32
	cb, cr       [block * block]float32
	out          bitWriter
}

// append appends a JPEG of area, which lies inside src, to dst. It gives up
// and returns false when it would be longer than limit.
func (w *jpegWriter) append(dst []byte, src raster, area image.Rectangle, limit int) ([]byte, bool) {
	if w.head == nil {
		w.prepare()
	}
	from := len(dst)
	dst = append(dst, w.head...)
	binary.BigEndian.PutUint16(dst[from+w.size:], uint16(area.Dy()))
	binary.BigEndian.PutUint16(dst[from+w.size+2:], uint16(area.Dx()))
	w.out = bitWriter{dst: dst}
	var last [3]int32 // the first coefficient of the last block of each component
	for y := area.Min.Y; y < area.Max.Y; y += unit {
		for x := area.Min.X; x < area.Max.X; x += unit {
			w.gather(src, area, x, y)
			w.convert()
			w.write(&last)
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
func (w *jpegWriter) write(last *[3]int32) {
	for i := range w.y {
		last[0] = w.luma.write(&w.out, &w.y[i], last[0])
	}
	last[1] = w.chroma.write(&w.out, &w.cb, last[1])
	last[2] = w.chroma.write(&w.out, &w.cr, last[2])
}

// prepare makes what all JPEGs have in common.
func (w *jpegWriter) prepare() {
	w.luma.prepare(&lumaSteps, lumaDC, lumaAC, one)
	w.chroma.prepare(&chromaSteps, chromaDC, chromaAC, 4*one)
	w.head = slices.Concat([]byte{0xff, markerSOI},
		segment(markerAPP0, []byte("JFIF\x00"), []byte{1, 2, 0, 0, 1, 0, 1, 0, 0}),
		segment(markerDQT, []byte{0}, w.luma.steps[:], []byte{1}, w.chroma.steps[:]))
	w.size = len(w.head) + 5
	w.head = slices.Concat(w.head,
		segment(markerSOF0, []byte{8, 0, 0, 0, 0, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1}),
		segment(markerDHT, lumaDC.table(0x00), lumaAC.table(0x10), chromaDC.table(0x01), chromaAC.table(0x11)),
		segment(markerSOS, []byte{3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0}))
}

package encode

import (
	"bytes"
	"encoding/binary"
	"image"
)

// raster is BGRX memory, 4 bytes a pixel.
type raster struct {
	pix    []byte
	stride int // bytes from one row to the next
}

// span returns the bytes of the pixels x0 to x1 of row y.
func (r raster) span(y, x0, x1 int) []byte {
	at := y * r.stride
	return r.pix[at+4*x0 : at+4*x1]
}

// gather copies the pixels of area into dst, row after row, as 0x00RRGGBB,
// and returns how many there are.
func (r raster) gather(dst []uint32, area image.Rectangle) []uint32 {
	dst = dst[:area.Dx()*area.Dy()]
	rest, w := dst, area.Dx()
	for y := area.Min.Y; y < area.Max.Y; y++ {
		gatherRow(rest[:w], r.span(y, area.Min.X, area.Max.X))
		rest = rest[w:]
	}
	return dst
}

// gatherRow is gather for one row, four pixels at a time.
func gatherRow(dst []uint32, row []byte) {
	for len(dst) >= 4 && len(row) >= 16 {
		p, q := binary.LittleEndian.Uint64(row), binary.LittleEndian.Uint64(row[8:])
		dst[0], dst[1], dst[2], dst[3] = uint32(p), uint32(p>>32), uint32(q), uint32(q>>32)
		dst, row = dst[4:], row[16:]
	}
	for i := range dst {
		dst[i] = binary.LittleEndian.Uint32(row[4*i:])
	}
}

// differences finds the pixels of band in which a and b differ. A band lies in
// one row of cells; found has an entry for each column of cells that it
// touches, and becomes the smallest rectangle that holds what differs in each;
// one that reaches the band's end before is not looked at.
// rows, beginning with the same cell, gets a bit for each row that differs.
//
// It goes along the rows, because memory is far faster that way than cell by
// cell: first a whole row at once, then, if that differs, by cells.
func differences(found []image.Rectangle, rows []uint64, a, b raster, band image.Rectangle) {
	first := band.Min.X / side
	for y := band.Min.Y; y < band.Max.Y; y++ {
		if bytes.Equal(a.span(y, band.Min.X, band.Max.X), b.span(y, band.Min.X, band.Max.X)) {
			continue
		}
		for x := band.Min.X; x < band.Max.X; {
			end := min(x/side*side+side, band.Max.X)
			if found[x/side-first].Max.Y < band.Max.Y && !bytes.Equal(a.span(y, x, end), b.span(y, x, end)) {
				widen(&found[x/side-first], a, b, image.Rect(x, y, end, y+1))
				rows[x/side-first] |= 1 << (y % side)
			}
			x = end
		}
	}
}

// widen makes found hold the pixels of row in which a and b differ; there are
// some, and found is from rows above.
func widen(found *image.Rectangle, a, b raster, row image.Rectangle) {
	y, left, right := row.Min.Y, row.Max.X, row.Min.X
	if !found.Empty() {
		left, right, row.Min.Y = found.Min.X, found.Max.X, found.Min.Y
	}
	found.Min = image.Pt(row.Min.X+leading(a.span(y, row.Min.X, left), b.span(y, row.Min.X, left)), row.Min.Y)
	found.Max = image.Pt(row.Max.X-trailing(a.span(y, right, row.Max.X), b.span(y, right, row.Max.X)), row.Max.Y)
}

// leading returns how many pixels a and b, equally long, have in common at
// their beginning.
func leading(a, b []byte) int {
	if bytes.Equal(a, b) {
		return len(a) / 4
	}
	n := 0
	for [4]byte(a[4*n:]) == [4]byte(b[4*n:]) {
		n++
	}
	return n
}

// trailing returns how many pixels a and b, equally long, have in common at
// their end.
func trailing(a, b []byte) int {
	if bytes.Equal(a, b) {
		return len(a) / 4
	}
	n, end := 0, len(a)
	for [4]byte(a[end-4*n-4:]) == [4]byte(b[end-4*n-4:]) {
		n++
	}
	return n
}

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

// copyFrom copies the pixels of area from src, at the same place.
func (r raster) copyFrom(src raster, area image.Rectangle) {
	for y := area.Min.Y; y < area.Max.Y; y++ {
		copy(r.span(y, area.Min.X, area.Max.X), src.span(y, area.Min.X, area.Max.X))
	}
}

// gather copies the pixels of area into dst, row after row, as 0x00RRGGBB,
// and returns how many there are.
func (r raster) gather(dst []uint32, area image.Rectangle) []uint32 {
	dst = dst[:area.Dx()*area.Dy()]
	rest := dst
	for y := area.Min.Y; y < area.Max.Y; y++ {
		row := r.span(y, area.Min.X, area.Max.X)
		for i := range rest[:len(row)/4] {
			rest[i] = binary.LittleEndian.Uint32(row[4*i:])
		}
		rest = rest[len(row)/4:]
	}
	return dst
}

// difference returns the smallest rectangle that holds every pixel of area in
// which a and b differ. Whole rows are compared first: a cell's row is 256
// bytes, which memory comparison takes at its full speed.
func difference(a, b raster, area image.Rectangle) image.Rectangle {
	same := func(y int) bool {
		return bytes.Equal(a.span(y, area.Min.X, area.Max.X), b.span(y, area.Min.X, area.Max.X))
	}
	for area.Min.Y < area.Max.Y && same(area.Min.Y) {
		area.Min.Y++
	}
	if area.Empty() {
		return image.Rectangle{}
	}
	for same(area.Max.Y - 1) {
		area.Max.Y--
	}
	return trim(a, b, area)
}

// trim takes the columns off area in which a and b are the same. Its first
// and its last row differ somewhere.
func trim(a, b raster, area image.Rectangle) image.Rectangle {
	left, right := area.Max.X, area.Min.X
	for y := area.Min.Y; y < area.Max.Y; y++ {
		left = area.Min.X + leading(a.span(y, area.Min.X, left), b.span(y, area.Min.X, left))
		right = area.Max.X - trailing(a.span(y, right, area.Max.X), b.span(y, right, area.Max.X))
	}
	area.Min.X, area.Max.X = left, right
	return area
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

package capture

import (
	"bytes"
	"image"
)

// changes appends where two pictures of one size differ, in cells, or the
// rectangle around all of it if that is in more than maxRects parts.
func changes(to []image.Rectangle, before, now *image.RGBA) []image.Rectangle {
	g := newGrid(now.Rect)
	for y := range now.Rect.Dy() {
		a, b := row(before, y), row(now, y)
		if bytes.Equal(a, b) {
			continue
		}
		for x, marked := range g.rows[y/cell] {
			from, end := 4*x*cell, min(4*(x+1)*cell, len(b))
			g.rows[y/cell][x] = marked || !bytes.Equal(a[from:end], b[from:end])
		}
	}
	first := len(to)
	if to = g.runs(to); len(to)-first <= maxRects {
		return to
	}
	var box image.Rectangle
	for _, r := range to[first:] {
		box = box.Union(r)
	}
	return append(to[:first], box)
}

// row is the pixels of row y.
func row(img *image.RGBA, y int) []byte { return img.Pix[y*img.Stride:][:4*img.Rect.Dx()] }

// swap copies r of a picture whose pixels begin with red.
func (p picture) swap(from *image.RGBA, r image.Rectangle) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		src := row(from, y)[4*r.Min.X : 4*r.Max.X]
		dst := p.pix[y*p.stride+4*r.Min.X:][:len(src)]
		for i := 0; i+4 <= len(src); i += 4 {
			dst[i], dst[i+1], dst[i+2] = src[i+2], src[i+1], src[i]
		}
	}
}

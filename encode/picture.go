package encode

import (
	"image"
)

// lossy marks a pixel that a JPEG painted. It travels with the pixel, so a
// copy is what its source was. SPEC.md 7.5.
const lossy = 1 << 24

// picture is a decoder's memory: rows of 0x00RRGGBB, with lossy where it is.
type picture struct {
	grid grid
	px   []uint32
}

// resize makes the picture black and of the given size. It keeps its memory
// when that is enough.
func (p *picture) resize(size image.Point) {
	p.grid = newGrid(size)
	if n := size.X * size.Y; n <= cap(p.px) {
		p.px = p.px[:n]
		clear(p.px)
	} else {
		p.px = make([]uint32, n)
	}
}

// span returns the pixels x0 to x1 of row y.
func (p *picture) span(y, x0, x1 int) []uint32 {
	at := y * p.grid.size.X
	return p.px[at+x0 : at+x1]
}

// paint writes px, rows of area's width, to area.
func (p *picture) paint(area image.Rectangle, px []uint32) {
	for y := area.Min.Y; y < area.Max.Y; y++ {
		px = px[copy(p.span(y, area.Min.X, area.Max.X), px):]
	}
}

// copyFrom copies the pixels of src at from to the area.
func (p *picture) copyFrom(src *picture, from image.Point, area image.Rectangle) {
	for y := range area.Dy() {
		copy(p.span(area.Min.Y+y, area.Min.X, area.Max.X), src.span(from.Y+y, from.X, from.X+area.Dx()))
	}
}

// rgba returns the picture as an image of its own.
func (p *picture) rgba() *image.RGBA {
	img := image.NewRGBA(p.grid.bounds())
	for i, v := range p.px {
		q := img.Pix[4*i : 4*i+4 : 4*i+4]
		q[0], q[1], q[2], q[3] = byte(v>>16), byte(v>>8), byte(v), 0xff
	}
	return img
}

// lossy returns the lossy pixels as an image of its own: 255 where they are.
func (p *picture) lossy() *image.Alpha {
	img := image.NewAlpha(p.grid.bounds())
	for i, v := range p.px {
		if v&lossy != 0 {
			img.Pix[i] = 0xff
		}
	}
	return img
}

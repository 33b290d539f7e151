package main

import (
	"image"
	"image/color"
	"testing"
)

// A picture is known by its middle, torn when some of it is of one soon before
// or after, and wrong when any pixel is of none.
func TestCompare(t *testing.T) {
	t.Parallel()
	p := &painter{size: image.Pt(160, 120), numbers: map[uint32]uint32{}}
	for n := uint32(1); n <= 20; n++ {
		p.note(n)
	}
	for _, c := range []struct {
		name   string
		spoil  func(got *image.RGBA)
		number uint32
		want   likeness
	}{
		{"as painted", func(*image.RGBA) {}, 7, exact},
		{"a strip of the next", func(got *image.RGBA) { p.show(got, 8, image.Rect(0, 0, 160, 4)) }, 7, torn},
		{"a strip of the last", func(got *image.RGBA) { p.show(got, 6, image.Rect(0, 0, 4, 120)) }, 7, torn},
		{"a strip of long after", func(got *image.RGBA) { p.show(got, 7+soon+1, image.Rect(0, 0, 4, 120)) }, 7, wrong},
		{"one pixel", func(got *image.RGBA) { got.Set(9, 9, color.White) }, 7, wrong},
		{"an unknown middle", func(got *image.RGBA) { got.Set(80, 60, color.White) }, 0, wrong},
	} {
		got := image.NewRGBA(image.Rectangle{Max: p.size})
		p.show(got, 7, got.Rect)
		c.spoil(got)
		if n, is := p.compare(got); n != c.number || is != c.want {
			t.Errorf("%s: number %d, likeness %d, want %d, %d", c.name, n, is, c.number, c.want)
		}
	}
}

// show is what a console shows of picture n in an area.
func (p *painter) show(on *image.RGBA, n uint32, area image.Rectangle) {
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			c := colour(n, p.block(x, y))
			on.SetRGBA(x, y, color.RGBA{byte(c >> 16), byte(c >> 8), byte(c), 255})
		}
	}
}

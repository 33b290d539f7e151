package ink

import "image"

// border is the window of the frame around each monitor.
type border struct {
	x      *canvas
	window uint32
	shown  uint32 // its colour
}

// fit gives the window its shape: a frame of this width along every monitor.
func (b *border) fit(monitors []image.Rectangle, width int) {
	var all []image.Rectangle
	for _, m := range monitors {
		all = append(all, frame(m, width)...)
	}
	b.x.shape(b.window, all)
}

// frame is the inner edge of r: above, below, left, right.
func frame(r image.Rectangle, width int) []image.Rectangle {
	inner := r.Inset(width)
	if inner.Empty() {
		return []image.Rectangle{r}
	}
	return []image.Rectangle{
		{r.Min, image.Pt(r.Max.X, inner.Min.Y)},
		{image.Pt(r.Min.X, inner.Max.Y), r.Max},
		{image.Pt(r.Min.X, inner.Min.Y), image.Pt(inner.Min.X, inner.Max.Y)},
		{image.Pt(inner.Max.X, inner.Min.Y), image.Pt(r.Max.X, inner.Max.Y)},
	}
}

// paint gives the frame a colour.
func (b *border) paint(colour uint32) {
	if colour == b.shown {
		return
	}
	b.shown = colour
	b.x.BackPixel(b.window, b.x.pixels.of(colour))
	b.x.Clear(b.window, image.Rectangle{})
}

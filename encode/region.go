package encode

import "image"

// CopyRGBA copies the part of the picture shown that lies in dst's rectangle to
// dst, opaque. It is for viewers that look at a part, or keep memory of their
// own: Picture makes a new image each time.
func (d *Decoder) CopyRGBA(dst *image.RGBA) {
	r := dst.Rect.Intersect(d.shown.grid.bounds())
	for y := r.Min.Y; y < r.Max.Y; y++ {
		to := dst.Pix[dst.PixOffset(r.Min.X, y):]
		for i, v := range d.shown.span(y, r.Min.X, r.Max.X) {
			q := to[4*i : 4*i+4 : 4*i+4]
			q[0], q[1], q[2], q[3] = byte(v>>16), byte(v>>8), byte(v), 0xff
		}
	}
}

package leaktest

import "image"

// Secret is the colour of the secret, 0xRRGGBB.
const Secret = 0xfe01fd

// resembles reports whether a pixel is of the secret, or was before a lossy
// encoding.
func resembles(r, g, b byte) bool { return r > 0xc8 && g < 0x40 && b > 0xc8 }

// look counts a picture's pixels of the secret. The race detector would make it
// tens of times slower; the picture is its caller's.
//
//go:norace
func look(p *image.RGBA) (n int, area image.Rectangle) {
	for y := p.Rect.Min.Y; y < p.Rect.Max.Y; y++ {
		row := p.Pix[p.PixOffset(p.Rect.Min.X, y):][:4*p.Rect.Dx()]
		for i := 0; i < len(row); i += 4 {
			if resembles(row[i], row[i+1], row[i+2]) {
				n++
				x := p.Rect.Min.X + i/4
				area = area.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return n, area
}

// Bears reports whether a capture's picture, rows of BGRX, shows the secret.
//
//go:norace
func Bears(pix []byte, stride int, size image.Point) bool {
	for y := range size.Y {
		row := pix[y*stride:][:4*size.X]
		for i := 0; i < len(row); i += 4 {
			if resembles(row[i+2], row[i+1], row[i]) {
				return true
			}
		}
	}
	return false
}

package privacy

import "image"

// cellSide is the side of the cells in which changes are looked for, in pixels.
const cellSide = 64

// differ appends where the mirror differs from a picture inside a region: the
// smallest rectangle for each cell.
func differ(dst, area region, m mirror, p *Picture) region {
	for _, r := range area {
		r = r.Intersect(m.bounds()).Intersect(p.Bounds())
		for y := r.Min.Y; y < r.Max.Y; y = y/cellSide*cellSide + cellSide {
			for x := r.Min.X; x < r.Max.X; x = x/cellSide*cellSide + cellSide {
				cell := image.Rect(x, y, x/cellSide*cellSide+cellSide, y/cellSide*cellSide+cellSide).Intersect(r)
				if box := differing(cell, m, p); !box.Empty() {
					dst = append(dst, box)
				}
			}
		}
	}
	return dst
}

// differing is the smallest rectangle around the pixels in r that differ.
func differing(r rectangle, m mirror, p *Picture) (box rectangle) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		a, b := m.pix[y*m.stride+4*r.Min.X:][:4*r.Dx()], p.span(r, y)
		from, to := unlike(a, b)
		if from < to {
			box = box.Union(image.Rect(r.Min.X+from, y, r.Min.X+to, y+1))
		}
	}
	return box
}

// unlike is the first and one past the last pixel in which two rows differ, the
// same number where they do not.
func unlike(a, b []byte) (from, to int) {
	to = len(a) / 4
	b = b[:len(a)]
	for from+8 <= to && sameEight((*[32]byte)(a[4*from:]), (*[32]byte)(b[4*from:])) {
		from += 8
	}
	for from < to && samePixel(a, b, from) {
		from++
	}
	for to-8 >= from && sameEight((*[32]byte)(a[4*to-32:]), (*[32]byte)(b[4*to-32:])) {
		to -= 8
	}
	for to > from && samePixel(a, b, to-1) {
		to--
	}
	return from, to
}

// sameEight reports whether eight pixels have the same colours.
func sameEight(a, b *[32]byte) bool {
	return ((le.Uint64(a[0:])^le.Uint64(b[0:]))|(le.Uint64(a[8:])^le.Uint64(b[8:]))|
		(le.Uint64(a[16:])^le.Uint64(b[16:]))|(le.Uint64(a[24:])^le.Uint64(b[24:])))&0x00ffffff00ffffff == 0
}

// samePixel reports whether two rows have the same colour at a place.
func samePixel(a, b []byte, at int) bool {
	return (le.Uint32(a[4*at:])^le.Uint32(b[4*at:]))&0xffffff == 0
}

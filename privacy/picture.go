package privacy

import (
	"encoding/binary"
	"fmt"
	"image"
)

// le is the byte order of pixels, and the one that xgb asks the server to speak.
var le = binary.LittleEndian

// Picture is a released picture of the screen: what may leave the device, flat
// where it may not. Only a Guard makes and fills one. It is valid until the
// Guard's next Release and is not to be written.
type Picture struct {
	pix    []byte
	size   image.Point
	stride int
}

// Bounds is the area of the picture; it starts at (0,0).
func (p *Picture) Bounds() image.Rectangle { return image.Rectangle{Max: p.size} }

// Pix is all rows: BGRX, four bytes a pixel, the X byte 0.
func (p *Picture) Pix() []byte { return p.pix }

// Stride is the distance from one row to the next in bytes.
func (p *Picture) Stride() int { return p.stride }

// Row is the pixels of row y, without what may follow in the buffer.
func (p *Picture) Row(y int) []byte {
	return p.pix[y*p.stride:][: 4*p.size.X : 4*p.size.X]
}

// resize gives the picture a size and reports whether it is a new one. A new
// size means a new buffer, so nothing of the old picture can show.
func (p *Picture) resize(size image.Point) bool {
	if p.size == size && p.pix != nil {
		return false
	}
	*p = Picture{pix: make([]byte, 4*size.X*size.Y), size: size, stride: 4 * size.X}
	return true
}

// fill makes r flat. r lies inside the picture.
func (p *Picture) fill(r image.Rectangle) {
	first := p.span(r, r.Min.Y)
	for i := 0; i < len(first); i += 4 {
		le.PutUint32(first[i:], Grey)
	}
	for y := r.Min.Y + 1; y < r.Max.Y; y++ {
		copy(p.span(r, y), first)
	}
}

// bandRows is of how many rows it is told together what changed.
const bandRows = 64

// renew copies r from the mirror, and appends to news where the picture was
// another: of each band of rows that which holds all changes, to 16 pixels. r
// lies inside both.
func (p *Picture) renew(r image.Rectangle, m mirror, news []image.Rectangle) []image.Rectangle {
	for y := r.Min.Y; y < r.Max.Y; {
		end := min(y-y%bandRows+bandRows, r.Max.Y)
		news = appendBelow(news, p.copy(image.Rect(r.Min.X, y, r.Max.X, end), m))
		y = end
	}
	return news
}

// copy takes r from the mirror, and returns what holds all that changed, to 16
// pixels. r lies inside both.
func (p *Picture) copy(r image.Rectangle, m mirror) (changed image.Rectangle) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		from, to := copyPixels(p.span(r, y), m.pix[y*m.stride+4*r.Min.X:])
		if from < to {
			changed = changed.Union(image.Rect(r.Min.X+from/4, y, r.Min.X+to/4, y+1))
		}
	}
	return changed
}

// take copies r from another picture of the same size.
func (p *Picture) take(r image.Rectangle, from *Picture) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		copy(p.span(r, y), from.span(r, y))
	}
}

// span is the part of row y inside r.
func (p *Picture) span(r image.Rectangle, y int) []byte {
	return p.pix[y*p.stride+4*r.Min.X : y*p.stride+4*r.Max.X]
}

// colours has the bits of two pixels without their X bytes. It is a variable
// because the compiler, where it knows which byte of a store is 0, stores the
// eight bytes one by one: half as fast.
var colours uint64 = 0x00ffffff00ffffff

// copyPixels copies as many pixels as dst holds, clears their X bytes, and returns
// between which bytes dst was another; from is not below to if nowhere. Reading
// what is the same costs less than writing it.
func copyPixels(dst, src []byte) (from, to int) {
	src = src[:len(dst)]
	from, keep, at := len(dst), colours, 0
	for ; at+64 <= len(dst); at += 64 {
		if copyChanged((*[64]byte)(dst[at:]), (*[64]byte)(src[at:]), keep) {
			from, to = min(from, at), at+64
		}
	}
	for ; at+4 <= len(dst); at += 4 {
		if d, v := dst[at:], le.Uint32(src[at:])&uint32(keep); le.Uint32(d) != v {
			le.PutUint32(d, v)
			from, to = min(from, at), at+4
		}
	}
	return from, to
}

// copyChanged copies 16 pixels if they differ, and reports that.
func copyChanged(d, s *[64]byte, keep uint64) bool {
	a, b, c, e := le.Uint64(s[0:])&keep, le.Uint64(s[8:])&keep, le.Uint64(s[16:])&keep, le.Uint64(s[24:])&keep
	f, g, h, i := le.Uint64(s[32:])&keep, le.Uint64(s[40:])&keep, le.Uint64(s[48:])&keep, le.Uint64(s[56:])&keep
	if (a^le.Uint64(d[0:]))|(b^le.Uint64(d[8:]))|(c^le.Uint64(d[16:]))|(e^le.Uint64(d[24:]))|
		(f^le.Uint64(d[32:]))|(g^le.Uint64(d[40:]))|(h^le.Uint64(d[48:]))|(i^le.Uint64(d[56:])) == 0 {
		return false
	}
	le.PutUint64(d[0:], a)
	le.PutUint64(d[8:], b)
	le.PutUint64(d[16:], c)
	le.PutUint64(d[24:], e)
	le.PutUint64(d[32:], f)
	le.PutUint64(d[40:], g)
	le.PutUint64(d[48:], h)
	le.PutUint64(d[56:], i)
	return true
}

// mirror is the capture's copy of the screen, lent for one Release.
type mirror struct {
	pix    []byte
	stride int
	size   image.Point
}

func (m mirror) bounds() image.Rectangle { return image.Rectangle{Max: m.size} }

// check refuses a mirror that does not hold what it says.
func (m mirror) check() error {
	w, h := m.size.X, m.size.Y
	if w < 1 || h < 1 || w > maxSide || h > maxSide || w*h > maxArea {
		return fmt.Errorf("privacy: a screen of %dx%d pixels cannot be released", w, h)
	}
	// In 64 bits: a stride from outside may be anything.
	if int64(m.stride) < 4*int64(w) || int64(m.stride) > int64(len(m.pix)) ||
		int64(len(m.pix)) < int64(m.stride)*int64(h-1)+4*int64(w) {
		return fmt.Errorf("privacy: %d bytes with stride %d hold no picture of %dx%d", len(m.pix), m.stride, w, h)
	}
	return nil
}

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

// renew copies r from the mirror, and appends to news where the picture was
// another: of each row of cells the smallest rectangle that holds it. r lies
// inside both.
func (p *Picture) renew(r image.Rectangle, m mirror, news []image.Rectangle) []image.Rectangle {
	for y := r.Min.Y; y < r.Max.Y; {
		end := min(y/cellSide*cellSide+cellSide, r.Max.Y)
		news = appendBelow(news, p.copy(image.Rect(r.Min.X, y, r.Max.X, end), m))
		y = end
	}
	return news
}

// copy takes r from the mirror, and returns the smallest rectangle that holds all
// that changed; what is the same at both ends of a row is only read. r lies
// inside both.
func (p *Picture) copy(r image.Rectangle, m mirror) (changed image.Rectangle) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		held, shown := p.span(r, y), m.pix[y*m.stride+4*r.Min.X:][:4*r.Dx()]
		if from, to := unlike(held, shown); from < to {
			copyColours(held[4*from:4*to], shown[4*from:4*to])
			changed = changed.Union(image.Rect(r.Min.X+from, y, r.Min.X+to, y+1))
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

// copyColours copies pixels, and clears their X bytes.
func copyColours(dst, src []byte) {
	for keep := colours; len(dst) >= 64; dst, src = dst[64:], src[64:] {
		d, s := (*[64]byte)(dst), (*[64]byte)(src)
		le.PutUint64(d[0:], le.Uint64(s[0:])&keep)
		le.PutUint64(d[8:], le.Uint64(s[8:])&keep)
		le.PutUint64(d[16:], le.Uint64(s[16:])&keep)
		le.PutUint64(d[24:], le.Uint64(s[24:])&keep)
		le.PutUint64(d[32:], le.Uint64(s[32:])&keep)
		le.PutUint64(d[40:], le.Uint64(s[40:])&keep)
		le.PutUint64(d[48:], le.Uint64(s[48:])&keep)
		le.PutUint64(d[56:], le.Uint64(s[56:])&keep)
	}
	for ; len(dst) >= 4; dst, src = dst[4:], src[4:] {
		dst[0], dst[1], dst[2], dst[3] = src[0], src[1], src[2], 0
	}
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

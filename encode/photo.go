package encode

import (
	"encoding/binary"
	"image"
	"time"
)

// What pixels look like a photograph is judged by every fourth row. A pixel
// that is like neither the one before it nor the one above is a step: at least
// a byte of the tile. A step is a leap when a channel changes by more than
// reach.
//
// Photographs and films are mostly steps, and their steps are small. The steps
// of text are mostly leaps, however many colours smoothing gives it; and where
// text stands beside or on a photograph, a small square has more leaps than any
// of the photograph. Bytes a pixel do not tell: nearly all small text in a
// browser is above half a byte.
const (
	apart      = 4  // rows that are looked at
	reach      = 32 // levels
	leastSteps = 4  // one pixel of so many is a step, at least
	mostLeaps  = 4  // one step of so many is a leap, at most
	square     = 16 // pixels and rows of the picture
	mostDense  = 12 // leaps in a square, of 64 pixels that are looked at
)

// photographic tells whether area of src, at most a cell, looks like a
// photograph.
func photographic(src raster, area image.Rectangle) bool {
	seen, steps, leaps := 0, 0, 0
	var dense [side / square]int // leaps in each square
	for y := apart - 1; y < area.Dy(); y += apart {
		if y%square < apart {
			clear(dense[:])
		}
		row, above := src.span(area.Min.Y+y, area.Min.X, area.Max.X), src.span(area.Min.Y+y-1, area.Min.X, area.Max.X)
		for x := 0; x < len(row); x += 4 * square {
			end := min(x+4*square, len(row))
			s, l := roughness(row[x:end], above[x:end], pixel(row[max(x-4, 0):]))
			if dense[x/4/square] += l; dense[x/4/square] > mostDense {
				return false
			}
			steps, leaps = steps+s, leaps+l
		}
		seen += area.Dx()
	}
	return seen > 0 && leastSteps*steps >= seen && mostLeaps*leaps <= steps
}

// pixel returns the first of a row, with channels 16 bits apart.
func pixel(row []byte) uint64 { return spread(binary.LittleEndian.Uint32(row)) }

// roughness counts the steps in a part of a row, and the leaps among them;
// before is the pixel before it.
func roughness(row, above []byte, before uint64) (steps, leaps int) {
	above = above[:len(row)]
	for i := 0; i+4 <= len(row); i += 4 {
		p := pixel(row[i:])
		if p != before && p != pixel(above[i:]) {
			steps++
			if far(p, before) {
				leaps++
			}
		}
		before = p
	}
	return steps, leaps
}

// far tells whether a channel of two pixels, 16 bits apart, differs by more than
// reach: then one of the differences borrows from the bit above.
func far(p, q uint64) bool {
	const tops = 0x8000_8000_8000
	const most = tops + reach*0x1_0001_0001
	return (p+most-q)&(q+most-p)&tops != tops
}

// leap is far for pixels as in tiles.
func leap(p, q uint32) bool { return far(spread(p), spread(q)) }

// spread returns p with channels 16 bits apart.
func spread(p uint32) uint64 {
	q := uint64(p)
	return q&0xff | q&0xff00<<8 | q&0xff0000<<16
}

// even tells whether there is no leap in px, rows of width w.
func even(px []uint32, w int) bool {
	for ; len(px) > 0; px = px[w:] {
		for x := 1; x < w; x++ {
			if leap(px[x], px[x-1]) {
				return false
			}
		}
	}
	return true
}

// trust is how long a film is taken for one without being looked at: a caption
// comes out of JPEGs no longer.
const trust = 100 * time.Millisecond

// photo tells whether a part of cell i is to be taken for a photograph. That of
// most of a lively cell holds for a while, not equally long everywhere.
func (s *Stream) photo(i int, part patch, now time.Duration) bool {
	cell := s.canvas.grid.cell(i)
	film := s.canvas.history.lively(i, now) && 4*part.area() >= 3*cell.Dx()*cell.Dy()
	if film && now < s.trusted[i] {
		return true
	}
	ok := s.photographic(i, part)
	if s.trusted[i] = 0; ok && film {
		s.trusted[i] = now + trust/8*time.Duration(i%4+5)
	}
	return ok
}

// photographic is whether a part of cell i looks like a photograph: whichever
// stream comes first looks.
func (s *Stream) photographic(i int, part patch) bool {
	h := s.canvas.sharing.hold(i, part)
	defer h.letGo()
	ok, known := h.photo()
	if !known {
		ok = photographic(s.canvas.ref, part.in(s.canvas.grid.cell(i).Min))
		h.judge(ok)
	}
	return ok
}

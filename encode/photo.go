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
	fineSteps  = 8  // the same where no step is a leap: a sky
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
	least := leastSteps
	if leaps == 0 {
		least = fineSteps
	}
	return seen > 0 && least*steps >= seen && mostLeaps*leaps <= steps
}

// Two pixels side by side, the left one in the lower half: colours without X,
// every other channel, and the lowest bit of each.
const (
	colours = 0x00ffffff_00ffffff
	every   = 0x00ff00ff_00ff00ff
	ones    = 0x00000001_00000001
)

// roughness counts the steps in a part of a row, and the leaps among them;
// before is the pixel before it. It goes by two pixels, and does not branch: in a
// film nothing foretells which way.
func roughness(row, above []byte, before uint32) (steps, leaps int) {
	above = above[:len(row)]
	var s, l uint64 // of left pixels, and of right ones times 1<<32
	last := uint64(before) & colours
	for ; len(row) >= 8; row, above = row[8:], above[8:] {
		p := binary.LittleEndian.Uint64(row) & colours
		rough := stepping(p, p<<32|last, binary.LittleEndian.Uint64(above)&colours)
		s, l, last = s+rough, l+rough&leaping(p, p<<32|last), p>>32
	}
	if len(row) >= 4 { // and nothing beside it, which is no step
		p := uint64(pixel(row)) & colours
		rough := stepping(p, last, uint64(pixel(above))&colours)
		s, l = s+rough, l+rough&leaping(p, last)
	}
	return int(s&low + s>>32), int(l&low + l>>32)
}

// pixel returns the first of a row.
func pixel(row []byte) uint32 { return binary.LittleEndian.Uint32(row) }

// stepping returns the lowest bit of each of two pixels that is neither like the
// one before nor like the one above: a difference carries into the byte of X.
func stepping(p, before, above uint64) uint64 {
	return (p ^ before + colours) & (p ^ above + colours) >> 24 & ones
}

// leaping returns the lowest bit of each of two pixels that is far from the one
// before.
func leaping(p, before uint64) uint64 {
	near := within(p&every, before&every) & within(p>>8&every, before>>8&every)
	return ^(near & (near >> 16)) >> 15 & ones
}

// within sets the highest bit of each of four channels, 16 bits apart, that differs
// by no more than reach: no difference borrows from it.
func within(p, q uint64) uint64 {
	const most = 0x8000_8000_8000_8000 + reach*0x1_0001_0001_0001
	return (p + most - q) & (q + most - p)
}

// leap tells whether a channel of two pixels as in tiles differs by more than
// reach.
func leap(p, q uint32) bool { return leaping(uint64(p)&colours, uint64(q)&colours) != 0 }

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

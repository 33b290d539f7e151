package encode

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

// photographic tells whether px, rows of width w, look like a photograph.
func photographic(px []uint32, w int) bool {
	seen, steps, leaps := 0, 0, 0
	var dense [side / square]int // leaps in each square
	for y := apart - 1; (y+1)*w <= len(px); y += apart {
		if y%square < apart {
			clear(dense[:])
		}
		row, above := px[y*w:(y+1)*w], px[(y-1)*w:y*w]
		for x := 0; x < w; x += square {
			end := min(x+square, w)
			s, l := roughness(row[x:end], above[x:end], row[max(x-1, 0)])
			if dense[x/square] += l; dense[x/square] > mostDense {
				return false
			}
			steps, leaps = steps+s, leaps+l
		}
		seen += w
	}
	return seen > 0 && leastSteps*steps >= seen && mostLeaps*leaps <= steps
}

// roughness counts the steps in a part of a row, and the leaps among them;
// before is the pixel before it.
func roughness(row, above []uint32, before uint32) (steps, leaps int) {
	above = above[:len(row)]
	for i, p := range row {
		if p != before && p != above[i] {
			steps++
			if leap(p, before) {
				leaps++
			}
		}
		before = p
	}
	return steps, leaps
}

// leap tells whether a channel of two pixels differs by more than reach.
func leap(p, q uint32) bool {
	far := func(shift int) bool {
		d := int(p>>shift&0xff) - int(q>>shift&0xff)
		return d > reach || d < -reach
	}
	return far(0) || far(8) || far(16)
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

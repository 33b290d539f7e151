package encode

import (
	"hash/maphash"
	"image"
	"math/bits"
)

// poll returns the distance that most rows of the strips asked are for, or 0,
// and the rows between which these strips changed.
func (f *scrolls) poll(g grid, before, after raster, n *news) (reach strip, by int) {
	able := 0
	for _, s := range f.strips {
		if s.rows >= leastRows {
			able++
		}
	}
	clear(f.votes)
	for i, seen := 0, 0; i < len(f.strips); i++ {
		s := f.strips[i]
		if s.rows < leastRows {
			continue
		}
		if seen*min(able, asked)/able != (seen+1)*min(able, asked)/able {
			f.ask(g, before, after, n, i)
			reach.add(image.Rect(s.x0, s.y0, s.x1, s.y1), s.rows)
		}
		seen++
	}
	return reach, f.elected(g)
}

// elected returns the distance with the most votes, or 0 if they are too few.
func (f *scrolls) elected(g grid) (by int) {
	most := leastVotes - 1
	for i, votes := range f.votes {
		if votes > most {
			most, by = votes, i-g.size.Y
		}
	}
	return by
}

// ask lets the rows of strip column vote.
func (f *scrolls) ask(g grid, before, after raster, n *news, column int) {
	s := f.strips[column]
	f.rows.clear()
	for y, last := s.y0, uint64(0); y < s.y1; y++ {
		h := f.rows.hash(before.span(y, s.x0, s.x1))
		if h != last {
			f.rows.put(h, y)
		}
		last = h
	}
	for y, last := s.y0, uint64(0); y < s.y1; y++ {
		if n.rows[y/side*g.columns+column]>>(y%side)&1 == 0 {
			continue
		}
		h := f.rows.hash(after.span(y, s.x0, s.x1))
		if was, ok := f.rows.get(h); ok && h != last {
			f.votes[y-was+g.size.Y]++
		}
		last = h
	}
}

// rowTable says where a row of pixels stands, by its hash.
type rowTable struct {
	seed  maphash.Seed
	slots []rowSlot // a power of two of them, at least twice as many as rows
}

// rowSlot is a row and its place, from 1 on, or severalRows.
type rowSlot struct {
	hash  uint64
	place int
}

const severalRows = -1

// resize makes room for a picture of so many rows.
func (t *rowTable) resize(rows int) {
	*t = rowTable{maphash.MakeSeed(), make([]rowSlot, 2<<bits.Len(uint(rows)))}
}

func (t *rowTable) clear() { clear(t.slots) }

func (t *rowTable) hash(row []byte) uint64 { return maphash.Bytes(t.seed, row) }

// slot returns the slot of a hash, which may be free.
func (t *rowTable) slot(hash uint64) *rowSlot {
	last := uint64(len(t.slots) - 1)
	for i := hash & last; ; i = (i + 1) & last {
		if s := &t.slots[i]; s.place == 0 || s.hash == hash {
			return s
		}
	}
}

// put notes that a row stands at y.
func (t *rowTable) put(hash uint64, y int) {
	if s := t.slot(hash); s.place == 0 {
		*s = rowSlot{hash, y + 1}
	} else {
		s.place = severalRows
	}
}

// get returns where a row stands, if it stands at one place alone.
func (t *rowTable) get(hash uint64) (y int, ok bool) {
	s := t.slot(hash)
	return s.place - 1, s.place > 0
}

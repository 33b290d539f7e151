package encode

import (
	"hash/maphash"
	"math/bits"
)

// mostPlaces is at how many places a row may stand to be told from others.
const mostPlaces = 16

// rowTable says where a row of pixels stands, by its hash.
type rowTable struct {
	seed   maphash.Seed
	slots  []rowSlot // a power of two of them, at least twice as many as rows
	higher []int     // of each row, the next equal one above it, or -1
}

// rowSlot is where the lowest of equal rows stands, and how many there are.
type rowSlot struct {
	hash   uint64
	y      int
	places int // 0 in a slot that is free
}

// resize makes room for a picture of so many rows.
func (t *rowTable) resize(rows int) {
	*t = rowTable{maphash.MakeSeed(), make([]rowSlot, 2<<bits.Len(uint(rows))), make([]int, rows)}
}

func (t *rowTable) clear() { clear(t.slots) }

func (t *rowTable) hash(row []byte) uint64 { return maphash.Bytes(t.seed, row) }

// slot returns the slot of a hash, which may be free.
func (t *rowTable) slot(hash uint64) *rowSlot {
	last := uint64(len(t.slots) - 1)
	for i := hash & last; ; i = (i + 1) & last {
		if s := &t.slots[i]; s.places == 0 || s.hash == hash {
			return s
		}
	}
}

// put notes that a row stands at y, below all others.
func (t *rowTable) put(hash uint64, y int) {
	s := t.slot(hash)
	if t.higher[y] = -1; s.places > 0 {
		t.higher[y] = s.y
	}
	*s = rowSlot{hash, y, s.places + 1}
}

// get returns where a row stands lowest, or -1 if it is not there or not to be
// told from others. The next place is above.
func (t *rowTable) get(hash uint64) (y int) {
	if s := t.slot(hash); s.places > 0 && s.places <= mostPlaces {
		return s.y
	}
	return -1
}

func (t *rowTable) next(y int) int { return t.higher[y] }

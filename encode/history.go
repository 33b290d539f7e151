package encode

import (
	"image"
	"time"
)

// When a cell is quiet, and when it is lively.
const (
	quiet   = 250 * time.Millisecond // without a change
	haste   = 500 * time.Millisecond // between changes, at most
	changes = 3                      // so close to each other make a cell lively
)

// history is when each cell changed last, and how often in haste.
type history struct {
	last   []time.Duration
	times  []uint8
	counts []uint64 // count at the last change of each cell
	count  uint64   // of changes of all cells, since the canvas was made
}

// resize makes room for a picture of n cells, which never changed but now.
func (h *history) resize(n int) {
	*h = history{make([]time.Duration, n), make([]uint8, n), make([]uint64, n), h.count + 1}
	for i := range h.last {
		h.last[i], h.counts[i] = -time.Hour, h.count
	}
}

// note adds a change of cell i.
func (h *history) note(i int, now time.Duration) {
	if now-h.last[i] > haste {
		h.times[i] = 0
	}
	h.last[i], h.times[i] = now, min(h.times[i]+1, changes)
	h.count++
	h.counts[i] = h.count
}

// newest returns count at the last change of a cell that area touches.
func (h *history) newest(g grid, area image.Rectangle) (count uint64) {
	for i := range g.touched(area) {
		count = max(count, h.counts[i])
	}
	return count
}

// lively tells whether cell i changes again and again, as in a film.
func (h *history) lively(i int, now time.Duration) bool {
	return h.times[i] == changes && now-h.last[i] <= haste
}

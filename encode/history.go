package encode

import "time"

// When a cell is quiet, and when it is lively.
const (
	quiet   = 250 * time.Millisecond // without a change
	haste   = 500 * time.Millisecond // between changes, at most
	changes = 3                      // so close to each other make a cell lively
)

// history is when each cell changed last, and how often in haste.
type history struct {
	last  []time.Duration
	times []uint8
}

// resize makes room for a picture of n cells, which never changed.
func (h *history) resize(n int) {
	*h = history{make([]time.Duration, n), make([]uint8, n)}
	for i := range h.last {
		h.last[i] = -time.Hour
	}
}

// note adds a change of cell i.
func (h *history) note(i int, now time.Duration) {
	if now-h.last[i] > haste {
		h.times[i] = 0
	}
	h.last[i], h.times[i] = now, min(h.times[i]+1, changes)
}

// lively tells whether cell i changes again and again, as in a film.
func (h *history) lively(i int, now time.Duration) bool {
	return h.times[i] == changes && now-h.last[i] <= haste
}

package agentd

import "time"

// The window is how many bytes of pictures may be on their way.
const (
	minWindow = 64 << 10
	maxWindow = 1 << 20
	queued    = 100 * time.Millisecond // a round trip so much over the shortest one means a queue
)

// trip is the round trip to the console, from echoed pings.
type trip struct {
	number uint32 // of the ping that is out
	asked  time.Time
	bytes  uint64 // that had been sent then
	last   time.Duration
	least  time.Duration
}

func (t *trip) took(d time.Duration) {
	t.last = d
	if t.least == 0 || d < t.least {
		t.least = d
	}
}

// moments is how many moments may be on their way: two, and what a round trip
// holds at full speed.
func (t *trip) moments() int { return 2 + int(min(t.last, time.Second/4)/pictureEvery) }

// window follows 1.2 times what arrives in one shortest round trip, so that it
// grows while it is what limits, and halves when a queue builds up.
type window struct {
	size    int
	arrived uint64
	at      time.Time
}

func newWindow() window { return window{size: minWindow} }

// fit takes how many bytes have arrived in all by now.
func (w *window) fit(arrived uint64, t *trip, now time.Time) {
	if arrived > w.arrived && !w.at.IsZero() {
		rate := float64(arrived-w.arrived) / now.Sub(w.at).Seconds()
		w.size = max(w.size, int(1.2*rate*t.least.Seconds()))
	}
	if t.last > t.least+queued {
		w.size /= 2
	}
	w.size = min(max(w.size, minWindow), maxWindow)
	w.arrived, w.at = arrived, now
}

package guardian

import "time"

// beat ticks while the guardian is on duty, and costs nothing otherwise.
type beat struct {
	*time.Ticker
	on bool
}

func newBeat() *beat {
	b := &beat{Ticker: time.NewTicker(beatEvery)}
	b.Stop()
	return b
}

// keep says whether it is to tick.
func (b *beat) keep(on bool) {
	switch {
	case on && !b.on:
		b.Reset(beatEvery)
	case !on && b.on:
		b.Stop()
	}
	b.on = on
}

package ink

import (
	"time"

	"telestrator/protocol"
)

// Without a compositor a pixel is covered or not, so a stroke fades by getting
// thinner: in thinSteps equal steps, the last of which leaves nothing.
const (
	thinSteps = 4
	thinEvery = 100 * time.Millisecond
)

// abandoned is how long a fading stroke waits for what is missing of it. It is
// gone then, so that a lost end keeps nothing on the user's screen. SPEC.md 8.9.
const abandoned = protocol.MaxFade * time.Millisecond

// gone returns when the stroke has faded away; zero: it stays.
func (t *trail) gone() time.Time {
	switch {
	case !t.begun || t.fade == 0:
		return time.Time{}
	case t.whole():
		return t.last.Add(t.fade)
	}
	return t.last.Add(abandoned)
}

// faded says whether the stroke is gone by now.
func (t *trail) faded(now time.Time) bool {
	gone := t.gone()
	return !gone.IsZero() && !now.Before(gone)
}

// widthAt returns the width that the stroke is to be seen with.
func (t *trail) widthAt(now time.Time) int {
	gone := t.gone()
	if gone.IsZero() {
		return t.width
	}
	left := (gone.Sub(now) + thinEvery - 1) / thinEvery
	return thinned(t.width, int(min(left, thinSteps)))
}

// next returns when the stroke looks different by itself; zero: never.
func (t *trail) next(now time.Time) time.Time {
	gone, width := t.gone(), t.widthAt(now)
	for left := thinSteps - 1; left > 0 && !gone.IsZero(); left-- {
		at := gone.Add(-time.Duration(left) * thinEvery)
		if at.After(now) && thinned(t.width, left) != width {
			return at
		}
	}
	return gone
}

// thinned returns the width with some of the steps left. It stays odd or even,
// and with it the middle of the stroke stays where it is.
func thinned(width, left int) int {
	thin := width * left / thinSteps
	if thin%2 != width%2 {
		thin++
	}
	return max(thin, 2-width%2)
}

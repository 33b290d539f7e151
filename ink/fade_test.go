package ink

import (
	"slices"
	"testing"
	"time"

	"telestrator/protocol"
)

// look is how a board with one stroke looks over time, by itself: the width at
// each change, and 0 at the end.
func look(b *Board, from time.Time) (after []time.Duration, widths []int) {
	for now := from; ; {
		width := 0
		for _, s := range b.Strokes(now) {
			width = s.Width
		}
		after, widths = append(after, now.Sub(from)), append(widths, width)
		if now = b.Next(now); now.IsZero() {
			return after, widths
		}
	}
}

func TestFadeGetsThinner(t *testing.T) {
	t.Parallel()
	const ms = time.Millisecond
	cases := []struct {
		width  uint8
		fade   uint16
		after  []time.Duration
		widths []int
	}{
		{8, 0, []time.Duration{0}, []int{8}},
		{8, 1000, []time.Duration{0, 700 * ms, 800 * ms, 900 * ms, 1000 * ms}, []int{8, 6, 4, 2, 0}},
		{64, 30000, []time.Duration{0, 29700 * ms, 29800 * ms, 29900 * ms, 30000 * ms}, []int{64, 48, 32, 16, 0}},
		{5, 1000, []time.Duration{0, 700 * ms, 900 * ms, 1000 * ms}, []int{5, 3, 1, 0}},
		{4, 1000, []time.Duration{0, 800 * ms, 1000 * ms}, []int{4, 2, 0}},
		{1, 1000, []time.Duration{0, 1000 * ms}, []int{1, 0}},
		{2, 1, []time.Duration{0, ms}, []int{2, 0}},
		{8, 150, []time.Duration{0, 50 * ms, 150 * ms}, []int{4, 2, 0}},
	}
	for _, c := range cases {
		b := NewBoard()
		takeAll(b, "a", start, begin(1, c.width, c.fade), points(1, 0, 2), end(1, 2))
		if after, widths := look(b, start); !slices.Equal(after, c.after) || !slices.Equal(widths, c.widths) {
			t.Errorf("width %d, fade %d: %v at %v", c.width, c.fade, widths, after)
		}
	}
}

func TestThinnedWidths(t *testing.T) {
	t.Parallel()
	for width := 1; width <= protocol.MaxWidth; width++ {
		last := width
		for left := thinSteps; left > 0; left-- {
			thin := thinned(width, left)
			if thin > last || thin < 1 || thin%2 != width%2 || thin < width*left/thinSteps {
				t.Errorf("%d is %d wide with %d steps left, after %d", width, thin, left, last)
			}
			last = thin
		}
		if thinned(width, thinSteps) != width {
			t.Errorf("%d begins with another width", width)
		}
	}
}

// TestFadeCountsFromTheEnd has a stroke that takes long to be drawn, and whose
// last points come after its end.
func TestFadeCountsFromTheEnd(t *testing.T) {
	t.Parallel()
	b, now := NewBoard(), start
	b.Take("a", begin(1, 1, 100), now)
	for i := range uint32(10) {
		b.Take("a", points(1, i, 1), now)
		now = now.Add(abandoned - 1)
		wantNumbers(t, b, now, 1)
	}
	b.Take("a", end(1, 11), now)
	now = now.Add(time.Second)
	wantNumbers(t, b, now, 1)
	b.Take("a", points(1, 10, 1), now)
	b.Take("a", points(1, 0, 1), now.Add(50*time.Millisecond)) // what is whole does not begin anew
	wantNumbers(t, b, now.Add(100*time.Millisecond-1), 1)
	wantNumbers(t, b, now.Add(100*time.Millisecond))
}

// TestAbandonedStrokesGo has strokes of which something never comes.
func TestAbandonedStrokesGo(t *testing.T) {
	t.Parallel()
	b := NewBoard()
	takeAll(b, "a", start, begin(1, 3, 5), points(1, 0, 2))
	takeAll(b, "a", start, begin(2, 3, 5), points(2, 0, 2), end(2, 3))
	takeAll(b, "a", start, begin(3, 3, 0), points(3, 0, 2))
	takeAll(b, "a", start.Add(time.Second), points(1, 4, 2)) // beyond a gap
	wantNumbers(t, b, start.Add(abandoned-1), 1, 2, 3)
	wantNumbers(t, b, start.Add(abandoned), 1, 3)
	wantNumbers(t, b, start.Add(abandoned+time.Second-1), 1, 3)
	wantNumbers(t, b, start.Add(abandoned+time.Second), 3)
	takeAll(b, "a", start.Add(abandoned+2*time.Second), end(1, 2), begin(1, 3, 5), points(1, 0, 2))
	wantNumbers(t, b, start.Add(1000*time.Hour), 3)
}

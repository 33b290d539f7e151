package agentd

import (
	"testing"
	"time"
)

// way is a link in virtual time: a rate, an empty round trip, and a sender that
// always has something to send.
type way struct {
	rate float64 // bytes a second
	trip time.Duration
}

// drive has a session's link send over a way for so long, and returns the longest
// that bytes waited there in the last second, and how many arrived in it.
func (w way) drive(l *link, long time.Duration) (queue time.Duration, arrived float64) {
	const step = time.Millisecond
	began := time.Unix(0, 0)
	sent, carried := 0.0, 0.0
	l.from = stretch{} // the clock begins anew
	var path []float64 // carried, a step each, until the console's word is back
	for now := began; now.Sub(began) < long; now = now.Add(step) {
		path = append(path, carried)
		known := 0.0
		if back := len(path) - 1 - int(w.trip/step); back >= 0 {
			known = path[back]
		}
		for l.room(int(sent - known)) {
			sent += float64(l.part())
		}
		l.full(uint64(known), now)
		if now.Sub(began)%(pingEvery) == 0 {
			l.pinged(w.trip + time.Duration((sent-carried)/w.rate*float64(time.Second)))
		}
		before := carried
		carried = min(sent, carried+w.rate*step.Seconds())
		if now.Sub(began) >= long-time.Second {
			queue = max(queue, time.Duration((sent-carried)/w.rate*float64(time.Second)))
			arrived += carried - before
		}
	}
	return queue, arrived
}

// fresh is the link of a console that has been waiting for permission.
func fresh(trip time.Duration) *link {
	l := newLink()
	l.pinged(trip)
	return &l
}

// A link is filled, and no more than that waits on it than it takes.
func TestLinkIsFilled(t *testing.T) {
	for name, c := range map[string]struct {
		way
		queue time.Duration // at most
	}{
		"lan":  {way{12.5e6, time.Millisecond}, 20 * time.Millisecond},
		"dsl":  {way{2.5e6, 50 * time.Millisecond}, 40 * time.Millisecond},
		"bad":  {way{625e3, 50 * time.Millisecond}, 60 * time.Millisecond},
		"far":  {way{12.5e6, 100 * time.Millisecond}, 60 * time.Millisecond},
		"edge": {way{32e3, 150 * time.Millisecond}, 150 * time.Millisecond},
		"slow": {way{8e3, 150 * time.Millisecond}, 600 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			queue, arrived := c.drive(fresh(c.trip), 10*time.Second)
			if queue > c.queue {
				t.Errorf("%v wait on the link, want at most %v", queue, c.queue)
			}
			if arrived < 0.8*c.rate {
				t.Errorf("%.0f bytes a second of %.0f arrive", arrived, c.rate)
			}
		})
	}
}

// A link that becomes slow is noticed, and one that becomes fast is too.
func TestLinkChanges(t *testing.T) {
	trip := 50 * time.Millisecond
	l := fresh(trip)
	way{2.5e6, trip}.drive(l, 5*time.Second)
	if queue, _ := (way{125e3, trip}).drive(l, 8*time.Second); queue > 150*time.Millisecond {
		t.Errorf("%v wait on a link that has become slow", queue)
	}
	if _, arrived := (way{2.5e6, trip}).drive(l, 8*time.Second); arrived < 0.85*2.5e6 {
		t.Errorf("%.0f bytes a second arrive on a link that has become fast", arrived)
	}
}

// A sender that is seldom at work learns nothing wrong from it.
func TestLinkRests(t *testing.T) {
	l := fresh(50 * time.Millisecond)
	before := l.window
	now := time.Unix(0, 0)
	for i := range 50 {
		l.full(uint64(1000*i), now)
		l.made(0, now)
		l.quality.rests(now)
		now = now.Add(time.Second)
		l.made(0, now)
	}
	if l.window < before {
		t.Errorf("the window fell from %d to %d", before, l.window)
	}
}

// Parts, moments and the shades fit the rate.
func TestLinkTuning(t *testing.T) {
	for name, c := range map[string]struct {
		way
		part   int
		coarse bool
		most   bool
	}{
		"dsl":  {way{2.5e6, 50 * time.Millisecond}, adaptive.part.most, false, true},
		"lan":  {way{12.5e6, time.Millisecond}, adaptive.part.most, false, false},
		"edge": {way{32e3, 150 * time.Millisecond}, adaptive.part.least, false, true},
		"slow": {way{8e3, 150 * time.Millisecond}, adaptive.part.least, true, true},
	} {
		l := fresh(c.trip)
		c.drive(l, 5*time.Second)
		tuned := l.tuning()
		if l.part() != c.part || tuned.Coarse != c.coarse || (tuned.Most > 0) != c.most {
			t.Errorf("%s: parts of %d, %+v", name, l.part(), tuned)
		}
	}
}

// The quality of a film falls while its viewer is never hungry, rises while it
// often is, and stays within what the rate is worth.
func TestQualityFollowsTheFrameRate(t *testing.T) {
	play := func(rate float64, start, photos int, rest time.Duration) int {
		q := quality{value: start}
		now := time.Unix(0, 0)
		for range 600 {
			q.made(photos, rate, rest, now)
			now = now.Add(time.Second / 60)
		}
		return q.value
	}
	for name, c := range map[string]struct {
		rate   float64
		start  int
		photos int
		rest   time.Duration
		want   int
	}{
		"a fast link, behind":     {1e7, firstQuality, 1, 0, solidQuality},
		"a fast link, room":       {1e7, firstQuality, rich - 1, 10 * time.Millisecond, 90},
		"a fast link, room, rich": {1e7, firstQuality, rich, 10 * time.Millisecond, firstQuality},
		"a fast link, just right": {1e7, firstQuality, 1, 4 * time.Millisecond, firstQuality},
		"a slow link, behind":     {5e5, firstQuality, 1, 0, 30},
		"a slow link, room":       {5e5, 30, 1, 10 * time.Millisecond, 70},
		"a very slow link, room":  {3e4, 30, 1, 10 * time.Millisecond, 50},
	} {
		if got := play(c.rate, c.start, c.photos, c.rest); got != c.want {
			t.Errorf("%s: quality %d, want %d", name, got, c.want)
		}
	}
}

// Without JPEGs nothing is judged.
func TestQualityOfNoFilm(t *testing.T) {
	q := quality{value: firstQuality}
	for i := range 600 {
		q.made(0, 1e7, 0, time.Unix(0, int64(i)*int64(time.Second/60)))
	}
	if q.value != firstQuality {
		t.Errorf("quality %d", q.value)
	}
}

// Moments on their way are those that the round trip holds at the console's pace.
func TestMoments(t *testing.T) {
	for _, c := range []struct {
		trip, decode time.Duration
		want         int
	}{
		{time.Millisecond, 0, 2}, {20 * time.Millisecond, time.Millisecond, 3}, {150 * time.Millisecond, 0, 11},
		{150 * time.Millisecond, 50 * time.Millisecond, 5}, {time.Hour, 0, 17}, {time.Hour, time.Hour, 3},
	} {
		l := fresh(c.trip)
		l.shown(c.decode)
		if got := l.moments(); got != c.want {
			t.Errorf("a trip of %v, %v to decode: %d moments, want %d", c.trip, c.decode, got, c.want)
		}
	}
}

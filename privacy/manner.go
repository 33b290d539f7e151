package privacy

import (
	"time"

	"telestrator/privacy/atspi"
)

// manner is how late a toolkit tells what it has painted, measured.
type manner struct {
	// hold is how long a large change waits before the program is asked: until
	// then a field may be on the screen of which nothing is known.
	hold time.Duration

	// settle is how long a field's place is not told after it has moved.
	settle time.Duration

	// margin is how much larger than said a field is masked, in pixels.
	margin int

	// coarse says that places inside a window are not told so that they could be
	// relied on: a window with a secret is masked whole.
	coarse bool

	name string
}

// manners of the toolkits. A new field of a page in Chromium 156 was missed by
// scans that began up to 6 ms after its pixels, by none of 100 that began later
// (privacy/atspi, BenchmarkLate); it tells places only every 500 ms (Blink,
// AXObjectCacheImpl). The others answer from the thread that paints.
var manners = map[atspi.Toolkit]manner{
	atspi.GTK3:     {margin: 16, name: "GTK 3"},
	atspi.GTK4:     {margin: 16, coarse: true, name: "GTK 4"},
	atspi.Qt:       {margin: 16, name: "Qt"},
	atspi.Firefox:  {margin: 16, hold: 60 * time.Millisecond, settle: 150 * time.Millisecond, name: "Firefox"},
	atspi.Chromium: {margin: 16, hold: 60 * time.Millisecond, settle: 550 * time.Millisecond, name: "Chromium"},
	atspi.Other:    {margin: 16, hold: 150 * time.Millisecond, settle: 550 * time.Millisecond, name: "another toolkit"},
}

// focus is how late a program tells at most where its keys go.
func (m manner) focus() time.Duration {
	if m.lags() {
		return 300 * time.Millisecond
	}
	return 50 * time.Millisecond
}

// lags reports whether what is on the screen may be newer than what is told.
func (m manner) lags() bool { return m.settle > 0 }

// mannerOf is the manner of a toolkit; of one that is not known, the latest.
func mannerOf(t atspi.Toolkit) manner {
	if m, known := manners[t]; known {
		return m
	}
	return manners[atspi.Other]
}

// or is the later of two manners.
func (m manner) or(o manner) manner {
	return manner{hold: max(m.hold, o.hold), settle: max(m.settle, o.settle), margin: max(m.margin, o.margin),
		coarse: m.coarse || o.coarse, name: m.name + ", " + o.name}
}

package leaktest

import (
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// maxShots is how many leaking pictures are kept.
const maxShots = 8

// leak is what came out in one transition.
type leak struct {
	during      Kind
	number      int           // of the transition
	first, last time.Duration // since it began
	pictures    int
	pixels      int             // in the first
	area        image.Rectangle // around all of them
	before      string          // the transitions before
}

// Tally counts the pictures that a console decodes. It is safe for concurrent
// use. The zero value is ready.
type Tally struct {
	Folder string // for the first leaking pictures; empty keeps none

	mu                        sync.Mutex
	during                    Kind
	since                     time.Time
	before                    []string // the last transitions, and how long they lasted
	transitions               int
	released, bearing, leaked int
	leaks                     []leak
	with                      map[Kind][3]int // released, bearing, leaked
}

// Began notes that a transition begins.
func (t *Tally) Began(k Kind) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.transitions > 0 {
		t.before = append(t.before, fmt.Sprintf("%s %d ms", t.during, time.Since(t.since).Milliseconds()))
		t.before = t.before[max(0, len(t.before)-4):]
	}
	t.during, t.since = k, time.Now()
	t.transitions++
}

// Picture counts a decoded picture. Bearing says that the screen showed the
// secret when it was taken.
func (t *Tally) Picture(p *image.RGBA, bearing bool) {
	n, area := look(p)
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.with == nil {
		t.with = map[Kind][3]int{}
	}
	w := t.with[t.during]
	w[0], t.released = w[0]+1, t.released+1
	if bearing {
		w[1], t.bearing = w[1]+1, t.bearing+1
	}
	if n > 0 {
		w[2], t.leaked = w[2]+1, t.leaked+1
		t.note(n, area, p)
	}
	t.with[t.during] = w
}

// note remembers a leaking picture.
func (t *Tally) note(pixels int, area image.Rectangle, p *image.RGBA) {
	after := time.Since(t.since)
	if n := len(t.leaks); n > 0 && t.leaks[n-1].number == t.transitions {
		l := &t.leaks[n-1]
		l.last, l.pictures, l.area = after, l.pictures+1, l.area.Union(area)
		return
	}
	t.leaks = append(t.leaks, leak{t.during, t.transitions, after, after, 1, pixels, area, strings.Join(t.before, ", ")})
	if t.Folder != "" && len(t.leaks) <= maxShots {
		t.keep(fmt.Sprintf("leak-%03d-%s.png", t.transitions, t.during), p)
	}
}

// keep writes a picture; where it cannot, the count says enough.
func (t *Tally) keep(name string, p *image.RGBA) {
	file, err := os.Create(filepath.Join(t.Folder, name))
	if err != nil {
		return
	}
	defer file.Close()
	_ = png.Encode(file, p)
}

// Counts are how many pictures there were, how many of them left while the
// screen showed the secret, and how many have pixels of it.
func (t *Tally) Counts() (released, bearing, leaked int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.released, t.bearing, t.leaked
}

// Line is the result in one line.
func (t *Tally) Line(app string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return fmt.Sprintf("leak: app=%s transitions=%d released=%d secret_bearing=%d leaked=%d",
		app, t.transitions, t.released, t.bearing, t.leaked)
}

// String tells the result for each kind of transition, and each that leaked.
func (t *Tally) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var b strings.Builder
	for _, k := range Kinds {
		if w, ok := t.with[k]; ok {
			fmt.Fprintf(&b, "%-8s released %5d, secret bearing %5d, leaked %5d\n", k, w[0], w[1], w[2])
		}
	}
	for _, l := range t.leaks {
		fmt.Fprintf(&b, "transition %d, %s: %d pictures leaked, from %d to %d ms after it began; %d pixels in the first, all in %v; before: %s\n",
			l.number, l.during, l.pictures, l.first.Milliseconds(), l.last.Milliseconds(), l.pixels, l.area, l.before)
	}
	return b.String()
}

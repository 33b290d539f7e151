package leaktest

import (
	"image"
	"math/rand/v2"
	"strconv"
	"time"
)

// What is in sight of a page whatever the size of its window.
const sight = 240

// long is how many transitions make a long run.
const long = 100

// life is how long a field is masked at least, before it is shown, replaced or
// removed.
const life = 250 * time.Millisecond

// field is the field, as the page was told.
type field struct {
	there, legible, text bool
	since                time.Time // when it appeared
	y, scrolled          int
}

// possible are the transitions from here. Those of a field that stays are there
// twice, or it would be gone half the time.
func (f field) possible() []Kind {
	if !f.there {
		return []Kind{Appear}
	}
	stays := []Kind{Jump, Scroll, Wheel, Move, Resize, Tab, Cover}
	kinds := append(append([]Kind{Remove}, stays...), stays...)
	switch {
	case f.text:
		return kinds
	case f.legible:
		return append(kinds, Hide, Replace)
	}
	return append(kinds, Show, Show, Replace)
}

// Play has the field go through n transitions in an order that rnd decides, with
// pauses in which things settle or do not; in a long run a quarter follow at once.
// A field is a
// password field for a while before it is anything else: what has been one for a few
// milliseconds only, no program can be asked about. Began is told when one begins.
func (a *App) Play(rnd *rand.Rand, n int, began func(Kind)) {
	a.tb.Helper()
	for range n {
		kinds := a.field.possible()
		k := kinds[rnd.IntN(len(kinds))]
		switch k {
		case Show, Replace, Remove:
			time.Sleep(life - time.Since(a.field.since))
		}
		began(k)
		a.perform(k, rnd)
		if rnd.IntN(4) > 0 || n < long {
			time.Sleep(time.Duration(50+rnd.IntN(850)) * time.Millisecond)
		}
	}
}

// perform does one transition.
func (a *App) perform(k Kind, rnd *rand.Rand) {
	a.tb.Helper()
	f := &a.field
	switch k {
	case Appear, Jump:
		if k == Appear {
			f.since = time.Now()
		}
		f.there, f.y = true, f.scrolled+10+rnd.IntN(sight)
		a.Do(string(k), 10+rnd.IntN(280), f.y)
	case Scroll:
		a.Do("scroll", max(0, f.y-rnd.IntN(sight+60)))
	case Wheel:
		a.wheel()
	case Move:
		a.desk.drag(a.window, image.Pt(rnd.IntN(400), rnd.IntN(250)))
	case Resize:
		a.desk.size(a.window, image.Pt(560+rnd.IntN(200), 430+rnd.IntN(150)))
	case Tab:
		a.showTab(1)
		time.Sleep(time.Duration(rnd.IntN(900)) * time.Millisecond)
		a.showTab(0)
	case Cover:
		a.desk.obscure(a.cover, rnd)
	default: // Show, Hide, Replace, Remove
		a.Do(string(k))
		f.there, f.legible, f.text = k != Remove, k == Show, k == Replace || k != Remove && f.text
	}
}

// wheel turns the wheel over the page, by the user's hand, so that the field
// stays in sight.
func (a *App) wheel() {
	button := "4" // up
	if a.field.y-a.field.scrolled > sight/2 {
		button = "5"
	}
	a.xdotool("mousemove", "--window", strconv.Itoa(int(a.window)), "400", "250", "click", "--repeat", "3", "--delay", "40", button)
	time.Sleep(300 * time.Millisecond) // it is animated
	a.Do("spin", 1)                    // to hear how far it is scrolled
}

// showTab shows the page, or the other one.
func (a *App) showTab(n int) {
	if key := a.tabs[n]; key != "" {
		a.xdotool("key", "--clearmodifiers", key)
	} else {
		a.Do("tab", n)
	}
}

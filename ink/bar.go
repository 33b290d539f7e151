package ink

import (
	"image"
	"time"
)

// Press is what a place in the bar is for.
type Press int

// The controls of the bar.
const (
	None Press = iota
	PauseOrResume
	End
)

// Measures of the bar in pixels, on a screen of ordinary density.
const (
	stripHeight  = 4  // of the coloured strip on top, which goes on in the border
	wideHeight   = 48 // of a bar in one row
	narrowHeight = 92 // of a bar with the buttons below
	edge         = 12 // between what is in the bar and its ends
	gap          = 10 // between neighbours in the bar
	lampSize     = 10 // of the coloured dot
	buttonHeight = 30
	buttonPad    = 13  // beside a button's word
	minButton    = 64  // width
	minText      = 240 // a narrower text puts the buttons below
	maxText      = 440
	headHeight   = 20
	detailHeight = 18
	corner       = 7 // radius
)

// dress is what the bar is made with: words, letters, density.
type dress struct {
	words   Words
	fonts   *fonts
	percent int // of the ordinary density
}

// px makes pixels of this screen from those of one of ordinary density.
func (d *dress) px(n int) int { return n * d.percent / 100 }

// layout says where things are in the bar. What did not find room is empty.
type layout struct {
	size                      image.Point
	lamp, head, detail, clock image.Rectangle
	pause, end                image.Rectangle
}

// at says what a place in the bar is for.
func (l *layout) at(p image.Point) Press {
	switch {
	case p.In(l.pause):
		return PauseOrResume
	case p.In(l.end):
		return End
	}
	return None
}

// wants are the widths that a bar's parts would like to have, the same in all
// moods of a sign.
type wants struct{ text, clock, pause, end int }

func (d *dress) wants(s Sign, now time.Time) wants {
	w := wants{
		pause: d.buttonWidth(d.words.Pause, d.words.Resume),
		end:   d.buttonWidth(d.words.End, ""),
	}
	for _, mood := range s.moods() {
		l := d.words.lines(mood, now)
		w.text = max(w.text, d.fonts.head.width(l.head), d.fonts.detail.width(l.detail))
		w.clock = d.fonts.detail.width(l.clock)
	}
	w.text = min(w.text, d.px(maxText))
	return w
}

// buttonWidth is the width of a button that can carry either word.
func (d *dress) buttonWidth(word, other string) int {
	text := max(d.fonts.button.width(word), d.fonts.button.width(other))
	return max(text+2*d.px(buttonPad), d.px(minButton))
}

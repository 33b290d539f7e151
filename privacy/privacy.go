// Package privacy decides which pixels of a screen may leave the device.
//
// A Guard knows where secrets are: fixed rectangles and windows chosen by
// rule, both from the Policy. Release copies what may be seen from the mirror
// of the screen into the Picture, a buffer of the Guard's own in which
// everything else is flat. Picture is the only type the encoder takes and only
// this package can fill one, so a masked pixel exists in no later buffer.
//
//	Begin ─► capture.Source.Grab ─► Release ─► *Picture, where it changed
//	  │                               │
//	  └── windows seen in this span ──┘
//
// Begin and Release enclose the grab: a hidden window is masked at every place
// it had between the two, because nobody can say at which of them the grab
// caught it. What is not known for sure counts as secret: a window that was
// not classified before the grab, a window whose properties cannot be read, a
// desktop with too many windows.
//
// Under a mask nothing changes and nothing is reported, whatever happens on
// the screen there. The mirror itself is never written.
//
// # What is not covered
//
// A rule hides a window where it is. It cannot hide what other programs show of
// it: thumbnails, overviews and animations of a compositor, a copy in a
// recording. A rule by title hides a window while it bears the title; what a
// program shows before it sets the title is seen. Secrets inside windows
// (password fields) are not tracked yet; see Unknown.
package privacy

import (
	"errors"
	"fmt"
	"image"
	"regexp"
)

// Limits of this package.
const (
	maxSide  = 16384            // pixels a side of a screen
	maxArea  = 32 * 1024 * 1024 // pixels of a screen
	maxRects = 256              // fixed rectangles in a Policy
	maxRules = 256              // window rules in a Policy
	maxRule  = 1000             // bytes of a pattern in a WindowRule

	// maxDamage is how many rectangles of damage are looked at one by one.
	// Beyond, the whole picture counts as damaged.
	maxDamage = 4096

	// maxMasks is how many rectangles of one source are masked one by one.
	// Beyond, everything between the outermost of them is masked.
	maxMasks = 256
)

// Grey is the colour of masked pixels, 0xRRGGBB.
const Grey = 0x808080

// OwnTitles mark the windows of this program. They are masked whatever the
// policy says: what the user decides in them is not for the agent to see.
var OwnTitles = []string{"Telestrator panel", "Telestrator console"}

// ErrGone says that windows cannot be followed any more: the display has ended
// or the Guard was closed. It is permanent; the caller opens a new Guard.
var ErrGone = errors.New("privacy: the display is gone")

// Unknown says what to do with windows about which no tracker can say whether
// they show a secret.
type Unknown int

// There is no tracker yet. So Flat and Ask mask the whole screen, and with
// Allow nothing but rules and fixed rectangles protects. The zero value is the
// safe one.
const (
	Flat  Unknown = iota // mask them
	Ask                  // mask them until the user has said yes to each
	Allow                // show them
)

// Policy says what is hidden besides the windows of this program.
type Policy struct {
	// Unknown is about windows without a verdict; zero masks them.
	Unknown Unknown

	// Rects are always masked, in device pixels of the root window.
	Rects []image.Rectangle

	// Windows are the rules; a window that matches one of them is masked.
	Windows []WindowRule
}

// WindowRule matches windows by unanchored regular expressions (RE2). At least
// one of the two is given; a rule with both matches windows that match both.
type WindowRule struct {
	Class string // either part of WM_CLASS; empty matches any window
	Title string // _NET_WM_NAME or WM_NAME; empty matches any window
}

// everywhere covers every screen there can be.
var everywhere = image.Rect(0, 0, maxSide, maxSide)

// check names the field that cannot be used.
func (p Policy) check() error {
	if p.Unknown < Flat || p.Unknown > Allow {
		return fmt.Errorf("privacy: policy: unknown: no such value %d", p.Unknown)
	}
	if len(p.Rects) > maxRects {
		return fmt.Errorf("privacy: policy: %d rectangles, %d are possible", len(p.Rects), maxRects)
	}
	for i, r := range p.Rects {
		if r.Empty() {
			return fmt.Errorf("privacy: policy: rectangle %d, %v, is empty", i+1, r)
		}
	}
	if len(p.Windows) > maxRules {
		return fmt.Errorf("privacy: policy: %d window rules, %d are possible", len(p.Windows), maxRules)
	}
	_, err := compile(p.Windows)
	return err
}

// rule is a WindowRule ready for use. A nil part matches anything.
type rule struct{ class, title *regexp.Regexp }

// compile prepares the rules in their order.
func compile(windows []WindowRule) ([]rule, error) {
	rules := make([]rule, 0, len(windows))
	for i, w := range windows {
		if w == (WindowRule{}) {
			return nil, fmt.Errorf("privacy: window rule %d is empty: give a class or a title", i+1)
		}
		class, err := pattern(w.Class)
		if err != nil {
			return nil, fmt.Errorf("privacy: window rule %d: class: %w", i+1, err)
		}
		title, err := pattern(w.Title)
		if err != nil {
			return nil, fmt.Errorf("privacy: window rule %d: title: %w", i+1, err)
		}
		rules = append(rules, rule{class, title})
	}
	return rules, nil
}

func pattern(text string) (*regexp.Regexp, error) {
	if text == "" {
		return nil, nil
	}
	if len(text) > maxRule {
		return nil, fmt.Errorf("%d bytes long, %d are possible", len(text), maxRule)
	}
	return regexp.Compile(text)
}

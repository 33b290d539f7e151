package privacy

import (
	"fmt"
	"image"
)

// Limits of a Policy. More is an error.
const (
	maxRects = 256  // fixed rectangles
	maxRules = 256  // window rules
	maxRule  = 1000 // bytes of a pattern
)

// Unknown says what to do with windows about which nobody can say whether they
// show a secret.
type Unknown int

// The zero value is the safe one. A Guard without a display knows no windows, so
// with Flat and Ask it masks everything.
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

	// Shown are windows that are shown although no tracker can vouch for them,
	// such as terminals. Windows wins over it.
	Shown []WindowRule

	// Only, if there are any, are the windows that are shown; everything else
	// is masked, and a capture that can does not even read it. Windows wins
	// over it too.
	Only []WindowRule
}

// WindowRule matches windows by unanchored regular expressions (RE2). At least
// one is given; a rule with several matches windows that match all of them.
type WindowRule struct {
	Class   string // either part of WM_CLASS; empty matches any window
	Title   string // _NET_WM_NAME or WM_NAME; empty matches any window
	Program string // path of the program's file; empty matches any window
	Page    string // address of a page that a browser shows; empty matches any window
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
	if n := len(p.Windows) + len(p.Shown) + len(p.Only); n > maxRules {
		return fmt.Errorf("privacy: policy: %d window rules, %d are possible", n, maxRules)
	}
	return new(model).adoptRules(p)
}

package input

import (
	"slices"
	"strings"
)

// systemKeys are what Ctrl and Alt must not be held together with: the X server
// and the kernel take that as an order to end the session, to restart, or to
// show another console.
var systemKeys = []string{
	"Backspace", "Delete",
	"F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10", "F11", "F12",
	"F13", "F14", "F15", "F16", "F17", "F18", "F19", "F20", "F21", "F22", "F23", "F24",
}

// chords are key combinations that are not let through, in any order of
// pressing. Left and right modifiers count as the same.
type chords [][]string

// newChords are the system's chords and one more, if it has keys.
func newChords(stop []string) chords {
	c := make(chords, 0, len(systemKeys)+1)
	for _, key := range systemKeys {
		c = append(c, []string{"ControlLeft", "AltLeft", key})
	}
	if len(stop) == 0 {
		return c
	}
	own := make([]string, len(stop))
	for i, code := range stop {
		own[i] = leftOf(code)
	}
	return append(c, own)
}

// complete says whether a chord is whole when code goes down while others are
// held.
func (c chords) complete(code string, held []string) bool {
	code = leftOf(code)
	return slices.ContainsFunc(c, func(chord []string) bool {
		return slices.Contains(chord, code) && !slices.ContainsFunc(chord, func(other string) bool {
			return other != code && !slices.ContainsFunc(held, func(h string) bool { return leftOf(h) == other })
		})
	})
}

// leftOf is the left one of a pair of modifiers, and any other code itself.
func leftOf(code string) string {
	if name, right := strings.CutSuffix(code, "Right"); right {
		switch name {
		case "Control", "Shift", "Alt", "Meta":
			return name + "Left"
		}
	}
	return code
}

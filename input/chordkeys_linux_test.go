package input_test

import (
	"slices"
	"testing"

	"github.com/jezek/xgb/xproto"

	"telestrator/capture/capturetest"
	"telestrator/input"
)

// chordSyms are the keysyms of a chord's keys, and of modifiers on both sides.
var chordSyms = map[string][]xproto.Keysym{
	"Ctrl": {0xffe3, 0xffe4}, "Alt": {0xffe9, 0xffea}, "Shift": {0xffe1, 0xffe2}, "Meta": {0xffeb, 0xffec},
	"Esc": {0xff1b}, "Pause": {0xff13}, "Insert": {0xff63}, "Delete": {0xffff}, "Home": {0xff50}, "End": {0xff57},
	"PageUp": {0xff55}, "PageDown": {0xff56}, "Up": {0xff52}, "Down": {0xff54}, "Left": {0xff51}, "Right": {0xff53},
	"F1": {0xffbe}, "F2": {0xffbf}, "F3": {0xffc0}, "F4": {0xffc1}, "F5": {0xffc2}, "F6": {0xffc3},
	"F7": {0xffc4}, "F8": {0xffc5}, "F9": {0xffc6}, "F10": {0xffc7}, "F11": {0xffc8}, "F12": {0xffc9},
}

// TestChordKeysAreTheServers: every key of the table is where the X server has
// the key of that name.
func TestChordKeysAreTheServers(t *testing.T) {
	t.Parallel()
	conn := capturetest.StartXvfb(t, "64x64x24").Conn(t)
	const first = 8
	reply, err := xproto.GetKeyboardMapping(conn, first, 248).Reply()
	if err != nil {
		t.Fatal(err)
	}
	per := int(reply.KeysymsPerKeycode)
	code := func(sym xproto.Keysym) byte { return byte(first + slices.Index(reply.Keysyms, sym)/per) }
	for word, syms := range chordSyms {
		for _, sym := range syms {
			partner := "Ctrl"
			if len(syms) > 1 {
				partner = "End"
			}
			keys, err := input.ParseChord(word + "+" + partner)
			if err != nil {
				t.Error(err)
				continue
			}
			c := newChord(t, input.ChordConfig{Keys: keys})
			if c.Key(code(chordSyms[partner][0]), true, 0) || !c.Key(code(sym), true, 0) {
				t.Errorf("%s, %#x: code %d completes no chord with %s", word, sym, code(sym), partner)
			}
		}
	}
}

package main

import (
	"fmt"
	"image"
	"sync"
	"testing"

	"telestrator/capture/capturetest"
	"telestrator/privacy/atspi/atspitest"
)

// form is a program with a text field, two password fields or none, and a button
// that makes another one and gives it the focus. It tells how many characters are in
// each and which has the focus, and never what they are.
type form struct {
	tb      *testing.T
	display *capturetest.Display
	session *atspitest.Session
	places  [5]image.Point // of text, the passwords and the button
	say     func(string)   // has the program do something by itself

	mu      sync.Mutex
	lengths [4]int // of text, the passwords, and the one that was made
	focus   int    // in lengths; -1 for nowhere
}

// colours of the fields and of the button, by which they are found.
var colours = [5]uint32{0xa0d0f0, 0xf0d0a0, 0xd0f0a0, 0xfe01fd, 0xd0a0f0}

// hear takes one report: four lengths and the focus.
func (f *form) hear(line string) {
	var n [4]int
	focus := -1
	if _, err := fmt.Sscan(line, &n[0], &n[1], &n[2], &n[3], &focus); err != nil {
		f.tb.Errorf("the form said %q", line)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.lengths, f.focus = n, focus
}

func (f *form) state() (lengths [4]int, focus int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.lengths, f.focus
}

// has waits until the text field has so many characters.
func (f *form) has(n int) {
	f.tb.Helper()
	wait(f.tb, fmt.Sprint(n, " characters in the text field"), func() bool { l, _ := f.state(); return l[0] == n })
}

// focused waits until one of the fields has the focus.
func (f *form) focused(field int) {
	f.tb.Helper()
	wait(f.tb, fmt.Sprint("focused: ", field), func() bool { _, at := f.state(); return at == field })
}

// find notes where the fields and the button are.
func (f *form) find() {
	f.tb.Helper()
	comesUp(f.tb, f.display, "Form")
	wait(f.tb, "painted", func() bool {
		shot := f.display.Picture(f.tb)
		for i, c := range colours {
			f.places[i] = middle(shot, func(r, g, b uint8) bool { return uint32(r)<<16|uint32(g)<<8|uint32(b) == c })
		}
		return f.places[0] != image.Point{} && f.places[4] != image.Point{}
	})
	f.display.WaitStill(f.tb)
}

package capturetest

import (
	"fmt"
	"image"
	"strconv"
	"strings"
	"testing"
)

// Resize changes the screen's size by xrandr, as a user would. Xvfb can only
// go down from the size it was started with, and back up to it.
func (d *Display) Resize(tb testing.TB, size image.Point) {
	tb.Helper()
	mode := fmt.Sprintf("%dx%d", size.X, size.Y)
	if !strings.Contains(d.Run(tb, "xrandr"), " "+mode+" ") {
		w, h := strconv.Itoa(size.X), strconv.Itoa(size.Y)
		// The timings mean nothing to Xvfb; it only wants them to be ordered.
		d.Run(tb, "xrandr", "--newmode", mode, "60", w, w, w, w, h, h, h, h)
		d.Run(tb, "xrandr", "--addmode", "screen", mode)
	}
	d.Run(tb, "xrandr", "--output", "screen", "--mode", mode)
}

package capturetest

import (
	"bytes"
	"testing"
	"time"
)

// A screen is still when it looks the same at stillLooks moments in a row.
const (
	stillLooks = 5
	stillPause = 50 * time.Millisecond // between two looks
)

// WaitStill waits until the screen has looked the same for a quarter of a
// second. It looks rather than waiting for events of the DAMAGE extension
// because xgb keeps the events it knows in tables that all connections of a
// process share without a lock: a test's own connection would race with it.
func (d *Display) WaitStill(tb testing.TB) {
	tb.Helper()
	end := time.Now().Add(patience)
	last, same := d.Picture(tb), 1
	for same < stillLooks {
		if time.Now().After(end) {
			tb.Fatalf("capturetest: %s still changes after %v", d.Name(), patience)
		}
		time.Sleep(stillPause)
		next := d.Picture(tb)
		same++
		if !bytes.Equal(last.Pix, next.Pix) {
			same = 1
		}
		last = next
	}
}

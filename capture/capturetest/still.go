package capturetest

import (
	"hash/maphash"
	"testing"
	"time"

	"github.com/jezek/xgb"
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
	c, err := d.dial()
	if err != nil {
		tb.Fatalf("capturetest: connect to %s: %v", d.Name(), err)
	}
	defer c.Close()
	end := time.Now().Add(patience)
	var last uint64
	for same := 0; same < stillLooks; same++ {
		next, err := glance(c)
		if time.Now().After(end) {
			tb.Fatalf("capturetest: %s still changes after %v (last error %v)", d.Name(), patience, err)
		}
		if err != nil || next != last { // an error is a resize under way
			last, same = next, 0
		}
		time.Sleep(stillPause)
	}
}

// seed makes glances comparable.
var seed = maphash.MakeSeed()

// glance returns a hash of what is on the root window now, and of its size.
func glance(c *xgb.Conn) (uint64, error) {
	size, err := rootSize(c)
	if err != nil {
		return 0, err
	}
	var h maphash.Hash
	h.SetSeed(seed)
	maphash.WriteComparable(&h, size)
	err = eachBand(c, size, func(_, _ int, data []byte) { h.Write(data) })
	return h.Sum64(), err
}

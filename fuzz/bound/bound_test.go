package bound

import (
	"testing"
	"time"
)

// judge is a testing.TB that notes whether it was failed.
type judge struct {
	testing.TB
	failed bool
}

func (*judge) Helper()                 {}
func (j *judge) Failed() bool          { return j.failed }
func (j *judge) Fatalf(string, ...any) { j.failed = true }

var sink []byte

// The exact limit of memory passes, far more does not; nor does what is busy
// for too long, while what only waits is no hang.
func TestCheck(t *testing.T) {
	for _, c := range []struct {
		name string
		f    func()
		ok   bool
	}{
		{"nothing", func() {}, true},
		{"half the memory", func() { sink = make([]byte, Memory/2) }, true},
		{"one byte too many", func() { sink = make([]byte, Memory+1) }, false},
		{"many small ones", func() {
			for range Memory / 1000 {
				sink = make([]byte, 1100)
			}
		}, false},
		{"busy", func() { spin(Time*slowness + Time) }, false},
		{"waiting", func() { time.Sleep(Time + Time/2) }, true},
	} {
		j := &judge{TB: t}
		Check(j, c.f)
		if j.failed == c.ok {
			t.Errorf("%s: failed %v", c.name, j.failed)
		}
	}
}

// What is dear once, but not when it is tried again, passes.
func TestTriedAgain(t *testing.T) {
	j, runs := &judge{TB: t}, 0
	Check(j, func() {
		if runs++; runs < tries {
			sink = make([]byte, 2*Memory)
		}
	})
	if j.failed || runs != tries {
		t.Errorf("failed %v after %d runs", j.failed, runs)
	}
}

// spin uses a processor for so long.
func spin(d time.Duration) {
	for until := processor() + d; processor() < until; {
	}
}

// Package bound holds what a fuzz target does with one input to a limit of time
// and of memory. Every target of the repository runs its inputs through Check.
//
// Time is the processor's, so that a machine that is busy with something else
// does not look like a hang; what waits for something that never comes is found
// by the clock instead, long after. Memory is what was allocated, freed or not.
package bound

import (
	"fmt"
	"runtime/debug"
	"testing"
	"time"
)

const (
	// Time is the processor time that an input may take. The race detector and
	// the fuzzing engine's own instructions make it several times as long.
	Time = 100 * time.Millisecond

	// Memory is how many bytes may be allocated for an input.
	Memory = 4 << 20

	// tries is how often an input is tried before it counts as too expensive:
	// the collector's work and other goroutines' is counted too, but is not
	// there every time.
	tries = 3

	// still is when an input counts as one that never ends.
	still = time.Minute
)

// Check runs f and fails when it takes more than Time or Memory each time that
// it is tried. So f may be run more than once, and must start anew each time.
func Check(tb testing.TB, f func()) {
	tb.Helper()
	CheckMemory(tb, Memory, f)
}

// CheckMemory is Check with another limit of memory, for what holds something
// large whatever the input is, such as a whole session.
func CheckMemory(tb testing.TB, memory uint64, f func()) {
	tb.Helper()
	watch := time.AfterFunc(still, func() { panicStill() })
	defer watch.Stop()
	var c cost
	for range tries {
		if c = measure(f); tb.Failed() || c.within(memory) {
			return
		}
	}
	tb.Fatalf("one input took %v and %d bytes, at most %v and %d", c.time, c.memory, Time*slowness, memory)
}

// panicStill ends the process with the stacks of all goroutines: the one that
// hangs cannot be told to.
func panicStill() {
	debug.SetTraceback("all")
	panic(fmt.Sprintf("fuzz/bound: an input has not ended after %v", still))
}

// cost is what an input took.
type cost struct {
	time   time.Duration
	memory uint64
}

func (c cost) within(memory uint64) bool {
	return c.time <= Time*slowness && c.memory <= memory
}

// measure runs f. The processor's time counts only for what the clock says was
// long: it moves in steps, and other goroutines use processors too.
func measure(f func()) cost {
	before, began, used := allocated(), time.Now(), processor()
	f()
	c := cost{time: time.Since(began), memory: allocated() - before}
	if c.time > Time {
		c.time = min(c.time, processor()-used)
	}
	return c
}

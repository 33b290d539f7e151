package peer

import (
	"os"
	"runtime"
	"runtime/pprof"
	"sync"
	"testing"
	"time"
)

// A hundred connections leave nothing behind: no goroutine, and no memory worth mentioning. Not parallel: it counts.
func TestNothingIsLeft(t *testing.T) {
	round(t) // what is made once and kept
	goroutines, heap := settled(0)
	for range 100 / together {
		round(t)
	}
	after, grown := settled(goroutines)
	if after > goroutines {
		_ = pprof.Lookup("goroutine").WriteTo(os.Stderr, 1)
		t.Errorf("%d goroutines after 100 connections, %d before", after, goroutines)
	}
	if grown-heap > 4<<20 {
		t.Errorf("%d KiB more memory after 100 connections", (grown-heap)>>10)
	}
	t.Logf("heap %d KiB before, %d KiB after", heap>>10, grown>>10)
}

// together is how many connections are open at once.
const together = 25

// round opens connections, uses them in both directions, leaves something queued, and closes them, some at the
// device, some at the console, some at both ends.
func round(t *testing.T) {
	var closing sync.WaitGroup
	for n := range together {
		device, console := open(t)
		mustSend(t, console, Ctl, []byte("hello"))
		next(t, device)
		for range 20 {
			mustSend(t, device, Screen, make([]byte, 16<<10))
		}
		next(t, console)
		if n%3 != 0 {
			closing.Go(func() { _ = device.Close() })
		}
		if n%3 != 1 {
			closing.Go(func() { _ = console.Close() })
		}
		closing.Go(func() {
			_ = ended(t, device)
			_ = ended(t, console)
		})
	}
	closing.Wait()
}

// settled waits until no more than base goroutines are left, or for a while, and says what is there.
func settled(base int) (goroutines int, heap int64) {
	for wait := time.Millisecond; wait < time.Second && runtime.NumGoroutine() > base; wait *= 2 {
		time.Sleep(wait) // pion's last goroutines end by themselves, and tell nobody
	}
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return runtime.NumGoroutine(), int64(m.HeapAlloc)
}

// A hundred pipes leave nothing either.
func TestPipeLeavesNothing(t *testing.T) {
	before, _ := settled(0)
	for range 100 {
		device, console := Pipe()
		mustSend(t, device, Screen, make([]byte, 16<<10))
		_ = console.Close()
	}
	if after, _ := settled(before); after > before {
		t.Errorf("%d goroutines after 100 pipes, %d before", after, before)
	}
}

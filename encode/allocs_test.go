//go:build !race

package encode

// What the race detector would add allocations to. scripts/test runs these without it.

import (
	"image"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"
	"time"

	"telestrator/protocol"
)

// Neither comparing nor reading makes garbage once buffers have grown.
func TestSteadyStateDoesNotAllocate(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	s, c := newScreen(t, 640, 480), NewCanvas()
	s.show(c)
	stream := c.NewStream()
	var updates []protocol.Update
	frame := func() {
		s.show(c)
		var err error
		if updates, err = stream.Next(updates[:0]); err != nil {
			t.Fatal(err)
		}
	}
	for range 3 {
		s.fill(s.bounds(), noise(rnd))
		frame()
	}
	colour := uint32(0)
	allocs := testing.AllocsPerRun(50, func() {
		colour++
		s.fill(s.bounds(), solid(colour))
		s.fill(image.Rect(100, 100, 300, 200), noise(rnd))
		frame()
	})
	if allocs > 0 {
		t.Fatalf("%v allocations a frame", allocs)
	}
}

// The same for a viewer that understands all there is: text that scrolls, a
// film, another large photograph, and what is refined after it.
func TestMotionDoesNotAllocate(t *testing.T) {
	s, c := newScreen(t, 640, 480), NewCanvas()
	now := time.Duration(0)
	c.clock = func() time.Duration { return now }
	s.fill(s.bounds(), text(1))
	s.show(c)
	stream := c.NewStream()
	stream.Use(true, true)
	defer stream.Close()
	var updates []protocol.Update
	copies, jpegs, tiles, n := 0, 0, 0, uint32(0)
	next := func() {
		updates = mustNext(t, stream, updates)
		for i := range updates {
			copies, jpegs, tiles = copies+len(updates[i].Copies), jpegs+len(updates[i].JPEGs), tiles+len(updates[i].Tiles)
		}
		now += 33 * time.Millisecond
	}
	old := raster{make([]byte, len(s.pix.pix)), s.pix.stride}
	frame := func() {
		n++
		copy(old.pix, s.pix.pix)
		s.fill(image.Rect(0, 0, 640, 460), func(x, y int) uint32 { return old.at(x, y+20) })
		s.show(c)
		next()
		s.fill(image.Rect(192, 64, 512, 320), waves(n))
		s.show(c)
		next()
		s.fill(s.bounds(), waves(n))
		s.show(c)
		next()
		now += quiet
		for range 20 {
			next()
		}
		s.fill(s.bounds(), text(n))
		s.show(c)
		next()
	}
	for range 5 {
		frame()
	}
	copies, jpegs, tiles = 0, 0, 0
	if allocs := testing.AllocsPerRun(20, frame); allocs > 0 {
		t.Fatalf("%v allocations a round", allocs)
	}
	if copies == 0 || jpegs == 0 || tiles == 0 {
		t.Fatalf("%d numbers of copies, %d JPEGs, %d bytes of tiles", copies, jpegs, tiles)
	}
}

// Workers on several cores, and what streams share, make no garbage either.
func TestWorkersDoNotAllocate(t *testing.T) {
	s, c := newScreen(t, 640, 480), NewCanvas()
	now := time.Duration(0)
	c.clock = func() time.Duration { return now }
	s.show(c)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	streams, updates := []*Stream{c.NewStream(), c.NewStream()}, make([][]protocol.Update, 2)
	jpegs := 0
	frame := func(n int) {
		s.fill(s.bounds(), waves(uint32(n%7)))
		s.show(c)
		for i, stream := range streams {
			updates[i] = mustNext(t, stream, updates[i])
			jpegs += len(updates[i][0].JPEGs)
		}
		now += 20 * time.Millisecond
	}
	for _, stream := range streams {
		stream.Use(true, true)
		defer stream.Close()
	}
	var ends sync.WaitGroup
	for range 1000 { // so that the runtime has goroutines to use again
		ends.Go(func() { time.Sleep(time.Millisecond) })
	}
	ends.Wait()
	for n := range 30 {
		frame(n)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for n := range 30 {
		frame(n)
	}
	runtime.ReadMemStats(&after)
	if n := after.Mallocs - before.Mallocs; n > 30 || jpegs < 60*2*2 {
		t.Errorf("%d allocations in 30 frames, %d JPEGs", n, jpegs)
	}
}

package encode

import (
	"bytes"
	"fmt"
	"image"
	"math/rand/v2"
	"reflect"
	"sync"
	"testing"
	"time"
)

// What a stream sends is the same, byte for byte, whether it has the canvas to
// itself or shares it with others that are ahead or behind.
func TestSharedIsAsUnshared(t *testing.T) {
	for _, copies := range []bool{false, true} {
		t.Run(fmt.Sprintf("copies=%v", copies), func(t *testing.T) {
			t.Parallel()
			sharedIsAsUnshared(t, copies)
		})
	}
}

func sharedIsAsUnshared(t *testing.T, copies bool) {
	rnd, now := seeded(t), time.Duration(0)
	for range rounds(30) {
		s := newScreen(t, 100+rnd.IntN(400), 100+rnd.IntN(300))
		var alone, together []*Stream
		canvases := []*Canvas{clocked(&now)}
		for i := range 4 {
			canvases = append(canvases, clocked(&now))
			alone = append(alone, using(t, canvases[1+i], copies, i > 1).stream)
			together = append(together, using(t, canvases[0], copies, i > 1).stream)
			alone[i].Clock, together[i].Clock = canvases[0].clock, canvases[0].clock
		}
		for n := range 40 {
			anew := n == 0 || rnd.IntN(30) == 0
			if anew {
				s.resize(100+rnd.IntN(400), 100+rnd.IntN(300))
			}
			s.change(rnd)
			s.release()
			for _, c := range canvases {
				s.compare(c)
			}
			for i := range alone {
				if anew || rnd.IntN(1+i) == 0 { // a canvas looks for moves only when somebody has a picture
					same(t, alone[i], together[i])
				}
			}
			now += time.Duration(rnd.IntN(300)) * time.Millisecond
		}
		for i := range alone {
			alone[i].Close()
			together[i].Close()
		}
	}
}

// clocked returns a canvas for which it is now.
func clocked(now *time.Duration) *Canvas {
	c := NewCanvas()
	c.clock = func() time.Duration { return *now }
	return c
}

// same takes a moment of both streams, and compares.
func same(t *testing.T, alone, together *Stream) {
	t.Helper()
	one, other := mustNext(t, alone, nil), mustNext(t, together, nil)
	if len(one) != len(other) {
		t.Fatalf("%d updates alone, %d together", len(one), len(other))
	}
	for i := range one {
		if !reflect.DeepEqual(one[i], other[i]) {
			t.Fatalf("update %d differs", one[i].Number)
		}
	}
}

// Streams that read at the same time, each at its pace, all end with the
// picture, also when others come and go. Run with -race.
func TestSharedAtTheSameTime(t *testing.T) {
	t.Parallel()
	rnd := seeded(t)
	s, c := newScreen(t, 400, 300), NewCanvas()
	var viewers []*viewer
	var running sync.WaitGroup
	done := make(chan struct{})
	for i := range 4 {
		v := using(t, c, true, i > 1)
		viewers = append(viewers, v)
		running.Go(func() { v.dawdle(done, time.Duration(i*i)*time.Millisecond) })
	}
	for n := range rounds(400) {
		if n%8 == 0 {
			guest := keen(t, c)
			guest.next()
			guest.stream.Close()
		}
		s.change(rnd)
		s.show(c)
		time.Sleep(time.Duration(rnd.IntN(3)) * time.Millisecond)
	}
	close(done)
	running.Wait()
	for _, v := range viewers {
		v.catchUp()
		v.agrees(s)
		v.stream.Close()
	}
}

// dawdle takes a moment whenever there is one, and pauses after it, until done.
func (v *viewer) dawdle(done <-chan struct{}, pause time.Duration) {
	for {
		select {
		case <-done:
			return
		case <-v.stream.Stale():
			v.next()
			time.Sleep(pause)
		}
	}
}

// The second stream has its tiles from the first, also those that the first
// sends later: with another part, or another picture, it has its own.
func TestTilesAreTakenOver(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(21, 0))
	s, c := newScreen(t, side, side), NewCanvas()
	a, b := newViewer(t, c), newViewer(t, c)
	part := image.Rect(5, 6, 40, 30)
	for range 3 {
		s.fill(part, noise(rnd))
		s.show(c)
		a.next()
		mark(t, c, newPatch(s.changed[0].Intersect(s.bounds())))
		b.updates = mustNext(t, b.stream, nil)
		if got := b.stream.batch.code; !bytes.Equal(got[header:], bytes.Repeat([]byte{1}, len(got)-header)) {
			t.Fatal("the tile was made twice")
		}
		part = image.Rect(1, 2, 60, 50)
	}
}

// mark overwrites the codes that are kept of the one cell.
func mark(t *testing.T, c *Canvas, part patch) {
	t.Helper()
	h := c.sharing.hold(0, part)
	defer h.letGo()
	code, ok := h.take(nil)
	if !ok {
		t.Fatal("no tile is kept")
	}
	copy(code[header:], bytes.Repeat([]byte{1}, len(code)))
	h.put(code)
}

// A shelf keeps the newest bytes, and not one more.
func TestShelfIsBounded(t *testing.T) {
	t.Parallel()
	for _, extra := range []int{0, 1} {
		var s sharing
		s.resize(1)
		s.between(2)
		put := func(x uint8, size int) {
			h := s.hold(0, patch{x, 0, x + 1, 1})
			defer h.letGo()
			h.put(bytes.Repeat([]byte{x}, size))
		}
		put(9, 1000) // so that what comes next goes over the end
		put(1, 3000)
		put(2, shelfBytes-3000+extra)
		h := s.hold(0, patch{1, 0, 2, 1})
		got, ok := h.take([]byte{7})
		if h.letGo(); ok != (extra == 0) {
			t.Fatalf("%d bytes too many: there is %v", extra, ok)
		}
		if ok && !bytes.Equal(got, append([]byte{7}, bytes.Repeat([]byte{1}, 3000)...)) {
			t.Fatal("the wrong bytes")
		}
	}
}

// Of one cell so many parts are kept, and not one more: the one used longest
// ago goes.
func TestPlacesAreBounded(t *testing.T) {
	t.Parallel()
	var s sharing
	s.resize(2)
	s.between(2)
	put := func(x uint8) {
		h := s.hold(1, patch{x, 0, x + 1, 1})
		defer h.letGo()
		h.put([]byte{x})
	}
	has := func(x uint8) bool {
		h := s.hold(1, patch{x, 0, x + 1, 1})
		defer h.letGo()
		_, ok := h.take(nil)
		return ok
	}
	for x := range uint8(places) {
		put(x)
	}
	for x := range uint8(places) {
		if !has(x) {
			t.Fatalf("part %d is not kept", x)
		}
	}
	if put(places); has(0) {
		t.Fatal("one part too many is kept")
	}
	put(0)
	if s.note([]int{1}); has(0) {
		t.Fatal("the tile of other pixels is kept")
	}
}

// A stream that is alone keeps nothing for others.
func TestOnlySeveralStreamsShare(t *testing.T) {
	t.Parallel()
	s, c := newScreen(t, 200, 100), NewCanvas()
	s.show(c)
	for streams, want := range []int{0, 0, shelves, shelves} {
		if got := len(c.sharing.shelves); got != want {
			t.Fatalf("%d streams have %d shelves", streams, got)
		}
		newViewer(t, c).next()
	}
	for len(c.streams) > 1 {
		c.streams[0].Close()
	}
	if c.sharing.shelves != nil || c.sharing.tiles != nil {
		t.Fatal("a stream that is alone again keeps tiles")
	}
}

// No tile is longer than a shelf, and the largest moment fits on them.
func TestShelvesAreLargeEnough(t *testing.T) {
	t.Parallel()
	if worst(image.Rect(0, 0, side, side)) > shelfBytes || maxMoment > shelves*shelfBytes {
		t.Fatal("shelves are too small")
	}
}

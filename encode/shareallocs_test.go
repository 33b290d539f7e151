//go:build !race

package encode

import (
	"image"
	"math/rand/v2"
	"testing"

	"telestrator/protocol"
)

// Streams that share their tiles make no garbage once buffers have grown.
func TestSharingDoesNotAllocate(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 6))
	s, c := newScreen(t, 640, 480), NewCanvas()
	s.show(c)
	streams := []*Stream{c.NewStream(), c.NewStream(), c.NewStream()}
	streams[0].Use(true, true)
	var updates []protocol.Update
	n := uint32(0)
	frame := func() {
		n++
		s.fill(s.bounds(), text(n%7))
		s.fill(image.Rect(100, 100, 200, 150), noise(rnd))
		s.show(c)
		for _, stream := range streams {
			updates = mustNext(t, stream, updates)
		}
	}
	for range 20 {
		frame()
	}
	if allocs := testing.AllocsPerRun(50, frame); allocs > 0 {
		t.Fatalf("%v allocations a frame", allocs)
	}
}

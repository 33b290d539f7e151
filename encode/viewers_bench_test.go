package encode

import (
	"fmt"
	"testing"
	"time"

	"telestrator/protocol"
)

// audience is streams of one canvas, each to its wire.
type audience struct {
	tb      testing.TB
	canvas  *Canvas
	streams []*Stream
	updates []protocol.Update
	wire    []byte
	now     time.Duration
	bytes   int // so far, to all viewers
}

func newAudience(tb testing.TB, n int) *audience {
	a := &audience{tb: tb, canvas: NewCanvas()}
	a.canvas.clock = func() time.Duration { return a.now }
	for range n {
		s := a.canvas.NewStream()
		s.Use(true, true)
		a.streams = append(a.streams, s)
	}
	return a
}

// serve gives every viewer the newest moment, as it goes over the wire.
func (a *audience) serve() {
	a.now += time.Second / 60
	for _, s := range a.streams {
		a.updates = mustNext(a.tb, s, a.updates)
		for i := range a.updates {
			var err error
			if a.wire, err = protocol.Append(a.wire[:0], &a.updates[i]); err != nil {
				a.tb.Fatal(err)
			}
			a.bytes += len(a.wire)
		}
	}
}

// settle serves the first picture until all have it exactly.
func (a *audience) settle(s *screen) {
	s.show(a.canvas)
	for range 100 {
		a.serve()
	}
	for i := 0; i < len(a.streams); a.serve() {
		if !a.streams[i].losses.any() {
			i++
		}
	}
}

// A character that is typed, with the cursor and two numbers that change, takes
// 150 bytes on the wire.
func TestTypingIsShort(t *testing.T) {
	t.Parallel()
	s, step := newWorkload(t, 0)
	a := newAudience(t, 1)
	a.settle(s)
	step(0)
	s.show(a.canvas)
	a.serve()
	a.bytes = 0
	const characters = 300
	for n := range characters {
		step(1 + n)
		s.show(a.canvas)
		a.serve()
	}
	if a.bytes > 150*characters {
		t.Fatalf("%d bytes a character", a.bytes/characters)
	}
	t.Logf("%d bytes a character", a.bytes/characters)
}

// BenchmarkViewers is the processor time of a picture for one viewer and for
// four: comparing, reading, deflating and putting into messages.
func BenchmarkViewers(b *testing.B) {
	for i, w := range workloads {
		for _, n := range []int{1, 4} {
			b.Run(fmt.Sprintf("%s/%d", w.name, n), func(b *testing.B) {
				s, step := newWorkload(b, i)
				a, frame, used := newAudience(b, n), 0, time.Duration(0)
				next := func() {
					step(frame)
					s.release()
					frame++
					began := cpuTime(b)
					s.compare(a.canvas)
					a.serve()
					used += cpuTime(b) - began
				}
				a.settle(s)
				for range 20 { // so that all buffers have their size
					next()
				}
				a.bytes, used = 0, 0
				for b.Loop() {
					next()
				}
				b.ReportMetric(float64(used.Microseconds())/float64(b.N), "cpu-µs/frame")
				b.ReportMetric(float64(a.bytes)/float64(n*b.N), "B/frame")
				b.ReportMetric(0, "ns/op")
			})
		}
	}
}

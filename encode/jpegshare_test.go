package encode

import (
	"bytes"
	"image"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"telestrator/protocol"
)

// jpegsOf returns the JPEGs of updates, as a copy.
func jpegsOf(updates []protocol.Update) (list []protocol.JPEG) {
	for i := range updates {
		for _, j := range updates[i].JPEGs {
			j.Data = bytes.Clone(j.Data)
			list = append(list, j)
		}
	}
	return list
}

func sameJPEGs(a, b []protocol.JPEG) bool {
	return slices.EqualFunc(a, b, func(p, q protocol.JPEG) bool {
		return p.X == q.X && p.Y == q.Y && p.W == q.W && p.H == q.H && bytes.Equal(p.Data, q.Data)
	})
}

// filmScenes shows some pictures to so many streams at once, on so many cores, and
// returns the JPEGs of each stream.
func filmScenes(t *testing.T, streams, cores int) [][]protocol.JPEG {
	t.Helper()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
	s, c := newScreen(t, 640, 480), NewCanvas()
	now := time.Duration(0)
	c.clock = func() time.Duration { return now }
	s.show(c)
	all, list := make([][]protocol.JPEG, streams), make([]*Stream, streams)
	for i := range list {
		list[i] = c.NewStream()
		list[i].Use(true, true)
		defer list[i].Close()
	}
	for n := range uint32(5) {
		s.fill(image.Rect(0, 0, 640, 400), waves(n))
		s.show(c)
		now += 20 * time.Millisecond
		var ends sync.WaitGroup
		for i, stream := range list {
			ends.Go(func() {
				updates, err := stream.Next(nil)
				if err != nil {
					t.Error(err)
				}
				all[i] = append(all[i], jpegsOf(updates)...)
			})
		}
		ends.Wait()
	}
	return all
}

// What streams send depends neither on others nor on the cores.
func TestSharedJPEGsAreTheSame(t *testing.T) {
	want := filmScenes(t, 1, 1)[0]
	if len(want) < 10 {
		t.Fatalf("%d JPEGs", len(want))
	}
	for _, c := range []struct{ streams, cores int }{{1, 4}, {2, 1}, {2, 2}, {5, 3}} {
		for i, got := range filmScenes(t, c.streams, c.cores) {
			if !sameJPEGs(got, want) {
				t.Errorf("%d streams on %d cores: those of stream %d differ", c.streams, c.cores, i)
			}
		}
	}
	if n := helping.Load(); n != 0 {
		t.Errorf("%d helpers are left", n)
	}
}

// A stream takes what another has made, until its pixels change, or it wants
// another quality.
func TestJPEGsAreShared(t *testing.T) {
	t.Parallel()
	s, c := newScreen(t, 512, 512), NewCanvas()
	s.fill(s.bounds(), waves(1))
	s.show(c)
	next := func(q int) []protocol.JPEG {
		stream := c.NewStream()
		stream.Use(true, true)
		stream.Tune(Tuning{Quality: q})
		return jpegsOf(mustNext(t, stream, nil))
	}
	next(80)
	made := next(80)
	marked := func() { // so that what is taken can be told
		for i := range c.jpegs.ring {
			c.jpegs.ring[i] = 7
		}
	}
	marked()
	for i, j := range next(80) {
		if len(j.Data) != len(made[i].Data) || j.Data[9] != 7 {
			t.Errorf("JPEG %d is made again", i)
		}
	}
	for i, j := range next(60) {
		if j.Data[0] != 0xff || len(j.Data) >= len(made[i].Data) {
			t.Errorf("JPEG %d is of another quality", i)
		}
	}
	marked()
	s.fill(image.Rect(500, 500, 501, 501), solid(0))
	s.show(c)
	got := next(80)
	if last := got[len(got)-1]; got[0].Data[0] != 7 || last.Data[0] != 0xff {
		t.Errorf("after a change of the last: %v, %v", got[0].Data[0] == 7, last.Data[0] == 7)
	}
	s.resize(512, 576)
	s.fill(s.bounds(), waves(1))
	s.show(c)
	if got := next(80); got[0].Data[0] != 0xff {
		t.Error("a JPEG of the picture before")
	}
}

// Not more is kept than may be, in number and in bytes.
func TestMostSharedJPEGs(t *testing.T) {
	t.Parallel()
	var s madeJPEGs
	key := func(n int) jpegKey { return jpegKey{image.Rect(0, n, 1, n+1), quality} }
	for n := range mostShared {
		if got := s.claim(key(n), 0, 1); got != mine {
			t.Fatalf("claim %d: %v", n, got)
		}
	}
	if got := s.claim(key(0), 0, 1); got != theirs {
		t.Errorf("claimed twice: %v", got)
	}
	if got := s.claim(key(mostShared), 0, 1); got != nobodys {
		t.Errorf("one more: %v", got)
	}
	var job jpegJob
	for n := range mostShared {
		job = jpegJob{data: bytes.Repeat([]byte{byte(n)}, sharedBytes/mostShared*2), ok: true}
		s.publish(key(n), &job)
	}
	if got := s.claim(key(mostShared), 0, 1); got != mine {
		t.Errorf("when all are made: %v", got)
	}
	kept := 0
	for n := range mostShared {
		if s.await(key(n), &job) {
			kept++
			if job.data[0] != byte(n) || job.data[len(job.data)-1] != byte(n) || n < mostShared/2 {
				t.Errorf("JPEG %d is that of %d", n, job.data[0])
			}
		}
	}
	if kept != mostShared/2 || len(s.ring) != sharedBytes {
		t.Errorf("%d are kept, in %d bytes", kept, len(s.ring))
	}
}

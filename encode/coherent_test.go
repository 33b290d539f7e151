package encode

import (
	"errors"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
)

// Streams read while the canvas changes: every picture shown is one that was
// released, never a mixture. Run with -race.
func TestMomentsAreCoherent(t *testing.T) {
	t.Parallel()
	frames := uint32(rounds(300))
	s, c := newScreen(t, 256, 160), NewCanvas()
	s.show(c)
	done := make(chan struct{})
	results := make(chan error, 3)
	for i := range cap(results) {
		v := newViewer(t, c)
		go func() { results <- v.watch(done, i == 0) }()
	}
	for n := range frames {
		s.fill(s.bounds(), solid(n*0x010203&0xffffff))
		s.show(c)
	}
	close(done)
	for range cap(results) {
		if err := <-results; err != nil {
			t.Error(err)
		}
	}
}

// The same with rows that scroll by, so that moments have copies and viewers
// are slow: every picture is one of those that were released.
func TestScrolledMomentsAreCoherent(t *testing.T) {
	t.Parallel()
	frames := rounds(300)
	s, c := newScreen(t, 448, 448), NewCanvas()
	row := func(n int) func(x, y int) uint32 {
		return func(_, y int) uint32 { return uint32(y+n) * 2654435761 >> 8 }
	}
	s.fill(s.bounds(), row(0))
	s.show(c)
	done := make(chan struct{})
	results := make(chan error, 3)
	copies := make(chan int, cap(results))
	for range cap(results) {
		v := keen(t, c)
		go func() {
			results <- v.follow(done, row)
			copies <- v.copies
		}()
	}
	for n := range frames {
		s.scroll(s.bounds(), -3, row(3*(n+1)))
		s.show(c)
		if n%3 == 0 {
			runtime.Gosched()
		}
	}
	close(done)
	for range cap(results) {
		if err := <-results; err != nil {
			t.Error(err)
		}
		if n := <-copies; n == 0 {
			t.Error("a viewer was sent no copies")
		}
	}
}

// follow decodes until done, and errs when a picture is not one of the rows
// that row gives.
func (v *viewer) follow(done <-chan struct{}, row func(n int) func(x, y int) uint32) error {
	numbers := map[uint32]int{}
	for n := range 4000 {
		numbers[row(n)(0, 0)] = n
	}
	for {
		select {
		case <-v.stream.Stale():
		case <-done:
			return nil
		}
		v.next()
		px, width := v.decoder.shown.px, v.decoder.shown.grid.size.X
		colour := row(numbers[px[0]])
		for i, p := range px {
			if p != colour(i%width, i/width) {
				return errors.New("a picture of two moments")
			}
		}
	}
}

// watch decodes until done, and errs when a picture is not of one colour.
func (v *viewer) watch(done <-chan struct{}, refresh bool) error {
	rnd := rand.New(rand.NewPCG(1, 2))
	for {
		select {
		case <-v.stream.Stale():
		case <-done:
			return nil
		}
		if refresh && rnd.IntN(10) == 0 {
			v.stream.Reset()
		}
		updates, err := v.stream.Next(nil)
		if err != nil {
			return err
		}
		for i := range updates {
			if err := v.decoder.Decode(&updates[i]); err != nil {
				return err
			}
		}
		px := v.decoder.shown.px
		if i := slices.IndexFunc(px, func(p uint32) bool { return p != px[0] }); i >= 0 {
			return errors.New("a picture of two moments")
		}
	}
}

package encode

import (
	"errors"
	"math/rand/v2"
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

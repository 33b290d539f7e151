package privacy

import (
	"context"
	"fmt"
	"image"
	"math/rand/v2"
	"testing"
	"time"

	"telestrator/privacy/atspi"
)

// TestRandomPrograms: whatever they do, no released picture has a pixel of a
// secret, and when it is over the picture is the screen outside the masks.
func TestRandomPrograms(t *testing.T) {
	t.Parallel()
	for _, toolkit := range []atspi.Toolkit{atspi.GTK3, atspi.Firefox, atspi.Chromium} {
		for seed := range uint64(3) {
			t.Run(fmt.Sprint(manners[toolkit].name, " ", seed), func(t *testing.T) {
				t.Parallel()
				playProgram(t, toolkit, rand.New(rand.NewPCG(seed, uint64(toolkit))))
			})
		}
	}
}

func playProgram(t *testing.T, toolkit atspi.Toolkit, r *rand.Rand) {
	o := newOracle(toolkit)
	s := newScene(t, Policy{}, o)
	slow := rand.New(rand.NewPCG(r.Uint64(), 0))
	o.delay = func(ctx context.Context) error {
		o.mu.Lock()
		nap := time.Duration(slow.IntN(20)) * time.Millisecond
		if slow.IntN(10) == 0 {
			nap *= 6
		}
		o.mu.Unlock()
		time.Sleep(nap)
		return nil
	}
	y := &play{o: o, p: newPainter(t, s.Conn(t)), r: r, m: manners[toolkit]}
	o.set(func(o *oracle) { o.before = func() { y.keep() } })
	end, over := time.Now().Add(4*time.Second), make(chan struct{})
	go func() {
		defer close(over)
		for time.Now().Before(end) {
			y.step()
		}
		for y.keep() {
			time.Sleep(time.Millisecond)
		}
	}()
	for playing := true; playing; {
		select {
		case <-over:
			playing = false
		default:
			s.span(func() { y.keep() }, nothing)
		}
	}
	s.until("like the screen", func(p *Picture) bool { return s.alike(p) })
	t.Logf("%d releases, %d of a screen with the secret", s.released, s.bearing)
}

// alike reports whether a picture is what is on the screen, outside the masks.
func (s *scene) alike(p *Picture) bool {
	masks := s.g.Masked(nil)
	for y := range s.m.size.Y {
		for x := range s.m.size.X {
			want := le.Uint32(s.m.pix[y*s.m.stride+4*x:]) & 0xffffff
			if contains(masks, image.Pt(x, y)) {
				want = Grey
			}
			if at(p, x, y) != want {
				return false
			}
		}
	}
	return true
}

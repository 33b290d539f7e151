package capture_test

import (
	"image"
	"image/color"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jezek/xgb/xproto"

	"telestrator/capture/capturetest"
)

// meanwhile lets play run again and again while f runs, again and again until
// play was called so many times.
func meanwhile(times int64, f func(n int), play func(n int)) {
	end := make(chan struct{})
	var run sync.WaitGroup
	var played atomic.Int64
	run.Go(func() {
		for n := 0; ; n++ {
			select {
			case <-end:
				return
			default:
				play(n)
				played.Add(1)
			}
		}
	})
	for n := 0; played.Load() < times; n++ {
		f(n)
	}
	close(end)
	run.Wait()
}

// TestBeneathInNoPicture changes the overlay as fast as it goes while pictures
// are taken. No pixel of it is in any of them, and what was drawn below before
// is in each.
func TestBeneathInNoPicture(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, open func(*capturetest.Display) *viewer) {
		d := capturetest.StartXvfb(t, "160x120x24")
		p, o, v := newPainter(t, d), newOverlay(t, d, image.Pt(160, 120)), open(d)
		id := p.show(pane{area: image.Rect(30, 20, 120, 90), colour: 0x205020, border: 2})
		v.beneath(o.windows()...)
		v.grab()
		o.show()
		rng := rand.New(rand.NewPCG(5, 6))
		meanwhile(600, func(n int) {
			level := byte(n % 128)
			p.fill(id, image.Rect(0, 0, 90, 70), uint32(level)*0x010101)
			p.sync()
			v.grab()
			if at, found := v.find(glaring); found {
				t.Errorf("picture %d has a pixel of the overlay at %v", n, at)
			}
			if at, found := v.other(image.Rect(30, 20, 120, 90), color.RGBA{level, level, level, 255}); found {
				t.Errorf("picture %d is not up to date at %v", n, at)
			}
		}, func(n int) {
			for range rng.IntN(30) { // or every picture would be overtaken for good
				o.p.sync()
			}
			at := image.Pt(rng.IntN(140), rng.IntN(100))
			switch n % 40 {
			case 10:
				o.hide()
			case 20:
				o.show()
			default:
				o.draw(image.Rectangle{at, at.Add(image.Pt(1+n%50, 1+n%30))}, image.Rect(n%160, 0, n%160+2, 120))
			}
		})
	})
}

// other looks for a pixel in r that has not this colour.
func (v *viewer) other(r image.Rectangle, want color.RGBA) (at image.Point, found bool) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if v.seen.RGBAAt(x, y) != want {
				return image.Pt(x, y), true
			}
		}
	}
	return at, false
}

// find looks for a colour in what was seen.
//
//go:norace
func (v *viewer) find(colour uint32) (at image.Point, found bool) {
	want := [4]byte{byte(colour >> 16), byte(colour >> 8), byte(colour), 255}
	for i := 0; i < len(v.seen.Pix); i += 4 {
		if [4]byte(v.seen.Pix[i:]) == want {
			return image.Pt(i%v.seen.Stride/4, i/v.seen.Stride), true
		}
	}
	return at, false
}

// TestBeneathStorm does everything to windows, as fast as it goes, while
// pictures are taken. When it ends the picture is exact.
func TestBeneathStorm(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, open func(*capturetest.Display) *viewer) {
		w := newTwins(t, "160x120x24", image.Pt(160, 120), 3)
		v := open(w.a)
		v.beneath(w.overlay.windows()...)
		v.grab()
		w.overlay.show()
		for range 12 {
			meanwhile(60, func(int) { v.grab() }, func(n int) {
				if w.step(); n%8 == 7 {
					w.sync()
				}
			})
			w.sync()
			v.grab()
			v.is(w.b.Picture(t))
		}
	})
}

// TestBeneathVanishing lets windows end under way, which is no reason to fail
// for good.
func TestBeneathVanishing(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, open func(*capturetest.Display) *viewer) {
		d := capturetest.StartXvfb(t, "160x120x24")
		p, o, v := newPainter(t, d), newOverlay(t, d, image.Pt(160, 120)), open(d)
		v.beneath(o.windows()...)
		o.show()
		meanwhile(500, func(int) { v.grab() }, func(n int) {
			id := p.create(pane{area: image.Rect(0, 0, 100, 80), colour: uint32(n), alpha: n%3 == 0})
			xproto.MapWindow(p.c, id)
			p.shape(id, image.Rect(5, 5, 50, 60))
			xproto.DestroyWindow(p.c, id)
			if n%16 == 0 {
				p.sync()
			}
		})
		p.sync()
		v.grab()
		if at, found := v.find(glaring); found {
			t.Errorf("a pixel of the overlay is in the picture at %v", at)
		}
	})
}

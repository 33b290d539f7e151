package capture_test

import (
	"image"
	"math/rand/v2"
	"testing"

	"github.com/jezek/xgb/xproto"

	"telestrator/capture/capturetest"
)

// twins are two displays on which the same is done. One has the overlay.
type twins struct {
	a, b    *capturetest.Display
	p       [2]*painter
	windows [][2]xproto.Window
	overlay *overlay
	size    image.Point
	rng     *rand.Rand
}

func newTwins(t *testing.T, screen string, size image.Point, seed uint64) *twins {
	w := &twins{a: capturetest.StartXvfb(t, screen), b: capturetest.StartXvfb(t, screen), size: size, rng: rand.New(rand.NewPCG(seed, 7))}
	w.p = [2]*painter{newPainter(t, w.a), newPainter(t, w.b)}
	w.overlay = newOverlay(t, w.a, size)
	w.p[1].keep()
	return w
}

// do does the same to one window on both displays.
func (w *twins) do(i int, what func(p *painter, id xproto.Window)) {
	for side, p := range w.p {
		what(p, w.windows[i][side])
	}
}

func (w *twins) create(l pane, inside int) {
	var ids [2]xproto.Window
	for side, p := range w.p {
		ids[side] = p.create(l)
		if inside >= 0 {
			xproto.ReparentWindow(p.c, ids[side], w.windows[inside][side], int16(l.area.Min.X), int16(l.area.Min.Y))
		}
		xproto.MapWindow(p.c, ids[side])
	}
	w.windows = append(w.windows, ids)
}

func (w *twins) rect() image.Rectangle {
	at := image.Pt(w.rng.IntN(w.size.X+40)-20, w.rng.IntN(w.size.Y+40)-20)
	return image.Rectangle{at, at.Add(image.Pt(1+w.rng.IntN(w.size.X/2), 1+w.rng.IntN(w.size.Y/2)))}
}

func (w *twins) rects(most int) (all []image.Rectangle) {
	for range w.rng.IntN(most + 1) {
		all = append(all, w.rect())
	}
	return all
}

func (w *twins) colour() uint32 { return w.rng.Uint32() & 0x7f7f7f } // never the overlay's

// step does one thing that programs or the user do.
func (w *twins) step() {
	if len(w.windows) < 4 {
		w.create(pane{area: w.rect(), border: w.rng.IntN(3), colour: w.colour(), alpha: w.rng.IntN(4) == 0}, -1)
		return
	}
	i, r, colour := w.rng.IntN(len(w.windows)), w.rect(), w.colour()
	switch w.rng.IntN(16) {
	case 0:
		if len(w.windows) < 9 {
			w.create(pane{area: r, border: w.rng.IntN(3), colour: colour, alpha: w.rng.IntN(4) == 0}, -1)
		}
	case 1:
		if len(w.windows) < 9 {
			w.create(pane{area: r.Sub(r.Min), border: w.rng.IntN(2), colour: colour}, i)
		}
	case 2:
		w.do(i, func(p *painter, id xproto.Window) { xproto.DestroyWindow(p.c, id) })
		w.windows = append(w.windows[:i], w.windows[i+1:]...)
	case 3:
		w.do(i, func(p *painter, id xproto.Window) { xproto.UnmapWindow(p.c, id) })
	case 4:
		w.do(i, func(p *painter, id xproto.Window) { xproto.MapWindow(p.c, id) })
	case 5:
		mode := w.rng.Uint32N(2) // the others depend on what covers the window
		w.do(i, func(p *painter, id xproto.Window) { p.stack(id, mode) })
	case 6:
		w.do(i, func(p *painter, id xproto.Window) { p.move(id, r.Min) })
	case 7:
		w.do(i, func(p *painter, id xproto.Window) { p.size(id, r.Size()) })
	case 8:
		holes := w.rects(3)
		w.do(i, func(p *painter, id xproto.Window) { p.shape(id, holes...) })
	case 9:
		for _, p := range w.p {
			p.background(colour)
		}
	case 10:
		w.overlay.draw(w.rects(5)...)
	case 11:
		w.toggle()
	default:
		w.do(i, func(p *painter, id xproto.Window) { p.fill(id, r.Sub(r.Min), colour) })
	}
}

// toggle does something to the overlay alone.
func (w *twins) toggle() {
	switch w.rng.IntN(4) {
	case 0:
		w.overlay.hide()
	case 1:
		w.overlay.p.move(w.overlay.bar, w.rect().Min)
	default:
		w.overlay.show()
	}
}

func (w *twins) sync() {
	for _, p := range w.p {
		p.sync()
	}
	w.overlay.p.sync()
}

// TestBeneathTwin does the same at random on a display with the overlay and on
// one without. Every picture of the first is what the second shows.
func TestBeneathTwin(t *testing.T) {
	t.Parallel()
	for screen, rounds := range map[string]int{"160x120x24": 1000, "160x120x16": 200, "160x120x30": 200} {
		t.Run(screen, func(t *testing.T) {
			t.Parallel()
			eachWay(t, func(t *testing.T, open func(*capturetest.Display) *viewer) {
				w := newTwins(t, screen, image.Pt(160, 120), 1)
				v := open(w.a)
				v.beneath(w.overlay.windows()...)
				v.grab()
				w.overlay.show()
				for range rounds {
					for range 1 + w.rng.IntN(4) {
						w.step()
					}
					w.sync()
					v.grab()
					v.is(w.b.Picture(t))
				}
			})
		})
	}
}

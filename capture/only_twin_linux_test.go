package capture_test

import (
	"image"
	"testing"

	"github.com/jezek/xgb/xproto"

	"telestrator/capture/capturetest"
)

// TestOnlyTwin does the same at random to chosen windows on a display with many
// others and on a grey one without. Every picture of the first is what the second
// shows.
func TestOnlyTwin(t *testing.T) {
	t.Parallel()
	for screen, rounds := range map[string]int{"160x120x24": 500, "160x120x16": 100, "160x120x30": 100} {
		t.Run(screen, func(t *testing.T) {
			t.Parallel()
			eachWay(t, func(t *testing.T, open func(*capturetest.Display) *viewer) {
				w := newTwins(t, screen, image.Pt(160, 120), 5)
				grey := map[string]uint32{"160x120x24": 0x808080, "160x120x16": 0x8410, "160x120x30": 0x20180601}[screen]
				w.p[0].background(glaring)
				w.p[1].background(grey)
				var others []xproto.Window
				for range 4 {
					others = append(others, w.p[0].show(pane{area: w.rect(), colour: glaring}))
					w.create(pane{area: w.rect(), border: w.rng.IntN(3), colour: w.colour(), alpha: w.rng.IntN(4) == 0}, -1)
				}
				w.sync()
				v := open(w.a)
				var chosen []xproto.Window
				for _, pair := range w.windows {
					chosen = append(chosen, pair[0])
				}
				v.only(chosen...)
				v.grab()
				for range rounds {
					for range 1 + w.rng.IntN(3) {
						w.disturb(others[w.rng.IntN(len(others))])
						if w.chosenStep() {
							break
						}
					}
					w.sync()
					v.screened(scene{w.b.Picture(t)})
				}
			})
		})
	}
}

// disturb does something to a window that is not chosen.
func (w *twins) disturb(id xproto.Window) {
	p := w.p[0]
	switch w.rng.IntN(5) {
	case 0:
		p.move(id, w.rect().Min)
	case 1:
		p.size(id, w.rect().Size())
	case 2:
		p.stack(id, uint32(w.rng.IntN(2)))
	case 3:
		xproto.UnmapWindow(p.c, id)
	default:
		xproto.MapWindow(p.c, id)
	}
}

// chosenStep does something to a chosen window on both displays. It reports
// whether the window has other pixels then, on which nobody has drawn.
func (w *twins) chosenStep() (others bool) {
	i, r, colour := w.rng.IntN(len(w.windows)), w.rect(), w.colour()
	switch w.rng.IntN(16) {
	case 0, 1:
		w.do(i, func(p *painter, id xproto.Window) {
			xproto.UnmapWindow(p.c, id)
			p.size(id, r.Size())
			xproto.MapWindow(p.c, id)
		})
		return true
	case 2, 3:
		mode := uint32(w.rng.IntN(2))
		w.do(i, func(p *painter, id xproto.Window) { p.stack(id, mode) })
	case 4, 5, 6:
		w.do(i, func(p *painter, id xproto.Window) { p.move(id, r.Min) })
	case 7:
		holes := w.rects(3)
		w.do(i, func(p *painter, id xproto.Window) { p.shape(id, holes...) })
	default:
		w.do(i, func(p *painter, id xproto.Window) { p.fill(id, r.Sub(r.Min), colour) })
	}
	return false
}

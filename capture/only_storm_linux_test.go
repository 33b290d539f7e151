package capture_test

import (
	"image"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/jezek/xgb/shape"
	"github.com/jezek/xgb/xproto"

	"telestrator/capture"
	"telestrator/capture/capturetest"
)

// crowd is windows, chosen and not, of which all that are not chosen and the root
// have the glaring colour. A chosen one is often never painted, or only here and
// there, and has others in it that move.
type crowd struct {
	p        *painter
	rng      *rand.Rand
	chosen   []xproto.Window
	inside   map[xproto.Window]xproto.Window // a window on a chosen one
	unchosen []xproto.Window
}

func newCrowd(t *testing.T, d *capturetest.Display, seed uint64) *crowd {
	c := &crowd{p: newPainter(t, d), rng: rand.New(rand.NewPCG(seed, 2)), inside: make(map[xproto.Window]xproto.Window)}
	c.p.background(glaring)
	for range 4 {
		c.unchosen = append(c.unchosen, c.p.show(pane{area: c.rect(), colour: glaring, border: c.rng.IntN(3)}))
		c.add()
	}
	return c
}

func (c *crowd) rect() image.Rectangle {
	at := image.Pt(c.rng.IntN(160)-20, c.rng.IntN(120)-20)
	return image.Rectangle{at, at.Add(image.Pt(10+c.rng.IntN(100), 10+c.rng.IntN(80)))}
}

// colour is one that chosen windows may have.
func (c *crowd) colour() uint32 { return c.rng.Uint32() & 0x7f7f7f }

// add makes one more chosen window.
func (c *crowd) add() xproto.Window {
	id := c.p.create(pane{area: c.rect(), border: c.rng.IntN(3), colour: c.colour(), lazy: c.rng.IntN(3) > 0, alpha: c.rng.IntN(4) == 0})
	child := c.p.create(pane{area: c.rect(), colour: c.colour(), lazy: c.rng.IntN(2) == 0})
	xproto.ReparentWindow(c.p.c, child, id, int16(c.rng.IntN(40)), int16(c.rng.IntN(40)))
	xproto.MapWindow(c.p.c, child)
	c.chosen, c.inside[id] = append(c.chosen, id), child
	return id
}

// step does one thing. It reports whether there are other windows than before.
func (c *crowd) step() (others bool) {
	id := c.chosen[c.rng.IntN(len(c.chosen))]
	if c.rng.IntN(3) == 0 {
		id = c.unchosen[c.rng.IntN(len(c.unchosen))]
	}
	child, isChosen := c.inside[id]
	switch c.rng.IntN(12) {
	case 0, 1:
		c.p.move(id, c.rect().Min)
	case 2, 3:
		c.p.size(id, c.rect().Size())
	case 4:
		c.p.stack(id, uint32(c.rng.IntN(2)))
	case 5:
		xproto.UnmapWindow(c.p.c, id)
	case 6, 7:
		xproto.MapWindow(c.p.c, id)
	case 8:
		c.p.shape(id, c.rect(), c.rect())
	case 9:
		shape.Mask(c.p.c, shape.SoSet, shape.SkBounding, id, 0, 0, xproto.PixmapNone)
	case 10:
		if isChosen {
			c.p.move(child, image.Pt(c.rng.IntN(60), c.rng.IntN(60)))
		}
	case 11:
		if isChosen {
			c.p.fill(id, image.Rect(0, 0, c.rng.IntN(50), c.rng.IntN(50)), c.colour())
		}
	}
	return isChosen && c.rng.IntN(20) == 0 && c.replace(id)
}

// replace ends a chosen window and makes another.
func (c *crowd) replace(id xproto.Window) bool {
	xproto.DestroyWindow(c.p.c, id)
	for i := range c.chosen {
		if c.chosen[i] == id {
			c.chosen = append(c.chosen[:i], c.chosen[i+1:]...)
			break
		}
	}
	delete(c.inside, id)
	xproto.MapWindow(c.p.c, c.add())
	return true
}

// TestOnlyInNoPicture does everything to windows, 60 times a second and as fast as
// it goes, while pictures are taken. Nothing of what is not chosen is in any.
func TestOnlyInNoPicture(t *testing.T) {
	t.Parallel()
	for name, pause := range map[string]time.Duration{"60 a second": time.Second / 60, "at once": 0} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			eachWay(t, func(t *testing.T, open func(*capturetest.Display) *viewer) {
				d := capturetest.StartXvfb(t, "160x120x24")
				c, v := newCrowd(t, d, uint64(len(name))), open(d)
				v.only(c.chosen...)
				v.grab()
				defer v.always()()
				others := make(chan []xproto.Window, 1)
				meanwhile(400, func(int) {
					select {
					case chosen := <-others:
						v.only(chosen...)
					default:
					}
					if err := v.source.Grab(&v.frame); err == nil {
						v.look()
					}
					v.stray()
					time.Sleep(pause / 4)
				}, func(int) {
					if c.step() {
						select {
						case <-others:
						default:
						}
						others <- append([]xproto.Window(nil), c.chosen...)
					}
					c.p.sync()
					time.Sleep(pause)
				})
			})
		})
	}
}

// again makes and shows a window of a number that is free.
func (p *painter) again(id xproto.Window, colour uint32) {
	xproto.CreateWindow(p.c, 24, id, p.root, 10, 10, 50, 40, 2, xproto.WindowClassInputOutput, 0,
		xproto.CwBackPixel|xproto.CwBorderPixel|xproto.CwOverrideRedirect, []uint32{colour, colour, 1})
	xproto.MapWindow(p.c, id)
	p.sync()
}

// TestOnlyNumberUsedAgain: what gets the number of a chosen window that has ended
// is not chosen, until it is named anew.
func TestOnlyNumberUsedAgain(t *testing.T) {
	t.Parallel()
	d := capturetest.StartXvfb(t, "160x120x24")
	p := newPainter(t, d)
	source, err := capture.Open(d.Name())
	v := watch(t, source, err)
	id, _ := xproto.NewWindowId(p.c)
	other := p.show(pane{area: image.Rect(100, 10, 140, 50), colour: 0x123456})
	v.only(id, other)
	v.grab()
	alone := newScene(v)
	alone.paint(image.Rect(100, 10, 140, 50), 0x123456)
	v.screened(alone)
	p.again(id, 0x204060)
	both := newScene(v)
	copy(both.Pix, alone.Pix)
	both.paint(image.Rect(10, 10, 64, 54), 0x204060)
	v.screened(both)
	for range 20 {
		xproto.DestroyWindow(p.c, id)
		p.again(id, glaring)
		v.screened(alone)
		v.only(other, id) // by somebody who has not heard of it
		v.screened(alone)
		p.move(id, image.Pt(20, 20))
		p.sync()
		v.screened(alone)
		xproto.DestroyWindow(p.c, id)
		p.sync()
		v.only(other)
		v.only(other, id)
		p.again(id, 0x204060)
		v.screened(both)
	}
	frame := p.show(pane{area: image.Rect(0, 0, 100, 100), colour: glaring})
	xproto.ReparentWindow(p.c, id, frame, 0, 0) // ends in there, and nobody is told
	xproto.DestroyWindow(p.c, frame)
	p.again(id, glaring)
	v.screened(alone)
}

// TestOnlyReplaced replaces a chosen window with another one of its number at the
// moment at which its pixels are named.
func TestOnlyReplaced(t *testing.T) {
	t.Parallel()
	d := capturetest.StartXvfb(t, "160x120x24")
	p := newPainter(t, d)
	source, err := capture.Open(d.Name())
	v := watch(t, source, err)
	v.only()
	v.grab()
	defer v.always()()
	id, _ := xproto.NewWindowId(p.c)
	rng := rand.New(rand.NewPCG(8, 9))
	for range 500 {
		p.again(id, 0x204060)
		v.only()
		v.only(id)
		replaced := make(chan struct{})
		wait := time.Duration(rng.IntN(1000)) * time.Microsecond
		go func() {
			defer close(replaced)
			time.Sleep(wait)
			xproto.DestroyWindow(p.c, id)
			p.again(id, glaring)
		}()
		for range 3 {
			if err := source.Grab(&v.frame); err == nil {
				v.look()
			}
			v.stray()
		}
		<-replaced
		xproto.DestroyWindow(p.c, id)
		p.sync()
	}
}

package capture_test

import (
	"errors"
	"image"
	"image/color"
	"strings"
	"testing"

	"github.com/jezek/xgb/composite"
	"github.com/jezek/xgb/xproto"

	"telestrator/capture"
	"telestrator/capture/capturetest"
)

// TestOnlyWakes: what happens to chosen windows wakes the caller, what happens to
// others does not, and when nothing happens nothing is asked.
func TestOnlyWakes(t *testing.T) {
	t.Parallel()
	d := capturetest.StartXvfb(t, "320x240x24")
	p := newPainter(t, d)
	id := p.show(pane{area: image.Rect(10, 10, 200, 200), colour: 0x204060})
	other := p.show(pane{area: image.Rect(30, 30, 200, 200), colour: glaring})
	source, err := capture.Open(d.Name())
	v := watch(t, source, err)
	v.only(id)
	v.grab()
	v.rests(d)
	p.fill(other, image.Rect(0, 0, 50, 50), 0x123456)
	p.move(other, image.Pt(50, 50))
	p.size(other, image.Pt(99, 50))
	p.shape(other, image.Rect(0, 0, 30, 30))
	p.background(glaring)
	xproto.DestroyWindow(p.c, p.show(pane{area: image.Rect(0, 0, 90, 90), colour: glaring}))
	p.sync()
	v.drain() // the screen's own damage is never taken, and told once at most
	xproto.DestroyWindow(p.c, p.show(pane{area: image.Rect(0, 0, 90, 90), colour: glaring}))
	p.fill(other, image.Rect(0, 0, 50, 50), 0x123456)
	p.sync()
	v.rests(d)
	for name, change := range map[string]func(){
		"drawing":  func() { p.fill(id, image.Rect(40, 60, 50, 80), 0x607080) },
		"a shape":  func() { p.shape(id, image.Rect(0, 0, 190, 70), image.Rect(0, 80, 190, 190)) },
		"a move":   func() { p.move(id, image.Pt(11, 12)) },
		"a size":   func() { p.size(id, image.Pt(211, 112)) },
		"its end":  func() { xproto.UnmapWindow(p.c, id) },
		"its life": func() { xproto.MapWindow(p.c, id) },
	} {
		v.drain()
		change()
		p.sync()
		t.Log(name)
		v.wait()
		v.grab()
		v.stray()
		v.rests(d)
	}
}

// TestOnlyScreenResize: chosen windows are there at every size of the screen.
func TestOnlyScreenResize(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, open func(*capturetest.Display) *viewer) {
		d := capturetest.StartXvfb(t, "800x600x24")
		p, v := newPainter(t, d), open(d)
		id := p.show(pane{area: image.Rect(300, 200, 500, 400), colour: 0x204060})
		p.show(pane{area: image.Rect(0, 0, 800, 600), colour: glaring})
		v.only(id)
		for _, size := range []image.Point{{640, 480}, {333, 222}, {800, 600}} {
			d.Resize(t, size)
			for v.frame.Size != size {
				v.wait()
				v.grab()
			}
			s := newScene(v)
			s.paint(image.Rect(300, 200, 500, 400), 0x204060)
			v.screened(s)
		}
	})
}

// TestOnlyFails: what a failed Grab took is not lost.
func TestOnlyFails(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, open func(*capturetest.Display) *viewer) {
		d := capturetest.StartXvfb(t, "320x240x24")
		p, v := newPainter(t, d), open(d)
		id := p.show(pane{area: image.Rect(10, 10, 200, 200), colour: 0x204060})
		v.only(id)
		v.grab()
		p.fill(id, image.Rect(0, 0, 150, 150), 0x708090)
		p.move(id, image.Pt(30, 20))
		p.sync()
		capture.FailNext(v.source)
		if err := v.source.Grab(&v.frame); err == nil || errors.Is(err, capture.ErrGone) {
			t.Fatalf("Grab: %v", err)
		}
		v.wait()
		s := newScene(v)
		s.paint(image.Rect(30, 20, 220, 210), 0x204060)
		s.paint(image.Rect(30, 20, 180, 170), 0x708090)
		v.screened(s)
	})
}

// TestOnlyTurns goes from all windows to chosen ones and back, with windows that
// are looked beneath in between.
func TestOnlyTurns(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, open func(*capturetest.Display) *viewer) {
		d := capturetest.StartXvfb(t, "320x240x24")
		p, o, v := newPainter(t, d), newOverlay(t, d, image.Pt(320, 240)), open(d)
		id := p.show(pane{area: image.Rect(10, 10, 200, 200), colour: 0x204060})
		off := func() {
			if err := v.source.(capture.Only).Only(nil, false); err != nil {
				t.Fatal(err)
			}
			v.grab()
		}
		off() // harmless
		v.grab()
		s := newScene(v)
		s.paint(image.Rect(10, 10, 200, 200), 0x204060)
		for range 3 {
			v.beneath(o.windows()...)
			o.show()
			o.draw(scribble...)
			v.grab()
			v.isWithout(o, d)
			v.only(id)
			o.draw(scribble[:20]...)
			v.screened(s)
			off()
			v.isWithout(o, d)
			v.only(id)
			v.screened(s)
			v.beneath()
			v.beneath(o.windows()...)
			v.screened(s)
			off()
			v.isWithout(o, d)
			v.only(id)
			v.beneath()
			off()
			v.same(d)
			pixmap, _ := xproto.NewPixmapId(p.c)
			if composite.NameWindowPixmapChecked(p.c, id, pixmap).Check() == nil {
				t.Fatal("windows have pixels of their own still")
			}
			o.hide()
			v.grab()
			v.same(d)
		}
	})
}

// TestOnlyGivesBack: what the server keeps does not grow.
func TestOnlyGivesBack(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, open func(*capturetest.Display) *viewer) {
		d := capturetest.StartXvfb(t, "320x240x24")
		p, v := newPainter(t, d), open(d)
		stays := p.show(pane{area: image.Rect(100, 100, 200, 200), colour: 0x204060})
		cycle := func(n int) {
			for i := range 5 {
				id := p.show(pane{area: image.Rect(10*i, 10, 10*i+100, 100), colour: 0x204060, alpha: i%2 == 0})
				v.only(id, stays)
				v.grab()
				p.shape(id, image.Rect(0, 0, 50, 50))
				p.size(id, image.Pt(80, 50+i))
				v.grab()
				v.only(stays)
				v.grab()
				xproto.DestroyWindow(p.c, id)
			}
			d.Resize(t, image.Pt(320-n%2*100, 240))
			v.until("another size", func() bool { return v.frame.Size.X == 320-n%2*100 })
			if err := v.source.(capture.Only).Only(nil, false); err != nil {
				t.Fatal(err)
			}
			v.grab()
		}
		cycle(0)
		cycle(1)
		before := p.kept()
		for n := range 6 {
			cycle(n)
		}
		if after := p.kept(); after != before {
			t.Errorf("the server keeps %d things, and kept %d", after, before)
		}
	})
}

// TestOnlyRefuses: where chosen windows cannot be shown alone there is no picture
// until that is no longer asked for.
func TestOnlyRefuses(t *testing.T) {
	t.Parallel()
	for _, extension := range []string{"Composite", "RENDER"} {
		d := capturetest.StartXvfb(t, "64x48x24", "-extension", extension)
		source, err := capture.Open(d.Name())
		v := watch(t, source, err)
		v.grab()
		only := source.(capture.Only)
		for _, err := range []error{only.CanOnly(), only.Only([]uint32{77}, true), source.Grab(&v.frame)} {
			if !errors.Is(err, capture.ErrUnsupported) || !strings.Contains(err.Error(), extension) {
				t.Errorf("without %s: %v", extension, err)
			}
		}
		if err := only.Only(nil, false); err != nil {
			t.Error(err)
		}
		v.grab()
		v.same(d)
	}
}

// TestOnlyLimit: as many windows as may be are chosen, one more is refused.
func TestOnlyLimit(t *testing.T) {
	t.Parallel()
	d := capturetest.StartXvfb(t, "160x120x24")
	p := newPainter(t, d)
	p.background(glaring)
	source, err := capture.Open(d.Name())
	v := watch(t, source, err)
	v.grab()
	only, s := source.(capture.Only), newScene(v)
	var ids []uint32
	for n := range capture.MaxOnly {
		area := image.Rect(n%150, n%110, n%150+9, n%110+9)
		id := p.create(pane{area: area, colour: uint32(n)})
		xproto.MapWindow(p.c, id)
		ids = append(ids, uint32(id))
		s.paint(area, uint32(n))
	}
	p.sync()
	if err := only.Only(ids, true); err != nil {
		t.Fatal(err)
	}
	v.screened(s)
	if err := only.Only(append(ids, 1), true); err == nil || !strings.Contains(err.Error(), "choose fewer") {
		t.Errorf("one more: %v", err)
	}
	if err := source.Grab(&v.frame); err == nil || errors.Is(err, capture.ErrGone) {
		t.Errorf("a picture after a choice that was refused: %v", err)
	}
	if err := only.Only(ids, true); err != nil {
		t.Fatal(err)
	}
	v.screened(s)
}

func TestOnlyServerLost(t *testing.T) {
	t.Parallel()
	d := capturetest.StartXvfb(t, "64x48x24")
	source, err := capture.Open(d.Name())
	v := watch(t, source, err)
	v.only(77)
	v.grab()
	d.Stop()
	err = <-v.ended
	v.ended <- err
	if err := source.Grab(&v.frame); !errors.Is(err, capture.ErrGone) {
		t.Errorf("Grab: %v", err)
	}
	for _, on := range []bool{false, true} {
		if err := source.(capture.Only).Only([]uint32{78}, on); !errors.Is(err, capture.ErrGone) {
			t.Errorf("Only: %v", err)
		}
	}
}

// TestOnlyCompositor: with a compositor it is the same, but that chosen windows
// shine through each other, over grey.
func TestOnlyCompositor(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, open func(*capturetest.Display) *viewer) {
		capturetest.Require(t, "picom")
		d := capturetest.StartXvfb(t, "320x240x24")
		p, v := newPainter(t, d), open(d)
		p.background(glaring)
		low := p.show(pane{area: image.Rect(20, 20, 200, 160), colour: 0x306030})
		p.show(pane{area: image.Rect(0, 0, 320, 240), colour: glaring})
		glass := p.show(pane{area: image.Rect(100, 60, 250, 130), colour: 0x80400000, alpha: true})
		lazy := p.show(pane{area: image.Rect(10, 100, 60, 200), colour: 1, lazy: true})
		p.show(pane{area: image.Rect(0, 0, 300, 100), colour: glaring})
		v.only(low, glass, lazy)
		v.grab()
		v.stray()
		v.pixel(240, 100, color.RGBA{0x40, 0, 0, 255})
		compositor(t, p, d)
		through := func() bool { return v.seen.RGBAAt(240, 100).G == 0x3f || v.seen.RGBAAt(240, 100).G == 0x40 }
		v.until("a translucent window", through)
		for n := range 100 {
			p.move(glass, image.Pt(100+n%7, 60+n%5))
			p.move(lazy, image.Pt(n, 100-n%9))
			p.fill(low, image.Rect(n, n, n+9, n+9), uint32(n))
			p.sync()
			v.grab()
			v.stray()
		}
		v.only(lazy)
		v.screened(newScene(v))
	})
}

// TestOnlyLimitInside: as many windows as may be are in a chosen one, one more is
// too many, and when it is gone all goes on.
func TestOnlyLimitInside(t *testing.T) {
	t.Parallel()
	d := capturetest.StartXvfb(t, "160x120x24")
	p := newPainter(t, d)
	source, err := capture.Open(d.Name())
	v := watch(t, source, err)
	v.grab()
	id := p.show(pane{area: image.Rect(10, 10, 150, 110), colour: 0x204060})
	inside := func() xproto.Window {
		w := p.create(pane{area: image.Rect(0, 0, 140, 100), colour: 0x406020})
		xproto.ReparentWindow(p.c, w, id, 0, 0)
		xproto.MapWindow(p.c, w)
		return w
	}
	for range capture.MaxInside {
		inside()
	}
	p.sync()
	s := newScene(v)
	s.paint(image.Rect(10, 10, 150, 110), 0x406020)
	v.only(id)
	v.screened(s)
	last := inside()
	v.only()
	v.screened(newScene(v))
	v.only(id)
	if err := source.Grab(&v.frame); err == nil || errors.Is(err, capture.ErrGone) || !strings.Contains(err.Error(), "in a chosen one") {
		t.Errorf("one window more: %v", err)
	}
	xproto.DestroyWindow(p.c, last)
	p.sync()
	v.screened(s)
}

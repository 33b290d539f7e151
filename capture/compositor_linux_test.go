package capture_test

import (
	"image"
	"image/color"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"telestrator/capture"
	"telestrator/capture/capturetest"
)

// compositor starts a program that paints all windows, with shadows.
// What it returns ends it.
func compositor(t *testing.T, p *painter, d *capturetest.Display) (end func()) {
	t.Helper()
	cmd := d.Start(t, "picom", "--config", "/dev/null", "--backend", "xrender", "--shadow")
	selection := p.atom("_NET_WM_CM_S0")
	for end := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		owner, err := xproto.GetSelectionOwner(p.c, selection).Reply()
		if err != nil || time.Now().After(end) {
			t.Fatalf("no compositor within %v: %v", patience, err)
		}
		if owner.Owner != 0 {
			return func() { cmd.Process.Kill() }
		}
	}
}

func (p *painter) atom(name string) xproto.Atom {
	p.tb.Helper()
	reply, err := xproto.InternAtom(p.c, false, uint16(len(name)), name).Reply()
	if err != nil {
		p.tb.Fatal(err)
	}
	return reply.Atom
}

// plain asks the compositor to draw no shadow around a window.
func (p *painter) plain(id xproto.Window) {
	xproto.ChangeProperty(p.c, xproto.PropModeReplace, id, p.atom("_COMPTON_SHADOW"), xproto.AtomCardinal, 32, 1, make([]byte, 4))
}

// TestBeneathCompositor: with a compositor, which shows everything late, no
// pixel of the overlay is in a picture, and translucent windows shine through
// each other below it. Shadows are missing there as long as it is there.
func TestBeneathCompositor(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, open func(*capturetest.Display) *viewer) {
		capturetest.Require(t, "picom")
		d := capturetest.StartXvfb(t, "320x240x24")
		p, o, v := newPainter(t, d), newOverlay(t, d, image.Pt(320, 240)), open(d)
		compositor(t, p, d)
		low := p.create(pane{area: image.Rect(20, 20, 200, 160), colour: 0x306030})
		glass := p.create(pane{area: image.Rect(100, 60, 250, 130), colour: 0x80400000, alpha: true})
		high := p.create(pane{area: image.Rect(140, 10, 180, 100), colour: 0x204080, border: 2})
		for _, w := range []xproto.Window{low, glass, high, o.ink, o.border, o.bar} {
			p.plain(w)
			if w != o.ink && w != o.border && w != o.bar {
				xproto.MapWindow(p.c, w)
			}
		}
		p.show(pane{area: image.Rect(230, 175, 280, 210), colour: 0x808020}) // with a shadow
		for end := time.Now().Add(patience); d.Picture(t).RGBAAt(120, 80).G == 0; d.WaitStill(t) {
			if time.Now().After(end) {
				t.Fatal("the compositor paints nothing")
			}
		}
		d.WaitStill(t)
		want := d.Picture(t)
		v.beneath(o.windows()...)
		o.show()
		o.draw(image.Rect(110, 70, 240, 95), image.Rect(150, 5, 170, 130))
		v.grab()
		d.WaitStill(t)
		v.grab()
		v.is(want)
		for n := range 60 {
			o.draw(image.Rect(n, n, 3*n+5, 2*n+5), image.Rect(200, 150, 300, 190+n%9))
			p.move(glass, image.Pt(100+n%7, 60+n%5))
			p.sync()
			v.grab()
			if at, found := v.find(glaring); found {
				t.Fatalf("picture %d has a pixel of the overlay at %v", n, at)
			}
		}
		p.move(glass, image.Pt(100, 60))
		p.sync()
		o.hide()
		v.until("the picture of before, with all shadows", func() bool {
			n, _ := differences(v.seen, want)
			return n == 0
		})
	})
}

// alike compares what was seen of a still screen with what it shows without the
// overlay.
func (v *viewer) alike(o *overlay, d *capturetest.Display) {
	v.tb.Helper()
	o.p.sync()
	d.WaitStill(v.tb)
	v.grab()
	o.hide()
	d.WaitStill(v.tb)
	v.is(d.Picture(v.tb))
	o.show()
}

// TestBeneathCompositorComes and goes while the overlay is there.
func TestBeneathCompositorComes(t *testing.T) {
	t.Parallel()
	capturetest.Require(t, "picom")
	d := capturetest.StartXvfb(t, "320x240x24")
	p, o := newPainter(t, d), newOverlay(t, d, image.Pt(320, 240))
	for _, w := range []xproto.Window{o.ink, o.border, o.bar} {
		p.plain(w)
	}
	low := p.create(pane{area: image.Rect(0, 0, 320, 240), colour: 0x306030})
	glass := p.create(pane{area: image.Rect(100, 60, 250, 130), colour: 0x80400000, alpha: true})
	for _, w := range []xproto.Window{low, glass} {
		p.plain(w)
		xproto.MapWindow(p.c, w)
	}
	source, err := capture.Open(d.Name())
	v := watch(t, source, err)
	v.beneath(o.windows()...)
	o.show()
	o.draw(image.Rect(110, 70, 240, 95))
	v.grab()
	v.pixel(120, 80, color.RGBA{0x40, 0, 0, 255}) // nobody makes it translucent
	end := compositor(t, p, d)
	v.until("a compositor's picture", func() bool { return v.seen.RGBAAt(120, 80) == v.seen.RGBAAt(120, 65) && v.seen.RGBAAt(120, 80).G > 0 })
	o.draw(image.Rect(90, 50, 220, 140))
	for _, change := range []func(){
		func() { p.move(glass, image.Pt(110, 70)) },
		func() { p.fill(glass, image.Rect(5, 5, 50, 50), 0x40002000) },
		func() { xproto.UnmapWindow(p.c, glass) },
		func() { xproto.MapWindow(p.c, glass) },
		func() { p.move(glass, image.Pt(100, 60)) },
	} {
		change()
		p.sync()
		v.alike(o, d)
	}
	end()
	v.until("a picture without a compositor", func() bool { return v.seen.RGBAAt(220, 120) == color.RGBA{0x40, 0, 0, 255} })
	v.isWithout(o, d)
}

// TestBeneathHearsOfCompositor: a compositor that starts is one from the moment
// it says so.
func TestBeneathHearsOfCompositor(t *testing.T) {
	t.Parallel()
	d := capturetest.StartXvfb(t, "320x240x24")
	p, o := newPainter(t, d), newOverlay(t, d, image.Pt(320, 240))
	low := p.show(pane{area: image.Rect(0, 0, 320, 240), colour: 0x306030})
	p.show(pane{area: image.Rect(100, 60, 250, 130), colour: 0x80400000, alpha: true})
	source, err := capture.Open(d.Name())
	v := watch(t, source, err)
	v.beneath(o.windows()...)
	o.show()
	o.draw(image.Rect(110, 70, 240, 95))
	v.grab()
	v.rests(d)
	for _, owner := range []xproto.Window{low, 0} {
		xproto.SetSelectionOwner(p.c, owner, p.atom("_NET_WM_CM_S0"), xproto.TimeCurrentTime)
		p.sync()
		v.wait()
		v.grab()
		if got := v.seen.RGBAAt(120, 80).G > 0; got != (owner == low) {
			t.Errorf("shines through: %v, compositor: %v", got, owner == low)
		}
	}
}

// pixel compares one pixel.
func (v *viewer) pixel(x, y int, want color.RGBA) {
	v.tb.Helper()
	if got := v.seen.RGBAAt(x, y); got != want {
		v.tb.Errorf("pixel %d,%d is %v, want %v", x, y, got, want)
	}
}

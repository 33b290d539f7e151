package capture_test

import (
	"bytes"
	"errors"
	"image"
	"strings"
	"testing"
	"time"

	"github.com/jezek/xgb/composite"
	"github.com/jezek/xgb/res"
	"github.com/jezek/xgb/xproto"

	"telestrator/capture"
	"telestrator/capture/capturetest"
)

// scribble is ink over the middle of a screen of 640x480.
var scribble = append(strokes(60, 9), image.Rect(60, 60, 500, 90), image.Rect(300, 20, 320, 470))

// applications starts a terminal in which typed text appears, and a dialog.
func applications(t *testing.T, d *capturetest.Display) {
	t.Helper()
	d.Start(t, "xterm", "-geometry", "40x10+20+20", "-e", "cat")
	d.Start(t, "zenity", "--info", "--text=hello")
	d.Run(t, "xdotool", "search", "--sync", "--onlyvisible", "--class", "xterm")
	d.Run(t, "xdotool", "search", "--sync", "--onlyvisible", "--class", "zenity", "windowmove", "250", "200")
	d.Run(t, "xdotool", "mousemove", "100", "80") // what is typed goes to the window below the pointer
	d.WaitStill(t)
}

// isWithout compares what was seen with the X server's own picture without the
// overlay.
func (v *viewer) isWithout(o *overlay, d *capturetest.Display) {
	v.tb.Helper()
	o.hide()
	v.is(d.Picture(v.tb))
	o.show()
}

// TestBeneath looks beneath the overlay at applications and the bare root,
// while they change.
func TestBeneath(t *testing.T) {
	t.Parallel()
	for _, screen := range []string{"640x480x24", "640x480x16", "640x480x30"} {
		t.Run(screen, func(t *testing.T) {
			t.Parallel()
			eachWay(t, func(t *testing.T, open func(*capturetest.Display) *viewer) {
				d := capturetest.StartXvfb(t, screen)
				d.Run(t, "xsetroot", "-mod", "5", "7", "-fg", "navy", "-bg", "gray")
				applications(t, d)
				v, o := open(d), newOverlay(t, d, image.Pt(640, 480))
				v.grab()
				v.beneath(o.windows()...)
				o.show()
				o.draw(scribble...)
				v.grab()
				v.isWithout(o, d)
				before := bytes.Clone(v.seen.Pix)
				d.Run(t, "xdotool", "type", "--delay", "1", "The quick brown fox")
				d.WaitStill(t)
				v.grab()
				v.isWithout(o, d)
				if bytes.Equal(v.seen.Pix, before) {
					t.Error("nothing was typed")
				}
				for _, place := range []string{"200", "450", "0"} {
					d.Run(t, "xdotool", "search", "--class", "xterm", "windowraise", "windowmove", "--sync", place, place)
				}
				d.WaitStill(t)
				v.grab()
				v.isWithout(o, d)
				d.Run(t, "xsetroot", "-solid", "brown")
				v.grab()
				v.isWithout(o, d)
			})
		})
	}
}

// TestBeneathManager moves windows with their frames below the pointer, which
// makes the server paint the screen without telling anybody.
func TestBeneathManager(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, open func(*capturetest.Display) *viewer) {
		capturetest.Require(t, "openbox")
		d := capturetest.StartXvfb(t, "640x480x24")
		d.Start(t, "openbox")
		applications(t, d)
		v, o := open(d), newOverlay(t, d, image.Pt(640, 480))
		v.beneath(o.windows()...)
		o.show()
		o.draw(scribble...)
		v.grab()
		for _, does := range [][]string{
			{"search", "--onlyvisible", "--class", "xterm", "windowmove", "--sync", "150", "60"},
			{"search", "--onlyvisible", "--class", "xterm", "windowactivate", "--sync"},
			{"search", "--onlyvisible", "--class", "xterm", "windowmove", "--sync", "50", "60"},
			{"search", "--onlyvisible", "--class", "zenity", "windowactivate", "--sync"},
			{"mousemove", "600", "400", "click", "3"}, // a menu
		} {
			d.Run(t, "xdotool", does...)
			d.WaitStill(t)
			v.grab()
			v.isWithout(o, d)
		}
	})
}

// TestBeneathStill draws and removes ink on a still screen. Pictures do not
// change by it, and nobody is woken when it is over.
func TestBeneathStill(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, open func(*capturetest.Display) *viewer) {
		d := capturetest.StartXvfb(t, "640x480x24")
		applications(t, d)
		v, o := open(d), newOverlay(t, d, image.Pt(640, 480))
		v.grab()
		before := bytes.Clone(v.seen.Pix)
		v.beneath(o.windows()...)
		for _, change := range []func(){o.show, func() { o.draw(scribble...) }, func() { o.draw(scribble[:20]...) }, func() { o.draw() }, o.hide, o.show} {
			change()
			v.grab()
			if !bytes.Equal(v.seen.Pix, before) {
				t.Fatal("the picture changed")
			}
		}
		v.rests(d)
		v.beneath()
		o.hide()
		v.grab()
		if !bytes.Equal(v.seen.Pix, before) {
			t.Fatal("the picture changed when all was over")
		}
		v.rests(d)
	})
}

// rests makes sure that nothing happens on a still screen.
func (v *viewer) rests(d *capturetest.Display) {
	v.tb.Helper()
	for quiet := false; !quiet; { // what the last grab caused may still come
		d.WaitStill(v.tb)
		quiet = len(v.source.Changed()) == 0
		v.drain()
		v.grab()
	}
	d.WaitStill(v.tb)
	before := wakeUps(v.tb, d.PID())
	select {
	case <-v.source.Changed():
		v.tb.Error("told of a change on a still screen")
	case <-time.After(500 * time.Millisecond):
	}
	if n := wakeUps(v.tb, d.PID()) - before; n > 5 {
		v.tb.Errorf("the X server was woken %d times in half a second", n)
	}
}

// TestBeneathWakes: what changes beneath the overlay alone wakes the caller.
func TestBeneathWakes(t *testing.T) {
	t.Parallel()
	d := capturetest.StartXvfb(t, "320x240x24")
	p, o := newPainter(t, d), newOverlay(t, d, image.Pt(320, 240))
	id := p.show(pane{area: image.Rect(10, 10, 200, 200), colour: 0x204060})
	source, err := capture.Open(d.Name())
	v := watch(t, source, err)
	v.beneath(o.windows()...)
	o.show()
	o.draw(image.Rect(20, 50, 180, 150))
	v.grab()
	v.rests(d)
	for name, change := range map[string]func(){
		"drawing":   func() { p.fill(id, image.Rect(30, 60, 50, 80), 0x607080) },
		"a shape":   func() { p.shape(id, image.Rect(0, 0, 190, 70), image.Rect(0, 80, 190, 190)) },
		"a window":  func() { p.show(pane{area: image.Rect(60, 60, 90, 90), colour: 0x406080}) },
		"a new ink": func() { o.draw(image.Rect(20, 50, 180, 151)) },
	} {
		v.drain()
		change()
		p.sync()
		v.wait()
		v.grab()
		t.Log(name)
		v.isWithout(o, d)
		v.grab()
		v.rests(d)
	}
}

func TestBeneathResize(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, open func(*capturetest.Display) *viewer) {
		d := capturetest.StartXvfb(t, "800x600x24")
		applications(t, d)
		v, o := open(d), newOverlay(t, d, image.Pt(800, 600))
		v.beneath(o.windows()...)
		o.show()
		o.draw(scribble...)
		for _, size := range []image.Point{{640, 480}, {333, 222}, {800, 600}} {
			d.Resize(t, size)
			for v.frame.Size != size {
				v.wait()
				v.grab()
			}
			d.WaitStill(t)
			v.grab()
			v.isWithout(o, d)
		}
	})
}

// TestBeneathFails: what a failed Grab took is not lost.
func TestBeneathFails(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, open func(*capturetest.Display) *viewer) {
		d := capturetest.StartXvfb(t, "320x240x24")
		p, o, v := newPainter(t, d), newOverlay(t, d, image.Pt(320, 240)), open(d)
		id := p.show(pane{area: image.Rect(10, 10, 200, 200), colour: 0x204060})
		v.beneath(o.windows()...)
		o.show()
		v.grab()
		p.fill(id, image.Rect(0, 0, 150, 150), 0x708090)
		o.draw(image.Rect(50, 50, 100, 100))
		capture.FailNext(v.source)
		if err := v.source.Grab(&v.frame); err == nil || errors.Is(err, capture.ErrGone) {
			t.Fatalf("Grab: %v", err)
		}
		v.wait()
		v.grab()
		v.isWithout(o, d)
	})
}

// TestBeneathEnds: afterwards windows have no pixels of their own any more, and
// all are in the picture.
func TestBeneathEnds(t *testing.T) {
	t.Parallel()
	d := capturetest.StartXvfb(t, "320x240x24")
	p, o := newPainter(t, d), newOverlay(t, d, image.Pt(320, 240))
	id := p.show(pane{area: image.Rect(10, 10, 200, 200), colour: 0x204060})
	source, err := capture.Open(d.Name())
	v := watch(t, source, err)
	own := func() bool {
		pixmap, _ := xproto.NewPixmapId(p.c)
		return composite.NameWindowPixmapChecked(p.c, id, pixmap).Check() == nil
	}
	v.beneath() // harmless
	v.grab()
	for range 3 {
		v.beneath(o.windows()...)
		o.show()
		v.grab()
		if !own() {
			t.Fatal("looking beneath gives windows no pixels of their own")
		}
		v.beneath()
		v.grab()
		v.same(d)
		if own() {
			t.Fatal("windows have pixels of their own")
		}
	}
}

// TestBeneathGivesBack: what the server keeps does not grow, with windows that
// come and go, new sizes, new ink and new beginnings.
func TestBeneathGivesBack(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, open func(*capturetest.Display) *viewer) {
		d := capturetest.StartXvfb(t, "320x240x24")
		p, o, v := newPainter(t, d), newOverlay(t, d, image.Pt(320, 240)), open(d)
		cycle := func(n int) {
			v.beneath(o.windows()...)
			o.show()
			v.grab()
			for i := range 5 {
				id := p.show(pane{area: image.Rect(10*i, 10, 10*i+100, 100), colour: 0x204060, alpha: i%2 == 0})
				o.draw(image.Rect(n, 0, n+100, 100), image.Rect(i, 9, i+30, 150))
				v.grab()
				p.shape(id, image.Rect(0, 0, 50, 50))
				v.grab()
				xproto.DestroyWindow(p.c, id)
			}
			d.Resize(t, image.Pt(320-n%2*100, 240))
			v.until("another size", func() bool { return v.frame.Size.X == 320-n%2*100 })
			v.beneath()
			o.hide()
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

// kept counts what the server keeps for all clients.
func (p *painter) kept() (n uint32) {
	p.tb.Helper()
	clients, err := res.QueryClients(p.c).Reply()
	if err != nil {
		p.tb.Fatal(err)
	}
	for _, c := range clients.Clients {
		held, err := res.QueryClientResources(p.c, c.ResourceBase).Reply()
		if err != nil {
			p.tb.Fatal(err)
		}
		for _, kind := range held.Types {
			n += kind.Count
		}
	}
	return n
}

func TestBeneathRefuses(t *testing.T) {
	t.Parallel()
	for _, extension := range []string{"Composite", "RENDER"} {
		d := capturetest.StartXvfb(t, "64x48x24", "-extension", extension)
		source, err := capture.Open(d.Name())
		v := watch(t, source, err)
		err = source.(capture.Beneath).Beneath([]uint32{77})
		if !errors.Is(err, capture.ErrUnsupported) || !strings.Contains(err.Error(), extension) {
			t.Errorf("without %s: %v", extension, err)
		}
		v.grab()
		v.same(d)
	}
}

func TestBeneathServerLost(t *testing.T) {
	t.Parallel()
	d := capturetest.StartXvfb(t, "64x48x24")
	source, err := capture.Open(d.Name())
	v := watch(t, source, err)
	v.beneath(77)
	v.grab()
	d.Stop()
	err = <-v.ended
	v.ended <- err
	if err := source.Grab(&v.frame); !errors.Is(err, capture.ErrGone) {
		t.Errorf("Grab: %v", err)
	}
	for _, windows := range [][]uint32{nil, {78}} {
		if err := source.(capture.Beneath).Beneath(windows); !errors.Is(err, capture.ErrGone) {
			t.Errorf("Beneath: %v", err)
		}
	}
}

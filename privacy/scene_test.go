package privacy

import (
	"context"
	"errors"
	"image"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"telestrator/capture/capturetest"
	"telestrator/privacy/atspi"
)

// scene is a screen whose windows are of a program that an oracle speaks for.
// Unlike screen it tells the Guard what has changed and no more.
type scene struct {
	*screen
	p    *painter
	o    *oracle
	last Picture // of the mirror
	news []image.Rectangle
}

// newScene starts a display, and a Guard that asks the oracle; none is no bus.
func newScene(t *testing.T, p Policy, o *oracle) *scene {
	t.Helper()
	open := func(string) (asker, error) { return o, nil }
	if o == nil {
		open = func(string) (asker, error) { return nil, errOracle }
	}
	return openScene(t, p, o, open)
}

// openScene is newScene with another way to open the bus.
func openScene(t *testing.T, p Policy, o *oracle, open func(string) (asker, error)) *scene {
	t.Helper()
	d := capturetest.StartXvfb(t, "320x200x24")
	g, err := Open(d.Name(), "oracle", p)
	if err != nil {
		t.Fatal(err)
	}
	g.fields.open = open
	ctx, stop := context.WithCancel(context.Background())
	s := &scene{screen: &screen{Display: d, t: t, g: g, c: d.Conn(t), ran: make(chan error, 1), stop: stop}, o: o}
	s.root = xproto.Setup(s.c).DefaultScreen(s.c).Root
	s.p = newPainter(t, s.c)
	go func() { s.ran <- g.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		<-s.ran
	})
	return s
}

// span goes through one span: something happens before the grab, and after it.
func (s *scene) span(before, after func()) *Picture {
	s.t.Helper()
	for {
		s.g.Begin()
		before()
		s.grab()
		after()
		whole := s.last.resize(s.m.size)
		damage := differ(nil, []image.Rectangle{s.m.bounds()}, s.m, &s.last)
		s.last.copy(s.m.bounds(), s.m)
		p, news, err := s.g.Release(s.m.pix, s.m.stride, s.m.size, damage, whole)
		if errors.Is(err, errNotRunning) {
			s.last = Picture{}
			s.wait()
			continue
		}
		if err != nil {
			s.t.Fatal(err)
		}
		s.check(p, news)
		s.news = news
		return p
	}
}

func nothing() {}

func (s *scene) release() *Picture { s.t.Helper(); return s.span(nothing, nothing) }

// until releases until the picture is as wanted.
func (s *scene) until(what string, wanted func(p *Picture) bool) *Picture {
	s.t.Helper()
	for end := time.Now().Add(patience); ; {
		p := s.release()
		if wanted(p) {
			return p
		}
		if time.Now().After(end) {
			s.t.Fatalf("not %s; masks %v, facts %+v", what, s.g.Masked(nil), s.g.Facts())
		}
		s.soon()
	}
}

// soon waits for Changed, or a little.
func (s *scene) soon() {
	select {
	case <-s.g.Changed():
	case <-time.After(20 * time.Millisecond):
	}
}

// untilAt releases until a pixel has a colour.
func (s *scene) untilAt(x, y int, colour uint32) *Picture {
	s.t.Helper()
	return s.until("as wanted at the pixel", func(p *Picture) bool { return at(p, x, y) == colour })
}

// quiet releases, whenever it is to, until nothing has happened for a while.
func (s *scene) quiet(while time.Duration) *Picture {
	s.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); {
		p := s.release()
		select {
		case <-s.g.Changed():
		case <-time.After(while):
			return p
		}
	}
	s.t.Fatal("Changed receives again and again though nothing happens")
	return nil
}

// state is what is known of a window.
func (s *scene) state(id xproto.Window) State {
	for _, w := range s.g.Facts().Windows {
		if w.ID == uint32(id) {
			return w.State
		}
	}
	return -1
}

// The form of the tests: a window with one secret field in it.
var (
	formArea  = image.Rect(20, 20, 220, 140)
	fieldArea = image.Rect(80, 60, 160, 80)
)

// form shows a window with the field, of which the oracle knows.
func (s *scene) form() (window, field xproto.Window) {
	s.t.Helper()
	s.o.frame("form", formArea)
	s.o.fields(fieldArea)
	window = s.p.create(pane{area: formArea, colour: green, title: "form"})
	field = s.field(window, fieldArea)
	xproto.MapWindow(s.c, window)
	s.p.sync()
	s.untilAt(30, 30, green)
	return window, field
}

// field puts a field on the screen, in a window at the form's place.
func (s *scene) field(window xproto.Window, area image.Rectangle) xproto.Window {
	return s.p.show(pane{area: area.Sub(formArea.Min), colour: secret, parent: window})
}

// paint fills an area of the screen that lies in the form's window.
func (s *scene) paint(window xproto.Window, area image.Rectangle, colour uint32) {
	s.t.Helper()
	gc, err := xproto.NewGcontextId(s.c)
	if err != nil {
		s.t.Fatal(err)
	}
	r := area.Sub(formArea.Min)
	xproto.CreateGC(s.c, gc, xproto.Drawable(window), xproto.GcForeground, []uint32{colour})
	xproto.PolyFillRectangle(s.c, xproto.Drawable(window), gc, []xproto.Rectangle{{X: int16(r.Min.X), Y: int16(r.Min.Y), Width: uint16(r.Dx()), Height: uint16(r.Dy())}})
	xproto.FreeGC(s.c, gc)
	s.p.sync()
}

// toolkit makes an oracle whose program is of some toolkit.
var gtk = func() *oracle { return newOracle(atspi.GTK3) }

var chromium = func() *oracle { return newOracle(atspi.Chromium) }

// vouched shows the form's window without a field, and waits until it is released
// and nothing happens any more.
func (s *scene) vouched() xproto.Window {
	s.t.Helper()
	s.o.frame("form", formArea)
	w := s.p.show(pane{area: formArea, colour: green, title: "form"})
	s.untilAt(30, 30, green)
	s.quiet(2 * settle)
	return w
}

// known waits until the model has understood a window.
func (s *scene) known(id xproto.Window) {
	s.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(time.Millisecond) {
		w := s.g.fields.windows
		w.mu.Lock()
		_, o := w.model.find(id)
		known := o != nil && o.mapped && o.state == certain
		w.mu.Unlock()
		if known {
			return
		}
	}
	s.t.Fatal("the window is not known")
}

// never releases for a while, in which a pixel must not have a colour.
func (s *scene) never(while time.Duration, x, y int, colour uint32) {
	s.t.Helper()
	for end := time.Now().Add(while); time.Now().Before(end); s.soon() {
		if at(s.release(), x, y) == colour {
			s.t.Fatalf("%06x is released at %d,%d", colour, x, y)
		}
	}
}

// woken releases when Changed receives, and then only, until a pixel has a colour.
func (s *scene) woken(x, y int, colour uint32) {
	s.t.Helper()
	for end := time.Now().Add(patience / 4); at(s.release(), x, y) != colour; s.wait() {
		if time.Now().After(end) {
			s.t.Fatalf("not %06x at %d,%d; facts %+v", colour, x, y, s.g.Facts())
		}
	}
}

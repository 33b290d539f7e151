package privacy

import (
	"image"
	"time"

	"github.com/jezek/xgb/xproto"

	"telestrator/privacy/atspi"
)

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

// empty opens the form without a field.
func (s *scene) empty() xproto.Window {
	s.t.Helper()
	s.o.frame("form", formArea)
	window := s.p.show(pane{area: formArea, colour: green, title: "form"})
	s.untilAt(30, 30, green)
	return window
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
	w := s.empty()
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

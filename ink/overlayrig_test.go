package ink

import (
	"context"
	"errors"
	"image"
	"image/color"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"telestrator/capture/capturetest"
)

const patience = 20 * time.Second // for anything that normally takes milliseconds

// stage is an overlay on an X server of its own, and a program with windows.
type stage struct {
	tb     testing.TB
	d      *capturetest.Display
	o      *Overlay
	c      *xgb.Conn // the program's
	root   xproto.Window
	cancel context.CancelFunc
	ended  chan error // Run's
	events chan xgb.Event
}

var errEnough = errors.New("enough")

// newStage opens an overlay and runs it.
func newStage(tb testing.TB, screen string) *stage {
	tb.Helper()
	return overlayOn(tb, capturetest.StartXvfb(tb, screen), "en")
}

func overlayOn(tb testing.TB, d *capturetest.Display, language string) *stage {
	tb.Helper()
	o, err := OpenOverlay(d.Name(), WordsFor(language))
	if err != nil {
		tb.Fatal(err)
	}
	s := &stage{tb: tb, d: d, o: o, c: d.Conn(tb), ended: make(chan error, 1), events: make(chan xgb.Event)}
	s.root = xproto.Setup(s.c).DefaultScreen(s.c).Root
	ctx, cancel := context.WithCancelCause(tb.Context())
	s.cancel = func() { cancel(errEnough) }
	go func() { s.ended <- o.Run(ctx) }()
	go s.listen(ctx)
	tb.Cleanup(func() { s.end() })
	return s
}

// listen hands the program's events to event.
func (s *stage) listen(ctx context.Context) {
	for {
		e, err := s.c.WaitForEvent()
		if e == nil && err == nil {
			return
		}
		select {
		case s.events <- e:
		case <-ctx.Done():
			return
		}
	}
}

// event waits for an event of the program.
func (s *stage) event() xgb.Event {
	s.tb.Helper()
	select {
	case e := <-s.events:
		return e
	case <-time.After(patience):
		s.tb.Fatal("no event")
		return nil
	}
}

// end ends Run and returns what it says. It may be repeated.
func (s *stage) end() error {
	s.tb.Helper()
	s.cancel()
	select {
	case err := <-s.ended:
		s.ended <- err
		return err
	case <-time.After(patience):
		s.tb.Fatal("Run does not end")
		return nil
	}
}

func (s *stage) sign(sign *Sign) {
	s.tb.Helper()
	if err := s.o.Sign(sign); err != nil {
		s.tb.Fatal(err)
	}
}

func (s *stage) ink(marks ...Mark) {
	s.tb.Helper()
	if err := s.o.Ink(marks); err != nil {
		s.tb.Fatal(err)
	}
}

// until waits for something that no event tells of.
func (s *stage) until(what string, true func() bool) {
	s.tb.Helper()
	for end := time.Now().Add(patience); !true(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			s.tb.Fatalf("not within %v: %s", patience, what)
		}
	}
}

// window makes and shows a window of one colour that no window manager touches.
func (s *stage) window(r image.Rectangle, colour uint32, events ...uint32) xproto.Window {
	s.tb.Helper()
	id, err := xproto.NewWindowId(s.c)
	if err != nil {
		s.tb.Fatal(err)
	}
	mask := uint32(0)
	for _, e := range events {
		mask |= e
	}
	xproto.CreateWindow(s.c, 0, id, s.root, int16(r.Min.X), int16(r.Min.Y), uint16(r.Dx()), uint16(r.Dy()), 0,
		xproto.WindowClassInputOutput, 0, xproto.CwBackPixel|xproto.CwOverrideRedirect|xproto.CwEventMask, []uint32{colour, 1, mask})
	xproto.MapWindow(s.c, id)
	s.c.Sync()
	return id
}

// pixel is what the server has on the screen at a place.
func (s *stage) pixel(at image.Point) uint32 {
	s.tb.Helper()
	got, err := xproto.GetImage(s.c, xproto.ImageFormatZPixmap, xproto.Drawable(s.root), int16(at.X), int16(at.Y), 1, 1, ^uint32(0)).Reply()
	if err != nil {
		s.tb.Fatal(err)
	}
	return xgb.Get32(got.Data) & 0xffffff
}

// wanted is a picture with marks, border and bar over it, as the sign has them
// on monitors; the first has the bar.
func (s *stage) wanted(before *image.RGBA, sign *Sign, marks []Mark, monitors ...image.Rectangle) *image.RGBA {
	img := image.NewRGBA(before.Rect)
	copy(img.Pix, before.Pix)
	for _, m := range marks {
		cover(img, m.Area, m.Colour)
	}
	for _, m := range monitors {
		cover(img, image.Rect(m.Min.X, m.Min.Y, m.Max.X, m.Min.Y+stripHeight), sign.accent())
		cover(img, image.Rect(m.Min.X, m.Max.Y-stripHeight, m.Max.X, m.Max.Y), sign.accent())
		cover(img, image.Rect(m.Min.X, m.Min.Y, m.Min.X+stripHeight, m.Max.Y), sign.accent())
		cover(img, image.Rect(m.Max.X-stripHeight, m.Min.Y, m.Max.X, m.Max.Y), sign.accent())
	}
	s.coverBar(img, sign, monitors[0])
	return img
}

// coverBar puts the bar where it belongs, but for its corners.
func (s *stage) coverBar(img *image.RGBA, sign *Sign, m image.Rectangle) {
	d, now := s.dress(), time.Now()
	l := d.layout(d.wants(*sign, now), m.Size())
	bar := d.paint(*sign, &l, now)
	left := m.Min.X + (m.Dx()-l.size.X)/2
	for _, r := range rounded(l.size, corner) {
		for y := r.Min.Y; y < r.Max.Y; y++ {
			for x := r.Min.X; x < r.Max.X; x++ {
				img.SetRGBA(left+x, m.Min.Y+y, bar.RGBAAt(x, y))
			}
		}
	}
}

// dress is one like the overlay's own.
func (s *stage) dress() *dress {
	s.tb.Helper()
	f, err := newFonts(100)
	if err != nil {
		s.tb.Fatal(err)
	}
	return &dress{s.o.bar.dress.words, f, 100}
}

func cover(img *image.RGBA, r image.Rectangle, colour uint32) {
	r = r.Intersect(img.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			img.SetRGBA(x, y, color.RGBA{uint8(colour >> 16), uint8(colour >> 8), uint8(colour), 255})
		}
	}
}

// looks waits until nothing moves, and compares the screen with want, pixel for
// pixel.
func (s *stage) looks(want *image.RGBA) {
	s.tb.Helper()
	s.d.WaitStill(s.tb)
	s.compare(want, s.d.Picture(s.tb))
}

// becomes waits until the screen looks like want.
func (s *stage) becomes(want *image.RGBA) {
	s.tb.Helper()
	got := s.d.Picture(s.tb)
	for end := time.Now().Add(patience); !changed(want, got).Empty() && time.Now().Before(end); {
		got = s.d.Picture(s.tb)
	}
	s.compare(want, got)
}

func (s *stage) compare(want, got *image.RGBA) {
	s.tb.Helper()
	if got.Rect != want.Rect {
		s.tb.Fatalf("the screen is %v, want %v", got.Rect, want.Rect)
	}
	wrong, first := 0, image.Point{}
	for i := range got.Pix {
		if got.Pix[i] != want.Pix[i] {
			if wrong == 0 {
				first = image.Pt(i/4%got.Rect.Dx(), i/4/got.Rect.Dx())
			}
			wrong++
		}
	}
	if wrong > 0 {
		s.tb.Errorf("%d bytes differ, first at %v: %v, want %v", wrong, first, got.RGBAAt(first.X, first.Y), want.RGBAAt(first.X, first.Y))
	}
}

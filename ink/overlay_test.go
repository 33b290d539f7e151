package ink

import (
	"errors"
	"image"
	"image/color"
	"math/bits"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"telestrator/capture/capturetest"
	"telestrator/protocol"
)

// crossing are marks that overlap, in several colours, some beyond the screen.
func crossing(size image.Point) []Mark {
	return []Mark{
		{image.Rect(40, 150, size.X-60, 154), 0xe53935},
		{image.Rect(100, 100, 104, size.Y+50), 0x43a047},
		{image.Rect(60, 152, 180, 170), 0x1e88e5},
		{image.Rect(-20, 180, 30, 190), 0xfdd835},
		{image.Rect(90, 140, 120, 151), 0},
	}
}

// seen is how a screen with so many bits of each colour shows a colour.
func seen(c color.RGBA, red, green, blue uint32) color.RGBA {
	through := func(v uint8, top uint32) uint8 {
		stored := (uint32(v)*top + 127) / 255
		return uint8((stored*255 + top/2) / top)
	}
	return color.RGBA{through(c.R, red), through(c.G, green), through(c.B, blue), c.A}
}

// TestExactly: marks, border and bar are on the screen where they belong and
// nowhere else, on screens of all depths, in both languages; taken off, they
// leave the screen as it was.
func TestExactly(t *testing.T) {
	for _, c := range []struct {
		screen, language string
		red, green, blue uint32
	}{
		{"640x480x24", "en", 255, 255, 255},
		{"640x480x24", "de", 255, 255, 255},
		{"640x480x16", "en", 31, 63, 31},
		{"640x480x30", "en", 1023, 1023, 1023},
		{"320x240x24", "de", 255, 255, 255},
	} {
		t.Run(c.screen+" "+c.language, func(t *testing.T) {
			t.Parallel()
			s := overlayOn(t, capturetest.StartXvfb(t, c.screen), c.language)
			s.window(image.Rect(20, 20, 250, 200), ^uint32(0))
			s.d.WaitStill(t)
			before := s.d.Picture(t)
			marks := crossing(before.Rect.Max)
			for _, sign := range signs() {
				s.sign(&sign)
				s.ink(marks...)
				want := s.wanted(before, &sign, marks, before.Rect)
				for i := range len(want.Pix) / 4 {
					x, y := i%want.Rect.Dx(), i/want.Rect.Dx()
					want.SetRGBA(x, y, seen(want.RGBAAt(x, y), c.red, c.green, c.blue))
				}
				s.looks(want)
			}
			s.sign(nil)
			s.looks(before)
			s.ink(marks...)
			s.looks(before)
		})
	}
}

// TestInkChanges: whatever set of marks follows another, the screen shows the
// last, and nothing of those before.
func TestInkChanges(t *testing.T) {
	t.Parallel()
	s := newStage(t, "640x480x24")
	s.window(image.Rect(20, 20, 600, 400), 0xffffff)
	s.d.WaitStill(t)
	before := s.d.Picture(t)
	sign := calmSign()
	s.sign(sign)
	all := crossing(before.Rect.Max)
	many := manyMarks(900)
	for _, marks := range [][]Mark{
		all, all[:2], all[1:], {all[2], all[0], all[1]}, nil, {{image.Rect(700, 700, 800, 800), 0xff}}, all[3:4],
		many, append(many[:300:300], many[500:]...), append(all, many...), many[1:], {{image.Rectangle{}, 0xff}}, many[:1],
	} {
		s.ink(marks...)
		s.becomes(s.wanted(before, sign, marks, before.Rect))
	}
}

// manyMarks are marks that lie apart.
func manyMarks(n int) (all []Mark) {
	for i := range n {
		at := image.Pt(10+i%30*19, 60+i/30*13)
		all = append(all, Mark{image.Rectangle{at, at.Add(image.Pt(11, 7))}, uint32(i * 0x01f3b5 & 0xffffff)})
	}
	return all
}

// TestClicks: through ink and border a click reaches what is below; the bar
// keeps it, and does not let it through to the root.
func TestClicks(t *testing.T) {
	t.Parallel()
	s := newStage(t, "640x480x24")
	s.window(image.Rect(0, 0, 640, 480), 0x808080, xproto.EventMaskButtonPress)
	xproto.ChangeWindowAttributes(s.c, s.root, xproto.CwEventMask, []uint32{xproto.EventMaskButtonPress})
	s.sign(calmSign())
	s.ink(Mark{image.Rect(300, 200, 340, 240), 0xe53935})
	for _, at := range []image.Point{{320, 220}, {1, 300}} {
		s.click(at)
		if got := s.press(); got != at {
			t.Errorf("a click on %v came at %v", at, got)
		}
	}
	end := s.o.controls.Load().end.Min.Add(s.o.bar.area.Min)
	s.click(end.Add(image.Pt(9, 9)))
	s.click(image.Pt(100, 400))
	if got := s.press(); got != image.Pt(100, 400) {
		t.Errorf("a click on the bar came at %v", got)
	}
	if got := s.o.Hit(end.Add(image.Pt(9, 9))); got != End {
		t.Errorf("that place is %v, want End", got)
	}
	s.sign(nil)
	if got := s.o.Hit(end); got != None {
		t.Errorf("without a bar that place is %v", got)
	}
}

// click clicks as a program does.
func (s *stage) click(at image.Point) {
	s.tb.Helper()
	s.d.Run(s.tb, "xdotool", "mousemove", strconv.Itoa(at.X), strconv.Itoa(at.Y), "click", "1")
}

// press waits for the next press that the program gets.
func (s *stage) press() image.Point {
	s.tb.Helper()
	for {
		if p, ok := s.event().(xproto.ButtonPressEvent); ok {
			return image.Pt(int(p.RootX), int(p.RootY))
		}
	}
}

// TestClock: the bar's clock goes on by itself.
func TestClock(t *testing.T) {
	t.Parallel()
	s := newStage(t, "640x480x24")
	sign := calmSign()
	sign.Since = time.Now().Add(-time.Minute + time.Second)
	s.sign(sign)
	first := s.d.Picture(t)
	clock := s.o.controls.Load().clock.Add(s.o.bar.area.Min)
	s.until("the clock goes on", func() bool {
		now := s.d.Picture(t)
		box := changed(first, now)
		if !box.Empty() && !box.In(clock) {
			t.Errorf("%v changed, the clock is %v", box, clock)
		}
		return !box.Empty()
	})
}

// TestEnds: however the overlay ends, nothing of it is left on the screen.
func TestEnds(t *testing.T) {
	t.Parallel()
	for how, end := range map[string]func(s *stage){
		"context": func(s *stage) { s.cancel() },
		"close":   func(s *stage) { s.o.Close() },
		"killed":  func(s *stage) { xproto.KillClient(s.c, s.o.Bar()) },
		"robbed":  func(s *stage) { xproto.DestroyWindow(s.c, xproto.Window(s.o.Bar())) },
	} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			s := newStage(t, "640x480x24")
			before := s.d.Picture(t)
			s.sign(calmSign())
			s.ink(crossing(before.Rect.Max)...)
			s.hidden(secrets()...)
			end(s)
			err := <-s.ended
			s.ended <- err
			if want := how == "close" || how == "killed"; errors.Is(err, ErrGone) != want || errors.Is(err, errEnough) != (how == "context") {
				t.Errorf("Run: %v", err)
			}
			s.until("a clean screen", func() bool { return changed(before, s.d.Picture(t)).Empty() })
			if err := s.o.Sign(calmSign()); !errors.Is(err, ErrGone) {
				t.Errorf("Sign: %v", err)
			}
			if err := s.o.Ink(nil); err != nil && !errors.Is(err, ErrGone) {
				t.Errorf("Ink: %v", err)
			}
			if err := s.o.Hidden(nil); err != nil && !errors.Is(err, ErrGone) {
				t.Errorf("Hidden: %v", err)
			}
		})
	}
}

// TestServerLost: a display that ends, ends Run.
func TestServerLost(t *testing.T) {
	t.Parallel()
	s := newStage(t, "320x240x24")
	s.sign(calmSign())
	s.d.Stop()
	if err := <-s.ended; !errors.Is(err, ErrGone) {
		t.Errorf("Run: %v", err)
	} else {
		s.ended <- err
	}
	if _, err := OpenOverlay(s.d.Name(), english); err == nil || !strings.Contains(err.Error(), s.d.Name()) {
		t.Errorf("opened a display without a server: %v", err)
	}
}

// TestSignBeforeRun: the sign is there before anybody runs the overlay.
func TestSignBeforeRun(t *testing.T) {
	t.Parallel()
	d := capturetest.StartXvfb(t, "320x240x24")
	before := d.Picture(t)
	o, err := OpenOverlay(d.Name(), english)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	if err := o.Sign(calmSign()); err != nil {
		t.Fatal(err)
	}
	if changed(before, d.Picture(t)).Empty() {
		t.Error("nothing is shown")
	}
}

// TestScreenLimit: the largest screens are drawn on, larger ones are refused.
func TestScreenLimit(t *testing.T) {
	t.Parallel()
	for size, want := range map[image.Point]bool{
		{1, 1}: true, {protocol.MaxSide, 1}: true, {protocol.MaxSide + 1, 1}: false, {1, protocol.MaxSide + 1}: false,
		{protocol.MaxSide, protocol.MaxArea / protocol.MaxSide}: true, {protocol.MaxSide, protocol.MaxArea/protocol.MaxSide + 1}: false,
	} {
		if err := checkSize(size); (err == nil) != want {
			t.Errorf("%v: %v", size, err)
		}
	}
}

// TestSmallestScreens: on screens with no room for anything nothing fails.
func TestSmallestScreens(t *testing.T) {
	t.Parallel()
	for _, screen := range []string{"1x1x24", "7x3x24", "80x60x16"} {
		s := newStage(t, screen)
		for _, sign := range signs() {
			s.sign(&sign)
			s.ink(crossing(image.Pt(100, 100))...)
			s.hidden(image.Rect(0, 0, 100, 100))
		}
		if got := s.o.Hit(s.o.bar.area.Max.Sub(image.Pt(1, 1))); got != End {
			t.Errorf("%s: the last place of the bar is %v", screen, got)
		}
		s.sign(nil)
		s.end()
	}
}

// TestPixels: every format keeps black, white and the order of values.
func TestPixels(t *testing.T) {
	t.Parallel()
	for _, masks := range [][3]uint32{{0xff0000, 0xff00, 0xff}, {0xff, 0xff00, 0xff0000}, {0xf800, 0x7e0, 0x1f}, {0x3ff00000, 0xffc00, 0x3ff}} {
		p := pixels{red: newChannel(masks[0]), green: newChannel(masks[1]), blue: newChannel(masks[2])}
		if got := p.of(0xffffff); got != masks[0]|masks[1]|masks[2] || p.of(0) != 0 {
			t.Errorf("%x: white is %x, black %x", masks, got, p.of(0))
		}
		last := uint32(0)
		for v := range uint32(256) {
			got := p.of(v<<8) >> bits.TrailingZeros32(masks[1])
			if got < last {
				t.Errorf("%x: green %d is darker than %d", masks, v, v-1)
			}
			last = got
		}
	}
}

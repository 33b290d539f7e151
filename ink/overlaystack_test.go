package ink

import (
	"image"
	"slices"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"telestrator/capture/capturetest"
)

// onTop says whether outlines, ink, border and bar are the highest windows, in
// this order.
func (s *stage) onTop() bool {
	s.tb.Helper()
	tree, err := xproto.QueryTree(s.c, s.root).Reply()
	if err != nil {
		s.tb.Fatal(err)
	}
	var top []uint32
	for _, w := range tree.Children[max(0, len(tree.Children)-4):] {
		top = append(top, uint32(w))
	}
	return slices.Equal(top, s.o.Windows())
}

// TestOnTop: whatever is shown, raised or brought to the root later, the
// overlay is above it, and looks as before.
func TestOnTop(t *testing.T) {
	t.Parallel()
	s := newStage(t, "640x480x24")
	everything := image.Rect(0, 0, 640, 480)
	sign, marks := calmSign(), crossing(everything.Max)
	all := slices.Concat(outlined(everything, secrets()...), marks)
	show := func() {
		s.sign(sign)
		s.hidden(secrets()...)
		s.ink(marks...)
	}
	show()
	for what, act := range map[string]func(){
		"full screen": func() { s.window(everything, 0x102030) },
		"menu":        func() { s.window(image.Rect(80, 90, 300, 300), 0xe0e0e0) },
		"raised": func() {
			w := s.window(everything, 0x405060)
			s.until("the window is there", s.onTop)
			xproto.ConfigureWindow(s.c, w, xproto.ConfigWindowStackMode, []uint32{xproto.StackModeAbove})
		},
		"circulated": func() {
			s.window(everything, 0x112233)
			s.until("the window is there", s.onTop)
			xproto.CirculateWindow(s.c, xproto.CirculateRaiseLowest, s.root)
		},
		"brought to the root": func() {
			outer := s.window(image.Rect(0, 0, 50, 50), 0x777777)
			xproto.ReparentWindow(s.c, s.window(everything, 0x654321), outer, 0, 0)
			s.c.Sync()
			tree, _ := xproto.QueryTree(s.c, outer).Reply()
			xproto.ReparentWindow(s.c, tree.Children[0], s.root, 0, 0)
		},
		"above the outlines alone": func() { s.above(0) },
		"above the ink alone":      func() { s.above(1) },
	} {
		act()
		s.c.Sync()
		s.until(what+": the overlay is on top", s.onTop)
		s.sign(nil)
		below := s.d.Picture(t)
		show()
		s.until(what+": the overlay is on top again", s.onTop)
		s.looks(s.wanted(below, sign, all, everything))
	}
}

// above shows a window just above one of ours.
func (s *stage) above(which int) {
	w := s.window(image.Rect(0, 0, 640, 480), 0x888888)
	s.until("the window is there", s.onTop)
	xproto.ConfigureWindow(s.c, w, xproto.ConfigWindowSibling|xproto.ConfigWindowStackMode, []uint32{s.o.Windows()[which], xproto.StackModeAbove})
}

// TestUntouched: a menu that is shown over the ink and closed again leaves it
// whole, without anybody drawing it anew.
func TestUntouched(t *testing.T) {
	t.Parallel()
	s := newStage(t, "640x480x24")
	everything := image.Rect(0, 0, 640, 480)
	s.window(everything, 0x506070)
	before := s.d.Picture(t)
	sign, marks := calmSign(), crossing(everything.Max)
	s.sign(sign)
	s.hidden(secrets()...)
	s.ink(marks...)
	marks = slices.Concat(outlined(everything, secrets()...), marks)
	for range 10 {
		menu := s.window(image.Rect(30, 30, 400, 300), 0xe0e0e0)
		xproto.UnmapWindow(s.c, menu)
		s.c.Sync()
	}
	s.until("the overlay is on top", s.onTop)
	s.looks(s.wanted(before, sign, marks, everything))
}

// TestDisturbed: what others do to our windows does not last.
func TestDisturbed(t *testing.T) {
	t.Parallel()
	s := newStage(t, "640x480x24")
	before := s.d.Picture(t)
	sign, marks := calmSign(), crossing(before.Rect.Max)
	s.sign(sign)
	s.ink(marks...)
	s.hidden(secrets()...)
	want := s.wanted(before, sign, slices.Concat(outlined(before.Rect, secrets()...), marks), before.Rect)
	for _, w := range s.o.Windows() {
		id := xproto.Window(w)
		xproto.UnmapWindow(s.c, id)
		s.c.Sync()
		s.becomes(want)
		xproto.ConfigureWindow(s.c, id, xproto.ConfigWindowX|xproto.ConfigWindowWidth, []uint32{90, 200})
		s.c.Sync()
		s.becomes(want)
	}
}

// TestWar: another program that puts itself on top whenever it is covered is
// answered, but ever more slowly; when it gives up the overlay is on top.
func TestWar(t *testing.T) {
	t.Parallel()
	s := newStage(t, "640x480x24")
	s.sign(calmSign())
	s.ink(crossing(image.Pt(640, 480))...)
	s.hidden(secrets()...)
	enemy := s.window(image.Rect(0, 0, 640, 480), 0x102030, xproto.EventMaskVisibilityChange)
	const raises = 10
	began := time.Now()
	for n := 0; n < raises; {
		if v, ok := s.event().(xproto.VisibilityNotifyEvent); ok && v.State != xproto.VisibilityUnobscured {
			xproto.ConfigureWindow(s.c, enemy, xproto.ConfigWindowStackMode, []uint32{xproto.StackModeAbove})
			n++
		}
	}
	least, pause := time.Duration(0), shortestPause
	for range raises - 2 { // the first answer comes at once, and the last raise may be unanswered
		least += pause
		pause = min(2*pause, longestPause)
	}
	if took := time.Since(began); took < least {
		t.Errorf("%d answers within %v, at least %v are wanted", raises, took, least)
	}
	s.until("the overlay is on top", s.onTop)
}

// TestPace: answers to a war back off; calm, or an answer without effect, make
// the next come soon.
func TestPace(t *testing.T) {
	t.Parallel()
	var p pace
	now := time.Now()
	if p.due().After(now) {
		t.Error("the first answer waits")
	}
	p.note(now, false)
	want := shortestPause
	for range 8 {
		if got := p.due().Sub(now); got != want {
			t.Errorf("an answer after %v, want %v", got, want)
		}
		now = p.due()
		p.note(now, true)
		want = min(2*want, longestPause)
	}
	for _, c := range []struct {
		after     time.Duration
		effective bool
		want      time.Duration
	}{
		{calm - 1, true, longestPause}, {calm, true, shortestPause}, {shortestPause, true, 2 * shortestPause}, {shortestPause, false, shortestPause},
	} {
		now = now.Add(c.after)
		if p.note(now, c.effective); p.pause != c.want {
			t.Errorf("%+v: a pause of %v", c, p.pause)
		}
	}
}

// TestResize: border, bar and ink fit the screen after its size or monitors
// changed.
func TestResize(t *testing.T) {
	t.Parallel()
	s := newStage(t, "800x600x24")
	sign, marks := calmSign(), crossing(image.Pt(640, 480))
	s.sign(sign)
	s.ink(marks...)
	fits := func(monitors ...image.Rectangle) {
		t.Helper()
		s.d.WaitStill(t)
		black := image.NewRGBA(s.d.Picture(t).Rect)
		cover(black, black.Rect, 0)
		s.looks(s.wanted(black, sign, marks, monitors...))
	}
	fits(image.Rect(0, 0, 800, 600))
	s.d.Resize(t, image.Pt(640, 480))
	fits(image.Rect(0, 0, 640, 480))
	s.d.Resize(t, image.Pt(320, 240))
	fits(image.Rect(0, 0, 320, 240))
	s.d.Resize(t, image.Pt(800, 600))
	fits(image.Rect(0, 0, 800, 600))
	s.d.Run(t, "xrandr", "--setmonitor", "right", "400/100x600/100+400+0", "screen")
	s.d.Run(t, "xrandr", "--setmonitor", "left", "400/100x600/100+0+0", "none")
	fits(image.Rect(400, 0, 800, 600), image.Rect(0, 0, 400, 600))
}

// TestDesktop: over a real window manager with real programs, the overlay is
// there, and gone again without a trace.
func TestDesktop(t *testing.T) {
	t.Parallel()
	capturetest.Require(t, "openbox", "xterm", "zenity")
	d := capturetest.StartXvfb(t, "800x600x24")
	d.Start(t, "openbox")
	d.Start(t, "xterm", "-geometry", "60x20+10+60", "-e", "seq 20; cat")
	d.Start(t, "zenity", "--info", "--text", "Hello")
	s := overlayOn(t, d, "en")
	d.Run(t, "xdotool", "search", "--sync", "--onlyvisible", "--class", "xterm")
	d.Run(t, "xdotool", "search", "--sync", "--onlyvisible", "--class", "zenity")
	d.WaitStill(t)
	before := d.Picture(t)
	sign, marks := calmSign(), crossing(before.Rect.Max)
	s.sign(sign)
	s.ink(marks...)
	s.hidden(secrets()...)
	s.until("the overlay is on top", s.onTop)
	s.looks(s.wanted(before, sign, slices.Concat(outlined(before.Rect, secrets()...), marks), before.Rect))
	d.Run(t, "xdotool", "search", "--class", "zenity", "windowraise")
	s.until("the overlay is on top", s.onTop)
	s.sign(nil)
	d.WaitStill(t)
	s.looks(before)
}

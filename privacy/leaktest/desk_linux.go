package leaktest

import (
	"image"
	"io"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// desk moves windows about, as a user does with the window manager.
type desk struct {
	tb testing.TB
	c  *xgb.Conn
}

const (
	dragSteps = 14                    // of a movement
	dragEvery = 16 * time.Millisecond // between two of them
)

func newDesk(tb testing.TB, display string) desk {
	tb.Helper()
	xgb.Logger.SetOutput(io.Discard) // the error says the same
	c, err := xgb.NewConnDisplay(display)
	if err != nil {
		tb.Fatalf("leaktest: %v", err)
	}
	tb.Cleanup(c.Close)
	return desk{tb, c}
}

// drag moves a window to a place, step by step.
func (d desk) drag(w xproto.Window, to image.Point) {
	d.tb.Helper()
	d.step(w, xproto.ConfigWindowX|xproto.ConfigWindowY, d.area(w).Min, to)
}

// size gives a window another size, step by step.
func (d desk) size(w xproto.Window, to image.Point) {
	d.tb.Helper()
	d.step(w, xproto.ConfigWindowWidth|xproto.ConfigWindowHeight, d.area(w).Size(), to)
}

func (d desk) step(w xproto.Window, what uint16, from, to image.Point) {
	d.tb.Helper()
	for i := 1; i <= dragSteps; i++ {
		at := from.Add(to.Sub(from).Mul(i).Div(dragSteps))
		d.configure(w, what, uint32(at.X), uint32(at.Y))
		time.Sleep(dragEvery)
	}
}

// obscure brings a window over others, moves it there, and lowers it.
func (d desk) obscure(w xproto.Window, rnd *rand.Rand) {
	d.tb.Helper()
	d.configure(w, xproto.ConfigWindowStackMode, xproto.StackModeAbove)
	time.Sleep(time.Duration(rnd.IntN(200)) * time.Millisecond)
	for range 2 {
		d.drag(w, image.Pt(rnd.IntN(500), rnd.IntN(400)))
	}
	d.configure(w, xproto.ConfigWindowStackMode, xproto.StackModeBelow)
}

func (d desk) configure(w xproto.Window, what uint16, values ...uint32) {
	d.tb.Helper()
	if err := xproto.ConfigureWindowChecked(d.c, w, what, values).Check(); err != nil {
		d.tb.Fatalf("leaktest: window %d: %v", w, err)
	}
}

// area is where a window is on the screen.
func (d desk) area(w xproto.Window) image.Rectangle {
	d.tb.Helper()
	size, err := xproto.GetGeometry(d.c, xproto.Drawable(w)).Reply()
	if err != nil {
		d.tb.Fatalf("leaktest: window %d: %v", w, err)
	}
	at, err := xproto.TranslateCoordinates(d.c, w, size.Root, 0, 0).Reply()
	if err != nil {
		d.tb.Fatalf("leaktest: window %d: %v", w, err)
	}
	area := image.Rect(0, 0, int(size.Width), int(size.Height))
	return area.Add(image.Pt(int(at.DstX), int(at.DstY)))
}

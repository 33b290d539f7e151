package capture_test

import (
	"image"
	"testing"

	"github.com/jezek/xgb/xfixes"
	"github.com/jezek/xgb/xproto"

	"telestrator/capture"
	"telestrator/capture/capturetest"
)

// until grabs after each change until ok.
func (v *viewer) until(what string, ok func() bool) {
	v.tb.Helper()
	for v.grab(); !ok(); v.grab() {
		v.tb.Logf("waiting for %s", what)
		v.wait()
	}
}

// TestCursor: position and shape are told, wake the caller, and are no part of
// the picture.
func TestCursor(t *testing.T) {
	t.Parallel()
	eachWay(t, func(t *testing.T, open func(*capturetest.Display) *viewer) {
		d := desk(t, "640x480x24")
		v := open(d)
		d.Run(t, "xdotool", "mousemove", "600", "400")
		v.until("600,400", func() bool { return v.cursor.Pos == image.Pt(600, 400) })
		d.WaitStill(t) // terminals draw their own cursor differently without the pointer
		v.grab()
		v.same(d)
		root := v.cursor.Serial
		d.Run(t, "xdotool", "mousemove", "100", "80") // into the terminal
		v.until("100,80", func() bool { return v.cursor.Pos == image.Pt(100, 80) })
		v.until("a new shape", func() bool { return v.cursor.Serial != root })
		d.WaitStill(t)
		v.grab()
		v.same(d)
		v.shapeIs(d)
		v.grab()
		if v.frame.Cursor != nil {
			t.Errorf("told of a cursor that did not change: %v", v.frame.Cursor.Pos)
		}
		d.Run(t, "xdotool", "mousemove", "0", "0")
		v.until("the root's shape", func() bool { return v.cursor.Serial == root })
		v.shapeIs(d)
	})
}

// shapeIs compares the cursor's shape with what xgb says of it.
func (v *viewer) shapeIs(d *capturetest.Display) {
	v.tb.Helper()
	c := d.Conn(v.tb)
	ext, err := xproto.QueryExtension(c, 6, "XFIXES").Reply()
	if err != nil {
		v.tb.Fatal(err)
	}
	c.Extensions["XFIXES"] = ext.MajorOpcode // not Init, which races with other connections
	if _, err := xfixes.QueryVersion(c, 4, 0).Reply(); err != nil {
		v.tb.Fatal(err)
	}
	want, err := xfixes.GetCursorImage(c).Reply()
	if err != nil {
		v.tb.Fatal(err)
	}
	got := v.cursor
	if got.Serial != want.CursorSerial || got.Size != image.Pt(int(want.Width), int(want.Height)) || got.Hot != image.Pt(int(want.Xhot), int(want.Yhot)) {
		v.tb.Fatalf("cursor %d %v %v, want %d %dx%d", got.Serial, got.Size, got.Hot, want.CursorSerial, want.Width, want.Height)
	}
	for i, argb := range want.CursorImage {
		p := got.Pix[4*i:]
		alpha := argb >> 24
		if uint32(p[3]) != alpha || alpha == 255 && (uint32(p[0]) != argb>>16&255 || uint32(p[1]) != argb>>8&255 || uint32(p[2]) != argb&255) {
			v.tb.Fatalf("pixel %d of the cursor is %v, want %08x", i, p[:4], argb)
		}
	}
}

// TestCursorAtFirstGrab: the first Grab tells of the cursor wherever it is.
func TestCursorAtFirstGrab(t *testing.T) {
	t.Parallel()
	d := desk(t, "320x240x24")
	d.Run(t, "xdotool", "mousemove", "0", "0")
	source, err := capture.Open(d.Name())
	v := watch(t, source, err)
	v.grab()
	if v.cursor == nil || v.cursor.Pos != (image.Point{}) || v.cursor.Pix == nil {
		t.Errorf("cursor %+v", v.cursor)
	}
}

// TestPointerWakes: the pointer's movement alone, over nothing that would
// react to it, wakes the caller: displaced by a program, and moved by a device.
func TestPointerWakes(t *testing.T) {
	t.Parallel()
	d := capturetest.StartXvfb(t, "320x240x24")
	source, err := capture.Open(d.Name())
	v := watch(t, source, err)
	for i, move := range []struct {
		by, x, y string
		to       image.Point
	}{
		{"mousemove", "10", "20", image.Pt(10, 20)},
		{"mousemove", "31", "41", image.Pt(31, 41)},
		{"mousemove_relative", "5", "6", image.Pt(36, 47)},
	} {
		v.until("rest", func() bool { return len(v.frame.Damage) == 0 && len(v.source.Changed()) == 0 })
		d.Run(t, "xdotool", move.by, move.x, move.y)
		v.wait()
		v.grab()
		if v.cursor.Pos != move.to || len(v.frame.Damage) > 0 {
			t.Errorf("move %d: cursor %v, damage %v", i, v.cursor.Pos, v.frame.Damage)
		}
	}
}

// TestPointerWakesOverBusyWindow: a window whose owner takes all movement for
// itself does not hide that a device moves the pointer.
func TestPointerWakesOverBusyWindow(t *testing.T) {
	t.Parallel()
	d := capturetest.StartXvfb(t, "320x240x24")
	c := d.Conn(t)
	root := xproto.Setup(c).DefaultScreen(c).Root
	window, err := xproto.NewWindowId(c)
	if err != nil {
		t.Fatal(err)
	}
	xproto.CreateWindow(c, 0, window, root, 0, 0, 320, 240, 0, xproto.WindowClassInputOutput, 0,
		xproto.CwEventMask, []uint32{xproto.EventMaskPointerMotion})
	xproto.MapWindow(c, window)
	c.Sync()
	source, err := capture.Open(d.Name())
	v := watch(t, source, err)
	v.until("rest", func() bool { return len(v.frame.Damage) == 0 && len(v.source.Changed()) == 0 })
	before := v.cursor.Pos
	d.Run(t, "xdotool", "mousemove_relative", "5", "6")
	v.wait()
	v.grab()
	if v.cursor.Pos != before.Add(image.Pt(5, 6)) {
		t.Errorf("from %v to %v", before, v.cursor.Pos)
	}
}

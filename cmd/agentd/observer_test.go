package main

import (
	"image"
	"image/draw"
	"strings"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"telestrator/capture/capturetest"
)

// observer looks at a display from the side: what is pressed, and which of our
// windows are on it.
type observer struct {
	t    testing.TB
	x    *xgb.Conn
	root xproto.Window
}

func observe(t testing.TB, display *capturetest.Display) *observer {
	t.Helper()
	return observeName(t, display.Name())
}

func observeName(t testing.TB, name string) *observer {
	t.Helper()
	x, err := xgb.NewConnDisplay(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(x.Close)
	return &observer{t, x, xproto.Setup(x).DefaultScreen(x).Root}
}

// pressed says whether any key or button is down.
func (o *observer) pressed() bool {
	o.t.Helper()
	keys, err := xproto.QueryKeymap(o.x).Reply()
	if err != nil {
		o.t.Fatal(err)
	}
	for _, bits := range keys.Keys {
		if bits != 0 {
			return true
		}
	}
	const buttons = xproto.KeyButMaskButton1 | xproto.KeyButMaskButton2 | xproto.KeyButMaskButton3
	return o.pointer().Mask&buttons != 0
}

func (o *observer) pointer() *xproto.QueryPointerReply {
	o.t.Helper()
	p, err := xproto.QueryPointer(o.x, o.root).Reply()
	if err != nil {
		o.t.Fatal(err)
	}
	return p
}

// at is where the pointer is.
func (o *observer) at() image.Point {
	p := o.pointer()
	return image.Pt(int(p.RootX), int(p.RootY))
}

// shown says whether one of our windows is on the screen: "ink", "border" or
// "bar"; any of them for "".
func (o *observer) shown(which string) bool { return !o.place(which).Empty() }

// place is where one of our windows is on the screen; empty without it.
func (o *observer) place(which string) image.Rectangle {
	o.t.Helper()
	tree, err := xproto.QueryTree(o.x, o.root).Reply()
	if err != nil {
		o.t.Fatal(err)
	}
	for _, w := range tree.Children {
		name, err := xproto.GetProperty(o.x, false, w, xproto.AtomWmName, xproto.GetPropertyTypeAny, 0, 64).Reply()
		if err != nil || !strings.HasPrefix(string(name.Value), "Telestrator "+which) {
			continue
		}
		a, err := xproto.GetWindowAttributes(o.x, w).Reply()
		if err != nil || a.MapState != xproto.MapStateViewable {
			continue
		}
		if g, err := xproto.GetGeometry(o.x, xproto.Drawable(w)).Reply(); err == nil {
			return image.Rect(int(g.X), int(g.Y), int(g.X)+int(g.Width), int(g.Y)+int(g.Height))
		}
	}
	return image.Rectangle{}
}

// managed says whether a window manager is at work.
func (o *observer) managed() bool {
	o.t.Helper()
	const name = "_NET_SUPPORTING_WM_CHECK"
	atom, err := xproto.InternAtom(o.x, false, uint16(len(name)), name).Reply()
	if err != nil {
		o.t.Fatal(err)
	}
	p, err := xproto.GetProperty(o.x, false, o.root, atom.Atom, xproto.GetPropertyTypeAny, 0, 1).Reply()
	return err == nil && p.ValueLen > 0
}

// alone waits until nothing of ours is on the screen.
func (o *observer) alone() {
	o.t.Helper()
	wait(o.t, "clear of ours", func() bool { return !o.shown("") })
}

// beside is a picture with black where border and bar are, which no picture of
// the device's has.
func (o *observer) beside(picture image.Image) image.Image {
	o.t.Helper()
	const border = 6 // at least
	all := picture.Bounds()
	dst := image.NewRGBA(all)
	draw.Draw(dst, all.Inset(border), picture, all.Min.Add(image.Pt(border, border)), draw.Src)
	draw.Draw(dst, o.place("bar"), image.Black, image.Point{}, draw.Src)
	return dst
}

// picture is the whole screen as its user sees it.
func (o *observer) picture() *image.RGBA {
	o.t.Helper()
	s := xproto.Setup(o.x).DefaultScreen(o.x)
	img, err := xproto.GetImage(o.x, xproto.ImageFormatZPixmap, xproto.Drawable(o.root), 0, 0,
		s.WidthInPixels, s.HeightInPixels, 0xffffffff).Reply()
	if err != nil {
		o.t.Fatal(err)
	}
	dst := image.NewRGBA(image.Rect(0, 0, int(s.WidthInPixels), int(s.HeightInPixels)))
	for i := 0; i < len(dst.Pix); i += 4 {
		dst.Pix[i], dst.Pix[i+1], dst.Pix[i+2], dst.Pix[i+3] = img.Data[i+2], img.Data[i+1], img.Data[i], 255
	}
	return dst
}

// pixel is the colour on the screen, 0xRRGGBB.
func (o *observer) pixel(x, y int) uint32 {
	o.t.Helper()
	img, err := xproto.GetImage(o.x, xproto.ImageFormatZPixmap, xproto.Drawable(o.root), int16(x), int16(y), 1, 1, 0xffffffff).Reply()
	if err != nil {
		o.t.Fatal(err)
	}
	return uint32(img.Data[2])<<16 | uint32(img.Data[1])<<8 | uint32(img.Data[0])
}

// wait polls until something is so, and returns how long it took.
func wait(t testing.TB, what string, is func() bool) time.Duration {
	t.Helper()
	began := time.Now()
	for !is() {
		if time.Since(began) > patience {
			t.Fatalf("not %s in %v", what, patience)
		}
		time.Sleep(time.Millisecond)
	}
	return time.Since(began)
}

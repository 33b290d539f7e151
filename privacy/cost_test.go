package privacy

import (
	"image"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"telestrator/capture/capturetest"
	"telestrator/privacy/atspi"
)

// BenchmarkRelease is a release of what one window shows whose program is asked,
// and, to compare, of a screen without windows.
func BenchmarkRelease(b *testing.B) {
	for name, area := range map[string]image.Rectangle{"Small": image.Rect(400, 500, 432, 520), "Full": {Max: hd}} {
		b.Run("Fixed"+name, func(b *testing.B) {
			benchChange(b, fixed(b, Policy{Unknown: Allow}), area)
		})
		for toolkit, name1 := range map[atspi.Toolkit]string{atspi.GTK3: "GTK", atspi.Chromium: "Chromium"} {
			b.Run(name1+name, func(b *testing.B) { benchChange(b, tracked(b, toolkit), area) })
		}
	}
}

// tracked is a Guard with one window over all of the screen, with a field in it.
func tracked(b *testing.B, toolkit atspi.Toolkit) *Guard {
	b.Helper()
	d := capturetest.StartXvfb(b, "1920x1080x24")
	g, err := Open(d.Name(), "oracle", Policy{})
	if err != nil {
		b.Fatal(err)
	}
	o := newOracle(toolkit)
	o.frame("form", image.Rectangle{Max: hd})
	o.fields(image.Rect(1000, 200, 1200, 230))
	g.fields.open = func(string) (asker, error) { return o, nil }
	p := newPainter(b, d.Conn(b))
	xproto.MapWindow(p.c, p.create(pane{area: image.Rectangle{Max: hd}, colour: green, title: "form"}))
	p.sync()
	go g.Run(b.Context())
	m := newMirror(hd)
	for end := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		g.Begin()
		if pic, _, err := g.Release(m.pix, m.stride, m.size, []image.Rectangle{{Max: hd}}, false); err == nil && at(pic, 10, 10) == 0 {
			return g
		}
		if time.Now().After(end) {
			b.Fatal("the window is not shown")
		}
	}
}

// benchChange releases an area that changes each time.
func benchChange(b *testing.B, g *Guard, area image.Rectangle) {
	b.Helper()
	m := newMirror(hd)
	damage := []image.Rectangle{area}
	b.ReportAllocs()
	for i := uint32(0); b.Loop(); i++ {
		for y := area.Min.Y; y < area.Max.Y; y += 16 {
			for x := area.Min.X; x < area.Max.X; x += 16 {
				le.PutUint32(m.pix[y*m.stride+4*x:], i)
			}
		}
		g.Begin()
		if _, _, err := g.Release(m.pix, m.stride, m.size, damage, i == 0); err != nil {
			b.Fatal(err)
		}
	}
}

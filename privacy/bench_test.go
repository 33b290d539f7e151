package privacy

import (
	"context"
	"errors"
	"image"
	"testing"

	"telestrator/capture/capturetest"
)

// hd is the screen of the benchmarks.
var hd = image.Pt(1920, 1080)

func BenchmarkMemcpy1080p(b *testing.B) {
	src, dst := make([]byte, 4*hd.X*hd.Y), make([]byte, 4*hd.X*hd.Y)
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		copy(dst, src)
	}
}

func BenchmarkReleaseFull1080p(b *testing.B) { benchRelease(b, image.Rectangle{Max: hd}) }

func BenchmarkReleaseTyping(b *testing.B) { benchRelease(b, image.Rect(400, 500, 410, 520)) }

func BenchmarkReleaseUnderMask(b *testing.B) { benchRelease(b, image.Rect(110, 110, 120, 130)) }

// benchRelease releases the same damage again and again, with two masks.
func benchRelease(b *testing.B, damage image.Rectangle) {
	g := fixed(b, Policy{Unknown: Allow, Rects: []image.Rectangle{
		image.Rect(100, 100, 500, 400), image.Rect(1000, 200, 1400, 240),
	}})
	m := mirror{make([]byte, 4*hd.X*hd.Y), 4 * hd.X, hd}
	release(b, g, m, nil, true)
	list := []image.Rectangle{damage}
	b.SetBytes(int64(4 * damage.Dx() * damage.Dy()))
	b.ReportAllocs()
	for b.Loop() {
		release(b, g, m, list, false)
	}
}

// BenchmarkReleaseOnDisplay is a release of a few pixels with everything that a
// display adds: the round trip, and fifty windows, some of them hidden.
func BenchmarkReleaseOnDisplay(b *testing.B) {
	d := capturetest.StartXvfb(b, "1920x1080x24")
	g, err := Open(d.Name(), "", vault)
	if err != nil {
		b.Fatal(err)
	}
	p := newPainter(b, d.Conn(b))
	for i := range 50 {
		p.show(pane{area: image.Rect(30*i, 10*i, 30*i+200, 10*i+200), title: []string{"open", "secret"}[i%10/9]})
	}
	ctx, stop := context.WithCancel(context.Background())
	ran := make(chan error, 1)
	go func() { ran <- g.Run(ctx) }()
	defer func() { stop(); <-ran }()
	m := mirror{make([]byte, 4*hd.X*hd.Y), 4 * hd.X, hd}
	damage := []image.Rectangle{image.Rect(400, 500, 410, 520)}
	span := func() error {
		g.Begin()
		_, _, err := g.Release(m.pix, m.stride, m.size, damage, false)
		return err
	}
	for errors.Is(span(), errNotRunning) {
		<-g.Changed()
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := span(); err != nil {
			b.Fatal(err)
		}
	}
}

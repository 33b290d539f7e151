package privacy

import (
	"image"
	"testing"
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

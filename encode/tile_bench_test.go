package encode

import (
	"image"
	"testing"
)

// BenchmarkTiles times reading and coding all cells of a screen, one after
// another, in nanoseconds a pixel.
func BenchmarkTiles(b *testing.B) {
	for _, content := range []struct {
		name string
		make func() *image.RGBA
	}{
		{"text", func() *image.RGBA { return page(1) }},
		{"photo", wallpaper},
		{"flat", func() *image.RGBA { return image.NewRGBA(desktop) }},
	} {
		b.Run(content.name, func(b *testing.B) {
			s := newScreen(b, desktop.Dx(), desktop.Dy())
			s.draw(desktop, content.make(), image.Point{})
			g, px, code := newGrid(s.size), make([]uint32, side*side), []byte(nil)
			began := cpuTime(b)
			for b.Loop() {
				code = code[:0]
				for i := range g.len() {
					code = appendTile(code, g.cell(i), s.pix.gather(px, g.cell(i)))
				}
			}
			used := cpuTime(b) - began
			pixels := float64(b.N * desktop.Dx() * desktop.Dy())
			b.ReportMetric(float64(used.Nanoseconds())/pixels, "ns/pixel")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkGather times reading alone.
func BenchmarkGather(b *testing.B) {
	s := newScreen(b, desktop.Dx(), desktop.Dy())
	g, px := newGrid(s.size), make([]uint32, side*side)
	began := cpuTime(b)
	for b.Loop() {
		for i := range g.len() {
			s.pix.gather(px, g.cell(i))
		}
	}
	used := cpuTime(b) - began
	b.ReportMetric(float64(used.Nanoseconds())/float64(b.N*desktop.Dx()*desktop.Dy()), "ns/pixel")
	b.ReportMetric(0, "ns/op")
}

package encode

import (
	"image"
	"testing"
)

// Parts are laid together: each once, no JPEG too large, and none wider than
// its parts.
func TestMosaic(t *testing.T) {
	t.Parallel()
	rnd := seeded(t)
	g := newGrid(image.Pt(1000, 700))
	for range rounds(500) {
		var m mosaic
		m.resize(g)
		block := image.Rect(rnd.IntN(8), rnd.IntN(6), 9+rnd.IntN(8), 7+rnd.IntN(5))
		want := 0
		for i := range m.each(block) {
			if rnd.IntN(10) > 0 {
				part := newPatch(g.cell(i))
				if rnd.IntN(10) == 0 {
					part = trimmed(rnd.IntN(20), part)
				}
				m.add(i, part)
				want += part.area()
			}
		}
		if m.area != want {
			t.Fatalf("area %d, want %d", m.area, want)
		}
		for _, i := range m.cells {
			if m.parts[i].empty() {
				continue
			}
			b := m.grow(i)
			area := m.bounds(b)
			if area.Dx()*area.Dy() > mostJPEG {
				t.Fatalf("%v: %v", b, area)
			}
			sum := 0
			for j := range m.each(b) {
				if m.parts[j].empty() {
					t.Fatalf("%v has cell %d twice, or without a part", b, j)
				}
				sum += m.take(j).area()
			}
			if spare := area.Dx()*area.Dy() - sum; spare != 0 {
				t.Fatalf("%v: %v, %d pixels more than its parts", b, area, spare)
			}
		}
		m.end()
	}
}

// Whole cells make two JPEGs or more, unless they are few, and none too large.
func TestMosaicOfWholeCells(t *testing.T) {
	t.Parallel()
	g := newGrid(image.Pt(1000, 1000))
	for rows, want := range map[int]int{1: 1, 2: 2, 6: 2, 7: 3, 12: 2, 13: 3} {
		var m mosaic
		m.resize(g)
		for i := range m.each(image.Rect(2, 3, 12, 3+rows)) {
			m.add(i, newPatch(g.cell(i)))
		}
		blocks := 0
		for _, i := range m.cells {
			if !m.parts[i].empty() {
				for j := range m.each(m.grow(i)) {
					m.take(j)
				}
				blocks++
			}
		}
		if blocks != want {
			t.Errorf("%d cells: %d JPEGs, want %d", 10*rows, blocks, want)
		}
	}
}

// trimmed returns a patch with n pixels less on one side.
func trimmed(n int, p patch) patch {
	switch n % 4 {
	case 0:
		p.x0 += uint8(n)
	case 1:
		p.x1 -= min(uint8(n), p.x1-p.x0-1)
	case 2:
		p.y0 += min(uint8(n), p.y1-p.y0-1)
	default:
		p.y1 -= min(uint8(n), p.y1-p.y0-1)
	}
	return p
}

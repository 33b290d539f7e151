package conform

import (
	"bytes"
	"compress/flate"
	"image"
	"io"
	"slices"
)

// masked checks areas: each is why, x, y, width and height, and none lies over
// another. SPEC.md 7.9.
func (p *player) masked(areas []uint64) error {
	if !slices.Contains(p.console.agreed, canPrivate) {
		return breaks(rangeCode, "masks that nobody agreed to")
	}
	var seen []image.Rectangle
	for ; len(areas) >= 5; areas = areas[5:] {
		x, y := int(areas[1]), int(areas[2])
		area := image.Rect(x, y, x+int(areas[3]), y+int(areas[4]))
		if areas[0] < 1 || areas[0] > 3 || area.Empty() || slices.ContainsFunc(seen, area.Overlaps) {
			return breaks(rangeCode, "masks with an area %v that cannot be", area)
		}
		seen = append(seen, area)
	}
	return nil
}

// pointed checks the shape of a cursor. SPEC.md 7.8.
func (p *player) pointed(s said) error {
	if !slices.Contains(p.console.agreed, canCursor) {
		return breaks(rangeCode, "a cursor that nobody agreed to")
	}
	width, height := s.number("width"), s.number("height")
	x, y := s.number("hot x"), s.number("hot y")
	pixels, _ := s.get("pixels").([]byte)
	switch {
	case (width == 0) != (height == 0), width > 0 && (x >= width || y >= height), width == 0 && (x != 0 || y != 0):
		return breaks(rangeCode, "a cursor of %d x %d with its hot spot at %d, %d", width, height, x, y)
	case len(pixels) == 0:
		return nil
	}
	data, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(pixels)), int64(width*height*4)+1))
	if err != nil || uint64(len(data)) != width*height*4 {
		return breaks(decodeCode, "a cursor that does not inflate to its size")
	}
	return nil
}

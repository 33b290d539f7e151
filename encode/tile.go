package encode

import (
	"encoding/binary"
	"errors"
	"image"
)

// A tile is a rectangle inside one cell: a header of 8 bytes, then codes for
// its pixels in raster order. SPEC.md 7.4. The codes are those of QOI 1.0
// without alpha, and a run of the row above in place of QOI's longest runs.
// They begin anew with each tile, so that a tile means the same in any stream.

// Codes by their first byte; the lower bits carry an argument.
const (
	codeIndex   = 0x00 // 00iiiiii: a pixel of the index
	codeDiff    = 0x40 // 01rrggbb: previous, each channel -2 to +1
	codeLuma    = 0x80 // 10gggggg rrrrbbbb: green -32 to +31, red and blue -8 to +7 more than green
	codeRun     = 0xc0 // 110nnnnn: previous, n+1 times
	codeAbove   = 0xe0 // 111nnnnn, n <= 29: n+1 pixels, each the one a row above
	codeLiteral = 0xfe // then red, green, blue

	maxRun   = 32
	maxAbove = 30

	header = 8 // bytes of a tile's header: x, y, width, height
)

var (
	errCut     = errors.New("tile: its codes end early")
	errLong    = errors.New("tile: a run beyond its last pixel")
	errTop     = errors.New("tile: a run of the row above in the first row")
	errNoCode  = errors.New("tile: the byte ff is no code")
	errOutside = errors.New("tile: not inside one cell of the picture")
)

// worst returns the most bytes that a tile of this area takes.
func worst(area image.Rectangle) int { return header + 4*area.Dx()*area.Dy() }

// hash returns the place of a pixel in the index.
func hash(p uint32) uint32 { return (3*(p>>16&0xff) + 5*(p>>8&0xff) + 7*(p&0xff)) % 64 }

// appendTile appends the tile of area, whose pixels are px, to dst.
func appendTile(dst []byte, area image.Rectangle, px []uint32) []byte {
	dst = binary.BigEndian.AppendUint16(dst, uint16(area.Min.X))
	dst = binary.BigEndian.AppendUint16(dst, uint16(area.Min.Y))
	dst = binary.BigEndian.AppendUint16(dst, uint16(area.Dx()))
	dst = binary.BigEndian.AppendUint16(dst, uint16(area.Dy()))
	return appendCodes(dst, px, area.Dx())
}

// appendCodes appends the codes of px, 0x00RRGGBB in rows of width w, to dst.
// Where both runs are possible the longer is taken.
func appendCodes(dst []byte, px []uint32, w int) []byte {
	var index [64]uint32
	var previous uint32
	for i := 0; i < len(px); {
		run, above := 0, 0
		if px[i] == previous {
			run = repeats(px[i:], previous)
		}
		if i >= w && px[i] == px[i-w] {
			above = matches(px[i:], px[i-w:])
		}
		switch {
		case run == 0 && above == 0:
			dst = appendPixel(dst, &index, previous, px[i])
			i++
		case run >= above:
			dst = appendRun(dst, codeRun, maxRun, run)
			i += run
		default:
			dst = appendRun(dst, codeAbove, maxAbove, above)
			i += above
		}
		previous = px[i-1]
	}
	return dst
}

// repeats returns how often p stands at the beginning of px.
func repeats(px []uint32, p uint32) int {
	for i, q := range px {
		if q != p {
			return i
		}
	}
	return len(px)
}

// matches returns how many pixels px has in common with the beginning of
// above, which is longer.
func matches(px, above []uint32) int {
	above = above[:len(px)]
	for i, p := range px {
		if p != above[i] {
			return i
		}
	}
	return len(px)
}

// appendRun appends a run of n pixels in codes of at most limit each.
func appendRun(dst []byte, code byte, limit, n int) []byte {
	for ; n > limit; n -= limit {
		dst = append(dst, code|byte(limit-1))
	}
	return append(dst, code|byte(n-1))
}

// appendPixel appends a pixel that no run covers.
func appendPixel(dst []byte, index *[64]uint32, previous, p uint32) []byte {
	h := hash(p)
	if index[h] == p {
		return append(dst, codeIndex|byte(h))
	}
	index[h] = p
	r := int8(p>>16) - int8(previous>>16)
	g := int8(p>>8) - int8(previous>>8)
	b := int8(p) - int8(previous)
	if within(r, 2) && within(g, 2) && within(b, 2) {
		return append(dst, codeDiff|byte(r+2)<<4|byte(g+2)<<2|byte(b+2))
	}
	if within(g, 32) && within(r-g, 8) && within(b-g, 8) {
		return append(dst, codeLuma|byte(g+32), byte(r-g+8)<<4|byte(b-g+8))
	}
	return append(dst, codeLiteral, byte(p>>16), byte(p>>8), byte(p))
}

// within tells whether -n <= d < n.
func within(d, n int8) bool { return -n <= d && d < n }

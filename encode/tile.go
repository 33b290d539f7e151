package encode

import (
	"encoding/binary"
	"errors"
	"image"
	"slices"
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
	dst = slices.Grow(dst, 4*len(px)) // no pixel takes more
	out := dst[len(dst):cap(dst)]
	var index [64]uint32
	var previous uint32
	at := 0
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
			at += putPixel(out[at:], &index, previous, px[i])
			i++
		case run >= above:
			at += putRun(out[at:], codeRun, maxRun, run)
			i += run
		default:
			at += putRun(out[at:], codeAbove, maxAbove, above)
			i += above
		}
		previous = px[i-1]
	}
	return dst[:len(dst)+at]
}

// repeats returns how often p stands at the beginning of px.
func repeats(px []uint32, p uint32) int {
	rest := px
	for len(rest) >= 4 && (rest[0]^p)|(rest[1]^p)|(rest[2]^p)|(rest[3]^p) == 0 {
		rest = rest[4:]
	}
	for len(rest) > 0 && rest[0] == p {
		rest = rest[1:]
	}
	return len(px) - len(rest)
}

// matches returns how many pixels px has in common with the beginning of
// above, which is longer.
func matches(px, above []uint32) int {
	p, q := px, above[:len(px)]
	for len(p) >= 4 && len(q) >= 4 && (p[0]^q[0])|(p[1]^q[1])|(p[2]^q[2])|(p[3]^q[3]) == 0 {
		p, q = p[4:], q[4:]
	}
	for len(p) > 0 && len(q) > 0 && p[0] == q[0] {
		p, q = p[1:], q[1:]
	}
	return len(px) - len(p)
}

// putRun writes a run of n pixels to out, in codes of at most limit each, and
// returns how many.
func putRun(out []byte, code byte, limit, n int) (size int) {
	for ; n > limit; n -= limit {
		out[size] = code | byte(limit-1)
		size++
	}
	out[size] = code | byte(n-1)
	return size + 1
}

// putPixel writes a pixel that no run covers to out, which has room for four
// bytes, and returns how many it takes.
func putPixel(out []byte, index *[64]uint32, previous, p uint32) (size int) {
	out = out[:4]
	h := hash(p)
	if index[h] == p {
		out[0] = codeIndex | byte(h)
		return 1
	}
	index[h] = p
	r, g, b := byte(p>>16)-byte(previous>>16), byte(p>>8)-byte(previous>>8), byte(p)-byte(previous)
	if (r+2)|(g+2)|(b+2) < 4 {
		out[0] = codeDiff | (r+2)<<4 | (g+2)<<2 | (b + 2)
		return 1
	}
	if g+32 < 64 && (r-g+8)|(b-g+8) < 16 {
		out[0], out[1] = codeLuma|(g+32), (r-g+8)<<4|(b-g+8)
		return 2
	}
	out[0], out[1], out[2], out[3] = codeLiteral, byte(p>>16), byte(p>>8), byte(p)
	return 4
}

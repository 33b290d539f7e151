package conform

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"image"
	"image/color"
	"io"
)

// inflater inflates the chunks of one stream. SPEC.md 7.3. Between two chunks
// the stream stands at a byte, so that each is read for itself, with what came
// before as its dictionary.
type inflater struct{ window []byte }

const (
	maxWindow = 32 << 10
	cell      = 64 // pixels a side of the grid of tiles
)

var (
	flushed = []byte{0, 0, 0xff, 0xff}    // ends every chunk
	closer  = []byte{1, 0, 0, 0xff, 0xff} // an empty final block, for a reader that wants an end
)

func (i *inflater) inflate(chunk []byte, size int) ([]byte, error) {
	if !bytes.HasSuffix(chunk, flushed) {
		return nil, breaks(decodeCode, "a chunk that is not ended by a sync flush")
	}
	rest := bytes.NewReader(append(bytes.Clone(chunk), closer...))
	reader := flate.NewReaderDict(rest, i.window)
	data, err := io.ReadAll(io.LimitReader(reader, int64(size)+1))
	switch {
	case err != nil:
		return nil, breaks(decodeCode, "a chunk that is no deflate stream")
	case len(data) != size:
		return nil, breaks(decodeCode, "a chunk of another length than stated, %d bytes", size)
	case rest.Len() > 0:
		return nil, breaks(decodeCode, "a chunk with a final block")
	}
	i.window = append(i.window, data...)
	i.window = bytes.Clone(i.window[max(0, len(i.window)-maxWindow):])
	return data, nil
}

// tile paints one rectangle and returns what follows it. SPEC.md 7.4.
func (p *picture) tile(codes []byte) (rest []byte, err error) {
	if len(codes) < 8 {
		return nil, breaks(decodeCode, "a rectangle cut short")
	}
	at := func(i int) uint64 { return uint64(binary.BigEndian.Uint16(codes[i:])) }
	area, ok := p.inside(at(0), at(2), at(4), at(6))
	if !ok || area.Min.X/cell != (area.Max.X-1)/cell || area.Min.Y/cell != (area.Max.Y-1)/cell {
		return nil, breaks(decodeCode, "a rectangle %v that is not in one cell of the picture", area)
	}
	b := brush{codes: codes[8:], pixels: make([]color.RGBA, 0, area.Dx()*area.Dy()), width: area.Dx()}
	b.previous.A = 255
	for i := range b.index {
		b.index[i].A = 255
	}
	for len(b.pixels) < cap(b.pixels) {
		if !b.code(cap(b.pixels) - len(b.pixels)) {
			return nil, breaks(decodeCode, "a code that cannot be in a rectangle %v", area)
		}
	}
	p.fill(area, b.pixels)
	return b.codes, nil
}

func (p *picture) fill(area image.Rectangle, pixels []color.RGBA) {
	for i, one := range pixels {
		p.pixels.SetRGBA(area.Min.X+i%area.Dx(), area.Min.Y+i/area.Dx(), one)
	}
}

// brush reads the codes of one rectangle.
type brush struct {
	codes    []byte
	pixels   []color.RGBA
	width    int
	previous color.RGBA
	index    [64]color.RGBA
}

// code reads one code, of which at most room pixels may come.
func (b *brush) code(room int) bool {
	if len(b.codes) == 0 {
		return false
	}
	first := b.codes[0]
	b.codes = b.codes[1:]
	n := int(first & 31)
	switch {
	case first == 0xff:
		return false
	case first == 0xfe:
		return b.literal()
	case first >= 0xe0:
		return n+1 <= room && b.above(n+1)
	case first >= 0xc0:
		return n+1 <= room && b.again(n+1)
	case first >= 0x80:
		return b.luma(first & 63)
	case first >= 0x40:
		b.put(b.shifted(first>>4&3-2, first>>2&3-2, first&3-2))
		return true
	}
	b.previous = b.index[first]
	b.pixels = append(b.pixels, b.previous)
	return true
}

func (b *brush) literal() bool {
	if len(b.codes) < 3 {
		return false
	}
	b.put(color.RGBA{b.codes[0], b.codes[1], b.codes[2], 255})
	b.codes = b.codes[3:]
	return true
}

func (b *brush) luma(green byte) bool {
	if len(b.codes) == 0 {
		return false
	}
	g, second := green-32, b.codes[0]
	b.codes = b.codes[1:]
	b.put(b.shifted(g+second>>4-8, g, g+second&15-8))
	return true
}

// above repeats the row above, again the previous pixel.
func (b *brush) above(n int) bool {
	if len(b.pixels) < b.width {
		return false
	}
	for range n {
		b.previous = b.pixels[len(b.pixels)-b.width]
		b.pixels = append(b.pixels, b.previous)
	}
	return true
}

func (b *brush) again(n int) bool {
	for range n {
		b.pixels = append(b.pixels, b.previous)
	}
	return true
}

func (b *brush) shifted(r, g, bl byte) color.RGBA {
	return color.RGBA{b.previous.R + r, b.previous.G + g, b.previous.B + bl, 255}
}

// put adds a pixel that goes into the index.
func (b *brush) put(c color.RGBA) {
	b.previous = c
	b.pixels = append(b.pixels, c)
	b.index[(3*int(c.R)+5*int(c.G)+7*int(c.B))%64] = c
}

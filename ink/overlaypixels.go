package ink

import (
	"encoding/binary"
	"errors"
	"image"
	"math/bits"

	"telestrator/x11"
)

// pixels makes a screen's pixels of colours.
type pixels struct {
	bytes            int // of a stored pixel
	order            binary.AppendByteOrder
	opaque           uint32 // the bits that make a pixel opaque, where it has such
	red, green, blue channel
	format           x11.Format
}

// channel is the place of one colour in a pixel.
type channel struct {
	shift int
	top   uint32 // its largest value
}

func newPixels(s x11.Setup) (pixels, error) {
	f := s.Format
	if f.Red == 0 || f.Green == 0 || f.Blue == 0 || (f.Bits != 16 && f.Bits != 32) {
		return pixels{}, errors.New("the screen has a palette, or pixels of an unusual size; 16, 24 and 30 bits of colour can be drawn")
	}
	p := pixels{bytes: f.Bits / 8, format: f, order: binary.LittleEndian}
	if f.MSBFirst {
		p.order = binary.BigEndian
	}
	if s.Depth == 32 {
		p.opaque = ^(f.Red | f.Green | f.Blue)
	}
	p.red, p.green, p.blue = newChannel(f.Red), newChannel(f.Green), newChannel(f.Blue)
	return p, nil
}

func newChannel(mask uint32) channel {
	shift := bits.TrailingZeros32(mask)
	return channel{shift, mask >> shift}
}

// of is the value nearest to v, which is 0 to 255.
func (c channel) of(v uint32) uint32 { return (v*c.top + 127) / 255 << c.shift }

// of is the pixel of a colour, 0xRRGGBB.
func (p *pixels) of(colour uint32) uint32 {
	return p.opaque | p.red.of(colour>>16&255) | p.green.of(colour>>8&255) | p.blue.of(colour&255)
}

// append stores the pixels of r.
func (p *pixels) append(to []byte, img *image.RGBA, r image.Rectangle) []byte {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		start := len(to)
		for row := img.Pix[img.PixOffset(r.Min.X, y):][:r.Dx()*4]; len(row) > 0; row = row[4:] {
			pixel := p.of(uint32(row[0])<<16 | uint32(row[1])<<8 | uint32(row[2]))
			if p.bytes == 2 {
				to = p.order.AppendUint16(to, uint16(pixel))
			} else {
				to = p.order.AppendUint32(to, pixel)
			}
		}
		to = append(to, make([]byte, start+p.format.Stride(r.Dx())-len(to))...)
	}
	return to
}

// put writes a part of a picture to the same place of a drawable.
func (x *canvas) put(drawable uint32, img *image.RGBA, part image.Rectangle) {
	wide := min(part.Dx(), x11.MaxImage/2/x.pixels.bytes)
	for top := part.Min.X; top < part.Max.X; top += wide {
		column := part
		column.Min.X, column.Max.X = top, min(part.Max.X, top+wide)
		x.putColumn(drawable, img, column)
	}
}

// putColumn writes as many rows at a time as a request may have.
func (x *canvas) putColumn(drawable uint32, img *image.RGBA, part image.Rectangle) {
	rows := x11.MaxImage / x.pixels.format.Stride(part.Dx())
	for y := part.Min.Y; y < part.Max.Y; y += rows {
		band := part
		band.Min.Y, band.Max.Y = y, min(part.Max.Y, y+rows)
		x.stored = x.pixels.append(x.stored[:0], img, band)
		x.Put(drawable, x.gc, band, x.stored)
	}
}

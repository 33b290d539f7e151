package capture

import (
	"encoding/binary"
	"fmt"
	"image"
	"math/bits"

	"telestrator/x11"
)

// picture is memory for BGRX pixels.
type picture struct {
	pix    []byte
	stride int
}

func newPicture(size image.Point) picture {
	return picture{pix: make([]byte, size.X*size.Y*4), stride: size.X * 4}
}

// converter turns pixels as a server stores them into BGRX.
type converter struct {
	direct bool // they are BGRX
	bytes  int  // of a stored pixel
	red    channel
	green  channel
	blue   channel
}

// channel takes one colour out of a stored pixel.
type channel struct {
	shift int
	mask  uint32
	level []byte // 0..255 for each value, rounded to the nearest
}

// maxChannelBits bounds the tables of levels; screens have 5 to 10 bits.
const maxChannelBits = 12

// newConverter refuses formats that cannot be converted.
func newConverter(f x11.Format) (converter, error) {
	if f.MSBFirst {
		return converter{}, fmt.Errorf("a screen that stores the most significant byte first is %w", ErrUnsupported)
	}
	if f.Red == 0 || f.Green == 0 || f.Blue == 0 || (f.Bits != 16 && f.Bits != 32) {
		return converter{}, fmt.Errorf("a screen with %d bits per pixel or a palette is %w: 16, 24 and 30 bits of colour are", f.Bits, ErrUnsupported)
	}
	c := converter{bytes: f.Bits / 8}
	c.direct = f.Bits == 32 && f.Red == 0xff0000 && f.Green == 0xff00 && f.Blue == 0xff
	for _, part := range []struct {
		to   *channel
		mask uint32
	}{{&c.red, f.Red}, {&c.green, f.Green}, {&c.blue, f.Blue}} {
		if bits.OnesCount32(part.mask) > maxChannelBits {
			return converter{}, fmt.Errorf("a screen with %d bits per colour is %w", bits.OnesCount32(part.mask), ErrUnsupported)
		}
		*part.to = newChannel(part.mask)
	}
	return c, nil
}

func newChannel(mask uint32) channel {
	c := channel{shift: bits.TrailingZeros32(mask)}
	c.mask = mask >> c.shift
	c.level = make([]byte, c.mask+1)
	for v := range c.level {
		c.level[v] = byte((uint32(v)*255 + c.mask/2) / c.mask)
	}
	return c
}

func (c *channel) of(pixel uint32) uint32 { return uint32(c.level[pixel>>c.shift&c.mask]) }

// rows converts the stored pixels of r, which begin at src, to their place in dst.
func (c *converter) rows(dst picture, r image.Rectangle, src []byte, stride int) {
	for y := range r.Dy() {
		from := src[y*stride:][:r.Dx()*c.bytes]
		to := dst.pix[(r.Min.Y+y)*dst.stride+r.Min.X*4:][:r.Dx()*4]
		switch {
		case c.direct:
			copy(to, from)
		case c.bytes == 2:
			c.row16(to, from)
		default:
			c.row32(to, from)
		}
	}
}

func (c *converter) row16(to, from []byte) {
	for ; len(from) >= 2; to, from = to[4:], from[2:] {
		c.put(to, uint32(binary.LittleEndian.Uint16(from)))
	}
}

func (c *converter) row32(to, from []byte) {
	for ; len(from) >= 4; to, from = to[4:], from[4:] {
		c.put(to, binary.LittleEndian.Uint32(from))
	}
}

func (c *converter) put(to []byte, pixel uint32) {
	binary.LittleEndian.PutUint32(to, c.blue.of(pixel)|c.green.of(pixel)<<8|c.red.of(pixel)<<16)
}

// pixel is how a colour is stored, as near as it comes.
func (c *converter) pixel(red, green, blue byte) uint32 {
	return c.red.store(red) | c.green.store(green) | c.blue.store(blue)
}

func (c *channel) store(level byte) uint32 { return (uint32(level)*c.mask + 127) / 255 << c.shift }

// sameColours compares stored pixels, whose unused bits may differ.
func (c *converter) sameColours(a, b []byte) bool {
	if len(a) != len(b) {
		return false
	}
	x, y := make([]byte, 4), make([]byte, 4)
	for i := 0; i+c.bytes <= len(a); i += c.bytes {
		copy(x, a[i:i+c.bytes])
		copy(y, b[i:i+c.bytes])
		if (binary.LittleEndian.Uint32(x)^binary.LittleEndian.Uint32(y))&c.colours() != 0 {
			return false
		}
	}
	return true
}

// colours are the bits of a stored pixel that mean something.
func (c *converter) colours() uint32 {
	return c.red.mask<<c.red.shift | c.green.mask<<c.green.shift | c.blue.mask<<c.blue.shift
}

package capturetest

import (
	"image"
	"io"
	"math/bits"
	"testing"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// bandPixels is how much of the screen one GetImage request asks for.
const bandPixels = 512 << 10

// dial connects to the display. xgb's complaints on stderr (no authority file,
// end of the server) are silenced: the errors say the same.
func (d *Display) dial() (*xgb.Conn, error) {
	xgb.Logger.SetOutput(io.Discard)
	return xgb.NewConnDisplay(d.Name())
}

// Conn opens a connection to the display for drawing, which is closed at the
// end of the test. The Init functions of xgb's extensions write to tables that
// all connections share: do not call them in parallel tests.
func (d *Display) Conn(tb testing.TB) *xgb.Conn {
	tb.Helper()
	c, err := d.dial()
	if err != nil {
		tb.Fatalf("capturetest: connect to %s: %v", d.Name(), err)
	}
	tb.Cleanup(c.Close)
	return c
}

// Picture reads the whole root window by plain GetImage on a connection of its
// own: the display server's word on what is on the screen. Alpha is 255.
func (d *Display) Picture(tb testing.TB) *image.RGBA {
	tb.Helper()
	c, err := d.dial()
	if err != nil {
		tb.Fatalf("capturetest: connect to %s: %v", d.Name(), err)
	}
	defer c.Close()
	img, err := picture(c)
	if err != nil {
		tb.Fatalf("capturetest: picture of %s: %v", d.Name(), err)
	}
	return img
}

func picture(c *xgb.Conn) (*image.RGBA, error) {
	setup := xproto.Setup(c)
	px := layoutOf(setup, setup.DefaultScreen(c))
	size, err := rootSize(c)
	if err != nil {
		return nil, err
	}
	img := image.NewRGBA(image.Rectangle{Max: size})
	return img, eachBand(c, size, func(y, rows int, data []byte) { px.unpack(img, y, rows, data) })
}

func rootSize(c *xgb.Conn) (image.Point, error) {
	root := xproto.Setup(c).DefaultScreen(c).Root
	geo, err := xproto.GetGeometry(c, xproto.Drawable(root)).Reply()
	if err != nil {
		return image.Point{}, err
	}
	return image.Pt(int(geo.Width), int(geo.Height)), nil
}

// eachBand calls f with all of the root's rows from top to bottom, as many at a
// time as bandPixels allows.
func eachBand(c *xgb.Conn, size image.Point, f func(y, rows int, data []byte)) error {
	root := xproto.Setup(c).DefaultScreen(c).Root
	rows := max(1, bandPixels/size.X)
	for y := 0; y < size.Y; y += rows {
		n := min(rows, size.Y-y)
		got, err := xproto.GetImage(c, xproto.ImageFormatZPixmap, xproto.Drawable(root),
			0, int16(y), uint16(size.X), uint16(n), ^uint32(0)).Reply()
		if err != nil {
			return err
		}
		f(y, n, got.Data)
	}
	return nil
}

// layout says how the server stores a pixel of its root window.
type layout struct {
	bytes, pad       int    // bytes of a pixel; rows are padded to this many bytes
	msb              bool   // most significant byte first
	red, green, blue uint32 // masks
}

func layoutOf(setup *xproto.SetupInfo, screen *xproto.ScreenInfo) layout {
	l := layout{msb: setup.ImageByteOrder == xproto.ImageOrderMSBFirst}
	for _, f := range setup.PixmapFormats {
		if f.Depth == screen.RootDepth {
			l.bytes, l.pad = int(f.BitsPerPixel)/8, int(f.ScanlinePad)/8
		}
	}
	for _, depth := range screen.AllowedDepths {
		for _, v := range depth.Visuals {
			if v.VisualId == screen.RootVisual {
				l.red, l.green, l.blue = v.RedMask, v.GreenMask, v.BlueMask
			}
		}
	}
	return l
}

// unpack converts n rows of server pixels to rows y and following of img. The
// race detector would make it tens of times slower; nothing here is shared.
//
//go:norace
func (l layout) unpack(img *image.RGBA, y, n int, data []byte) {
	width := img.Rect.Dx()
	stride := (width*l.bytes + l.pad - 1) / l.pad * l.pad
	var last uint32
	rgba := [4]byte{3: 255} // of last; neighbours are often equal
	for row := range n {
		to := img.Pix[(y+row)*img.Stride:][:width*4]
		from := data[row*stride:][:width*l.bytes]
		for ; len(to) > 0; to, from = to[4:], from[l.bytes:] {
			if v := l.value(from); v != last {
				last = v
				rgba = [4]byte{channel(v, l.red), channel(v, l.green), channel(v, l.blue), 255}
			}
			copy(to, rgba[:])
		}
	}
}

func (l layout) value(b []byte) (v uint32) {
	for i := range l.bytes {
		if l.msb {
			v = v<<8 | uint32(b[i])
		} else {
			v |= uint32(b[i]) << (8 * i)
		}
	}
	return v
}

// channel scales the masked bits of v to 0..255, rounded to the nearest.
func channel(v, mask uint32) byte {
	top := mask >> bits.TrailingZeros32(mask)
	part := (v & mask) >> bits.TrailingZeros32(mask)
	return byte((part*255 + top/2) / top)
}

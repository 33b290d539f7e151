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
	root := setup.DefaultScreen(c).Root
	geo, err := xproto.GetGeometry(c, xproto.Drawable(root)).Reply()
	if err != nil {
		return nil, err
	}
	px := layoutOf(setup, setup.DefaultScreen(c))
	img := image.NewRGBA(image.Rect(0, 0, int(geo.Width), int(geo.Height)))
	rows := max(1, bandPixels/int(geo.Width))
	for y := 0; y < int(geo.Height); y += rows {
		n := min(rows, int(geo.Height)-y)
		got, err := xproto.GetImage(c, xproto.ImageFormatZPixmap, xproto.Drawable(root),
			0, int16(y), geo.Width, uint16(n), ^uint32(0)).Reply()
		if err != nil {
			return nil, err
		}
		px.unpack(img, y, n, got.Data)
	}
	return img, nil
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

// unpack converts n rows of server pixels to rows y and following of img.
func (l layout) unpack(img *image.RGBA, y, n int, data []byte) {
	width := img.Rect.Dx()
	stride := (width*l.bytes + l.pad - 1) / l.pad * l.pad
	for row := range n {
		for x := range width {
			v := l.value(data[row*stride+x*l.bytes:])
			at := img.PixOffset(x, y+row)
			img.Pix[at] = channel(v, l.red)
			img.Pix[at+1] = channel(v, l.green)
			img.Pix[at+2] = channel(v, l.blue)
			img.Pix[at+3] = 255
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

package x11

import (
	"errors"
	"fmt"
	"image"
	"io"
	"strings"
)

// Setup is what the server says of itself when a connection opens.
type Setup struct {
	Vendor  string // who made the server
	Release uint32 // of the server, in the vendor's own count

	Screen int         // number of the chosen screen
	Root   uint32      // its root window
	Size   image.Point // of the root when the connection opened
	Depth  byte        // bits of a pixel that mean something
	Format Format

	idBase, idMask uint32 // of the resource numbers we may give out
}

// Format says how the pixels of the root window lie in memory.
type Format struct {
	Bits             int    // of a pixel, as stored
	Pad              int    // a row's length is a multiple of this many bits
	Red, Green, Blue uint32 // masks; zero where colours come from a palette
	MSBFirst         bool   // the most significant byte of a pixel comes first
}

// Stride is the number of bytes in a row of width pixels.
func (f Format) Stride(width int) int { return (width*f.Bits + f.Pad - 1) / f.Pad * f.Pad / 8 }

var errSetup = errors.New("the X server's greeting is damaged; is it an X server?")

// handshake greets the server, shows our cookie, and reads its setup.
func (c *Conn) handshake(at name) error {
	if _, err := c.nc.Write(greeting(c.cookie(at))); err != nil {
		return err
	}
	head := make([]byte, 8)
	if _, err := io.ReadFull(c.in, head); err != nil {
		return err
	}
	body := make([]byte, int(le.Uint16(head[6:]))*4)
	if _, err := io.ReadFull(c.in, body); err != nil {
		return err
	}
	if head[0] != 1 {
		reason := strings.TrimRight(string(body[:min(len(body), int(head[1]))]), "\n\x00")
		return fmt.Errorf("the X server refuses the connection (%q); run as the user of that screen, or set XAUTHORITY to its authority file", reason)
	}
	return c.Setup.read(body, at.screen)
}

// greeting asks for little-endian X11 and shows the cookie, if there is one.
func greeting(cookie []byte) []byte {
	method := cookieName
	if cookie == nil {
		method = ""
	}
	g := []byte{'l', 0}
	for _, v := range []int{11, 0, len(method), len(cookie), 0} {
		g = le.AppendUint16(g, uint16(v))
	}
	g = append(append(g, method...), make([]byte, -len(method)&3)...)
	return append(append(g, cookie...), make([]byte, -len(cookie)&3)...)
}

// fields reads numbers from a setup. It yields zeros after the end, with short
// set, so that a caller checks once.
type fields struct {
	data  []byte
	short bool
}

func (f *fields) bytes(n int) []byte {
	if n > len(f.data) {
		f.short, f.data = true, nil
		return make([]byte, n)
	}
	b := f.data[:n]
	f.data = f.data[n:]
	return b
}

func (f *fields) u8() int     { return int(f.bytes(1)[0]) }
func (f *fields) u16() int    { return int(le.Uint16(f.bytes(2))) }
func (f *fields) u32() uint32 { return le.Uint32(f.bytes(4)) }

// read takes the setup apart, for the screen of this number.
func (s *Setup) read(body []byte, screen int) error {
	f := &fields{data: body}
	s.Release = f.u32()
	s.idBase, s.idMask = f.u32(), f.u32()
	f.u32() // motion buffer
	vendor := f.u16()
	f.u16() // longest request
	screens, formats := f.u8(), f.u8()
	s.Format.MSBFirst = f.u8() != 0
	f.bytes(5 + 4) // bitmaps, keycodes, padding
	s.Vendor = string(f.bytes((vendor + 3) / 4 * 4)[:vendor])
	depths := make(map[byte]Format)
	for range formats {
		b := f.bytes(8)
		depths[b[0]] = Format{Bits: int(b[1]), Pad: int(b[2])}
	}
	if screen >= screens && !f.short {
		return fmt.Errorf("it has no screen %d, only %d", screen, screens)
	}
	for range screen + 1 {
		s.readScreen(f)
	}
	s.Screen = screen
	known := depths[s.Depth]
	if f.short || known.Bits == 0 || known.Pad == 0 || s.idMask == 0 {
		return errSetup
	}
	s.Format.Bits, s.Format.Pad = known.Bits, known.Pad
	return nil
}

// readScreen reads one screen and the colour masks of its root window.
func (s *Setup) readScreen(f *fields) {
	s.Root = f.u32()
	f.bytes(4 * 4) // colour map, white, black, events
	s.Size = image.Pt(f.u16(), f.u16())
	f.bytes(2*2 + 2*2) // millimetres, colour maps
	visual := f.u32()
	f.bytes(2) // backing store, save-unders
	s.Depth = byte(f.u8())
	s.Format.Red, s.Format.Green, s.Format.Blue = 0, 0, 0
	for range f.u8() {
		f.bytes(2)
		visuals := f.u16()
		f.bytes(4)
		for range visuals {
			s.readVisual(f, visual)
		}
	}
}

// direct are the visual classes whose pixels are colours: TrueColor, DirectColor.
const direct = 4

// readVisual reads a visual and keeps its masks if it is the wanted one.
func (s *Setup) readVisual(f *fields, wanted uint32) {
	id, class := f.u32(), f.u8()
	f.bytes(3) // bits, colours
	red, green, blue := f.u32(), f.u32(), f.u32()
	f.bytes(4)
	if id == wanted && class >= direct {
		s.Format.Red, s.Format.Green, s.Format.Blue = red, green, blue
	}
}

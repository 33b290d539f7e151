package x11

import (
	"bytes"
	"image"
	"net"
	"strings"
	"testing"

	"telestrator/fuzz/bound"
)

// recorded is a connection to a server that has said everything already.
type recorded struct {
	net.Conn
	said *bytes.Reader
}

func (r recorded) Read(p []byte) (int, error)  { return r.said.Read(p) }
func (r recorded) Write(p []byte) (int, error) { return len(p), nil }
func (r recorded) Close() error                { return nil }
func (r recorded) RemoteAddr() net.Addr        { return &net.UnixAddr{Net: "unix"} }

// listening is a connection whose server says this.
func listening(said []byte) *Conn {
	c := newConn(recorded{said: bytes.NewReader(said)})
	c.Setup = Setup{Root: 77, Size: image.Pt(640, 480), idBase: 0x400000, idMask: 0x1fffff, Depth: 24}
	return c
}

// FuzzSetup reads any bytes as a server's greeting: it is refused, or says what
// pixels look like.
func FuzzSetup(f *testing.F) {
	f.Add([]byte{1, 0, 11, 0, 0, 0, 0, 0}, uint8(0))
	f.Add(append([]byte{0, 9, 11, 0, 0, 0, 4, 0}, "No, no.\n\x00 and more"...), uint8(0))
	f.Add(greeted(), uint8(0))
	f.Add(greeted(), uint8(1))
	f.Fuzz(func(t *testing.T, said []byte, screen uint8) {
		bound.Check(t, func() {
			c := listening(said)
			err := c.handshake(name{screen: int(screen % 4)})
			if err == nil && (c.Setup.Format.Bits == 0 || c.Setup.Format.Pad == 0 || c.Setup.idMask == 0 || c.ID() == 0 && c.Setup.idBase != 0) {
				t.Fatalf("taken: %+v", c.Setup)
			}
			if err == nil {
				_ = c.Setup.Format.Stride(c.Setup.Size.X)
			}
		})
	})
}

// greeted is the greeting of a server with one screen of one depth.
func greeted() []byte {
	body := make([]byte, 32+8+40+8+24)
	le.PutUint32(body[4:], 0x400000)
	le.PutUint32(body[8:], 0x1fffff)
	body[20], body[21] = 1, 1                   // screens, formats
	copy(body[32:], []byte{24, 32, 32})         // depth, bits, pad
	screen := body[40:]                         //
	le.PutUint32(screen, 77)                    // root
	le.PutUint16(screen[20:], 640)              //
	le.PutUint16(screen[22:], 480)              //
	le.PutUint32(screen[32:], 5)                // visual
	screen[38], screen[39] = 24, 1              // depth, depths
	screen[40], screen[42] = 24, 1              // depth, visuals
	le.PutUint32(screen[48:], 5)                // visual
	screen[52] = direct                         //
	le.PutUint32(screen[56:], 0xff0000)         // red
	head := []byte{1, 0, 11, 0, 0, 0, 0, 0}     //
	le.PutUint16(head[6:], uint16(len(body)/4)) //
	return append(head, body...)
}

// FuzzReplies answers requests of every kind with anything, and hands over any
// events, in the order in which they were asked.
func FuzzReplies(f *testing.F) {
	for which := range uint8(len(questions)) {
		f.Add(which, []byte{1, 0, 0, 1, 24, 4, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
		f.Add(which, append([]byte{1, 8, 40}, bytes.Repeat([]byte{255, 127, 1, 0}, 60)...))
		f.Add(which, []byte{0, 3, 0, 35, 9, 8, 22, 0, 0, 1, 32, 2, 0, 0, 0, 0})
	}
	f.Fuzz(func(t *testing.T, which uint8, script []byte) {
		bound.Check(t, func() {
			c := listening(said(script))
			_ = questions[int(which)%len(questions)](c)
			_ = c.Settle()
			hearAll(listening(said(script)))
		})
	})
}

// said makes messages of a script: what each is, its detail, how many words it
// has beyond its head, then its bytes. They answer one request after another,
// as those that answer none are skipped.
func said(script []byte) (all []byte) {
	for n := uint16(1); len(script) >= 3; n++ {
		m := make([]byte, headSize, headSize+4*int(script[2]))
		if m[0], m[1] = script[0], script[1]; m[0]&127 == kindReply || m[0]&127 == kindGeneric {
			m = m[:cap(m)]
			le.PutUint32(m[4:], uint32(script[2]))
		}
		rest := script[3:]
		rest = rest[copy(m[8:], rest):]
		le.PutUint16(m[2:], n)
		all, script = append(all, m...), rest
	}
	return all
}

// questions are the requests that have replies.
var questions = []func(c *Conn) error{
	func(c *Conn) error { c.AskRootSize(); _, err := c.RootSize(); return err },
	func(c *Conn) error { c.AskPointer(); _, err := c.Pointer(); return err },
	func(c *Conn) error { c.AskImage(1, image.Rect(0, 0, 8, 8)); _, err := c.Image(); return err },
	func(c *Conn) error { _, err := c.Has("DAMAGE"); return err },
	func(c *Conn) error { _, err := c.Manager(); return err },
	func(c *Conn) error { _, err := c.Compositor(); return err },
	func(c *Conn) error { c.AskTree(); _, err := c.Tree(nil); return err },
	func(c *Conn) error { c.AskAttributes(1); _, err := c.Attributes(); return err },
	func(c *Conn) error { c.AskPixmap(1); _, err := c.Pixmap(); return err },
	func(c *Conn) error { c.AskOwner(1); _, err := c.Owner(); return err },
	func(c *Conn) error { c.AskText(1, 2, 3, 256); _, err := c.Text(); return err },
	func(c *Conn) error { _, _, err := c.Under(); return err },
	func(c *Conn) error { d := Devices{c: c}; all, err := d.List(); _, _ = d.Test(all); return err },
	func(c *Conn) error {
		d := Devices{c: c}
		_, err := d.Test([]Device{{ID: 1, Name: "Virtual" + testPointer}, {ID: 2, Name: testKeyboard}})
		return err
	},
	func(c *Conn) error {
		r := Randr{c: c}
		r.AskMonitors()
		_, err := r.Monitors(image.Rect(0, 0, 640, 480))
		return err
	},
	func(c *Conn) error {
		f := Fixes{c: c}
		f.AskRegion(1)
		_, err := f.Region(nil, image.Rect(0, 0, 640, 480), 4)
		return err
	},
	func(c *Conn) error { f := Fixes{c: c}; f.AskCursor(); _, err := f.Cursor(); return err },
	func(c *Conn) error { s := Shapes{c: c}; s.AskShaped(1); _, err := s.Shaped(); return err },
	func(c *Conn) error { _, err := OpenDevices(c); return err },
	func(c *Conn) error { _, err := OpenRandr(c); return err },
	func(c *Conn) error { _, err := OpenShm(c); return err },
	func(c *Conn) error { _, err := OpenRender(c); return err },
}

// hearAll reads what Pump would hand over: all but replies and errors.
func hearAll(c *Conn) {
	for c.read() == nil {
		if k := c.buf[0]; k != kindError && k != kindReply {
			hear(c, Event(c.buf))
		}
	}
}

// hear reads an event as everything that it could be.
func hear(c *Conn, e Event) {
	ext := extension{major: 9, event: 90}
	devices := Devices{ext, c}
	_, _ = devices.Raw(e)
	_, _ = devices.Press(e)
	_, _ = devices.Rearranged(e)
	randr, shapes, fixes, damage := Randr{ext, c}, Shapes{ext, c}, Fixes{ext, c}, Damage{ext, c}
	_, _, _, _ = randr.Changed(e), shapes.Changed(e), fixes.CursorChanged(e), fixes.SelectionChanged(e)
	_, _, _, _ = damage.Drawn(e), damage.Drawable(e), e.PropertyChanged(), e.Window()
	_, _ = e.Outer()
	_, _, _ = e.Configured(), e.Remade(), e.Ended(77)
}

// FuzzAuthority reads any bytes as an authority file.
func FuzzAuthority(f *testing.F) {
	f.Add([]byte("\xff\xff\x00\x00\x00\x00\x00\x12MIT-MAGIC-COOKIE-1\x00\x02ab"))
	f.Add([]byte("\x01\x00\x00\x04host\x00\x017\x00\x12MIT-MAGIC-COOKIE-1\x00\x02ab\x00\x00\xff"))
	f.Add([]byte("\x01\x00\x00\xffhost"))
	f.Fuzz(func(t *testing.T, file []byte) {
		bound.Check(t, func() {
			found := findCookie(file, peer{host: "host", number: "7"})
			if found != nil && !strings.Contains(string(file), cookieName) {
				t.Fatalf("%q has the cookie %q", file, found)
			}
		})
	})
}

package x11

import "image"

// The core protocol's requests that draw.
const (
	opGrabServer    = 36
	opUngrabServer  = 37
	opChangeGC      = 56
	opFillRectangle = 70
	opPutImage      = 72
)

// foreground is an attribute of a GC.
const foreground = 1 << 2

// maxRequest is how long a request may be in bytes: what every server takes.
const maxRequest = 16 << 10

// MaxRectangles is how many rectangles go into one request beside its head.
const MaxRectangles = (maxRequest - 4*4) / rectSize

// MaxImage is how many bytes of pixels Put takes at once.
const MaxImage = maxRequest - 6*4

// CreateGC makes a GC for drawables like the root, which draws without sending
// events.
func (c *Conn) CreateGC() (gc uint32) {
	gc = c.ID()
	c.send(opCreateGC, 0, gc, c.Setup.Root, exposures, 0)
	return gc
}

// Foreground sets the pixel that a GC draws with.
func (c *Conn) Foreground(gc, pixel uint32) { c.send(opChangeGC, 0, gc, foreground, pixel) }

// Fill paints rectangles with a GC's foreground.
func (c *Conn) Fill(drawable, gc uint32, all []image.Rectangle) {
	for len(all) > 0 {
		n := min(len(all), MaxRectangles)
		c.sendRectangles(opFillRectangle, 0, all[:n], drawable, gc)
		all = all[n:]
	}
}

// Put writes pixels, stored as Setup.Format says and at most MaxImage bytes of
// them, to a rectangle of a drawable.
func (c *Conn) Put(drawable, gc uint32, r image.Rectangle, pixels []byte) {
	c.sendBytes(opPutImage, zPixmap, pixels, drawable, gc, pair(r.Dx(), r.Dy()), pair(r.Min.X, r.Min.Y), uint32(c.Setup.Depth)<<8)
}

// Copy copies a rectangle from one drawable to the same place of another.
func (c *Conn) Copy(from, to, gc uint32, r image.Rectangle) {
	at := pair(r.Min.X, r.Min.Y)
	c.send(opCopyArea, 0, from, to, gc, at, at, pair(r.Dx(), r.Dy()))
}

// Together has the server do what f asks for without doing anything of another
// client's in between. f must not wait for replies.
func (c *Conn) Together(f func()) {
	c.send(opGrabServer, 0)
	f()
	c.send(opUngrabServer, 0)
}

// sendRectangles adds a request that ends with rectangles, at most
// MaxRectangles.
func (c *Conn) sendRectangles(major, minor byte, all []image.Rectangle, words ...uint32) {
	start := len(c.out)
	c.send(major, minor, words...)
	for _, r := range all {
		c.out = le.AppendUint32(c.out, pair(r.Min.X, r.Min.Y))
		c.out = le.AppendUint32(c.out, pair(r.Dx(), r.Dy()))
	}
	c.measure(start)
}

// sendBytes adds a request that ends with bytes.
func (c *Conn) sendBytes(major, minor byte, data []byte, words ...uint32) {
	start := len(c.out)
	c.send(major, minor, words...)
	c.out = append(c.out, data...)
	c.out = append(c.out, make([]byte, -len(data)&3)...)
	c.measure(start)
}

// measure states the length of the request that begins at start of c.out.
func (c *Conn) measure(start int) {
	le.PutUint16(c.out[start+2:], uint16((len(c.out)-start)/4))
}

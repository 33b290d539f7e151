package x11

import "image"

// The core protocol's request numbers.
const (
	opChangeWindow   = 2
	opGetGeometry    = 14
	opQueryPointer   = 38
	opGetInputFocus  = 43
	opCreatePixmap   = 53
	opFreePixmap     = 54
	opCreateGC       = 55
	opFreeGC         = 60
	opCopyArea       = 62
	opGetImage       = 73
	opQueryExtension = 98
)

// Numbers that requests take.
const (
	zPixmap          = 2          // pixels one after the other, not plane by plane
	allPlanes        = 0xffffffff // every bit of a pixel
	eventMask        = 1 << 11    // attribute of a window
	structureNotify  = 1 << 17    // events when the window is configured
	subwindowMode    = 1 << 15    // attribute of a GC
	exposures        = 1 << 16    // attribute of a GC
	includeInferiors = 1          // of subwindowMode: windows' pixels, not the root's alone
)

// eventConfigure tells a window's new size; for the root, also new monitors.
const eventConfigure = 22

// Event is a message nobody asked for, head and body.
type Event []byte

// Configured says that the root changed its size or monitors.
func (e Event) Configured() bool { return e[0]&127 == eventConfigure }

// WatchRoot asks for an event when the root window is configured.
func (c *Conn) WatchRoot() { c.send(opChangeWindow, 0, c.Setup.Root, eventMask, structureNotify) }

// AskRootSize asks for the root window's size, which RootSize reads.
func (c *Conn) AskRootSize() { c.ask(opGetGeometry, 0, c.Setup.Root) }

// RootSize waits for the answer to AskRootSize.
func (c *Conn) RootSize() (image.Point, error) {
	m, err := c.Wait()
	if err != nil {
		return image.Point{}, err
	}
	return image.Pt(int(le.Uint16(m[16:])), int(le.Uint16(m[18:]))), nil
}

// AskPointer asks where the pointer is, which Pointer reads.
func (c *Conn) AskPointer() { c.ask(opQueryPointer, 0, c.Setup.Root) }

// Pointer waits for the answer to AskPointer: the position on the root.
func (c *Conn) Pointer() (image.Point, error) {
	m, err := c.Wait()
	if err != nil {
		return image.Point{}, err
	}
	return image.Pt(short(m[16:]), short(m[18:])), nil
}

// CreateCopyGC makes a GC that copies what is seen on the root, windows
// included, and sends no events about it.
func (c *Conn) CreateCopyGC() (gc uint32) {
	gc = c.ID()
	c.send(opCreateGC, 0, gc, c.Setup.Root, subwindowMode|exposures, includeInferiors, 0)
	return gc
}

// FreeGC gives a GC back.
func (c *Conn) FreeGC(gc uint32) { c.send(opFreeGC, 0, gc) }

// CopyRoot copies size pixels from the root's top left to dst's.
func (c *Conn) CopyRoot(dst, gc uint32, size image.Point) {
	c.send(opCopyArea, 0, c.Setup.Root, dst, gc, 0, 0, pair(size.X, size.Y))
}

// CreatePixmap makes a pixmap of the root's depth in the server's memory.
func (c *Conn) CreatePixmap(size image.Point) (pixmap uint32) {
	pixmap = c.ID()
	c.send(opCreatePixmap, c.Setup.Depth, pixmap, c.Setup.Root, pair(size.X, size.Y))
	return pixmap
}

// FreePixmap gives a pixmap back.
func (c *Conn) FreePixmap(pixmap uint32) { c.send(opFreePixmap, 0, pixmap) }

// AskImage asks for the pixels of a rectangle, which Image reads.
func (c *Conn) AskImage(drawable uint32, r image.Rectangle) {
	c.ask(opGetImage, zPixmap, drawable, pair(r.Min.X, r.Min.Y), pair(r.Dx(), r.Dy()), allPlanes)
}

// Image waits for the answer to AskImage: rows as the server stores them.
func (c *Conn) Image() ([]byte, error) {
	m, err := c.Wait()
	if err != nil {
		return nil, err
	}
	return m[headSize:], nil
}

// extension is what a server calls an extension.
type extension struct {
	major byte // of its requests
	event byte // its first event
}

// extension asks for an extension; present is false where the server has none.
func (c *Conn) extension(name string) (e extension, present bool, err error) {
	c.send(opQueryExtension, 0, uint32(len(name)))
	padded := (len(name) + 3) / 4 * 4
	le.PutUint16(c.out[len(c.out)-6:], uint16(2+padded/4)) // the length now counts the name
	c.out = append(c.out, name...)
	c.out = append(c.out, make([]byte, padded-len(name))...)
	c.asked = append(c.asked, c.seq)
	m, err := c.Wait()
	if err != nil {
		return extension{}, false, err
	}
	return extension{major: m[9], event: m[10]}, m[8] != 0, nil
}

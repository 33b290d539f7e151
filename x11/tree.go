package x11

import (
	"cmp"
	"image"
)

// The core protocol's requests that ask about windows.
const (
	opGetAttributes  = 3
	opDestroyWindow  = 4
	opQueryTree      = 15
	opSelectionOwner = 23
)

// Numbers in what is told of windows.
const (
	propertyChange = 1 << 22 // events when a property changes
	eventProperty  = 28
	inputOnly      = 2 // class of a window that shows nothing
	viewable       = 2 // map state
	atomPixmap     = 20
)

// BackParent in place of a pixmap makes what lies around a window its
// background.
const BackParent = 1

// Attributes are what a server says of a window.
type Attributes struct {
	Area   image.Rectangle // with its border, on the window around it
	Border int
	Depth  byte
	Visual uint32
	Shows  bool // it can have pixels
	Seen   bool // it and all around it are mapped
}

// Origin is where the window's own top left lies, inside its border.
func (a Attributes) Origin() image.Point { return a.Area.Min.Add(image.Pt(a.Border, a.Border)) }

// CreateChild makes an unmapped window of its parent's kind on another window.
func (c *Conn) CreateChild(parent uint32, r image.Rectangle) (window uint32) {
	window = c.ID()
	c.send(opCreateWindow, 0, window, parent, pair(r.Min.X, r.Min.Y), pair(r.Dx(), r.Dy()), inputOutput<<16, 0, 0)
	return window
}

// DestroyWindow ends a window and all in it.
func (c *Conn) DestroyWindow(window uint32) { c.send(opDestroyWindow, 0, window) }

// WatchStack is WatchWindows, and asks for an event when a property of the root
// changes.
func (c *Conn) WatchStack() {
	c.send(opChangeWindow, 0, c.Setup.Root, eventMask, structureNotify|substructureNotify|propertyChange)
}

// PropertyChanged is the property of the root that e tells of, or 0.
func (e Event) PropertyChanged() uint32 {
	if e[0]&127 != eventProperty {
		return 0
	}
	return le.Uint32(e[8:])
}

// AskTree asks which windows lie on the root, which Tree reads.
func (c *Conn) AskTree() { c.ask(opQueryTree, 0, c.Setup.Root) }

// Tree waits for the answer to AskTree and appends the windows, lowest first.
// What the server itself puts on top, a compositor's stage and a screen saver's
// cover, is not among them.
func (c *Conn) Tree(to []uint32) ([]uint32, error) {
	m, err := c.Wait()
	if err != nil {
		return to, err
	}
	for list := m[headSize:]; len(list) >= 4; list = list[4:] {
		to = append(to, le.Uint32(list))
	}
	return to, nil
}

// AskAttributes asks about a window, which Attributes reads.
func (c *Conn) AskAttributes(window uint32) {
	c.ask(opGetAttributes, 0, window)
	c.ask(opGetGeometry, 0, window)
}

// Attributes waits for the answers to AskAttributes.
func (c *Conn) Attributes() (a Attributes, err error) {
	m, err := c.Wait()
	if err == nil {
		a.Visual, a.Shows, a.Seen = le.Uint32(m[8:]), le.Uint16(m[12:]) != inputOnly, m[26] == viewable
	}
	m, second := c.Wait()
	if err != nil || second != nil {
		return Attributes{}, cmp.Or(err, second)
	}
	at := image.Pt(short(m[12:]), short(m[14:]))
	a.Depth, a.Border = m[1], int(le.Uint16(m[20:]))
	size := image.Pt(int(le.Uint16(m[16:]))+2*a.Border, int(le.Uint16(m[18:]))+2*a.Border)
	a.Area = image.Rectangle{at, at.Add(size)}
	return a, nil
}

// AskPixmap asks for a pixmap that a property of the root names, which Pixmap
// reads.
func (c *Conn) AskPixmap(property uint32) {
	c.ask(opGetProperty, 0, c.Setup.Root, property, atomPixmap, 0, 1)
}

// Pixmap waits for the answer to AskPixmap: 0 where the property names none.
func (c *Conn) Pixmap() (pixmap uint32, err error) {
	m, err := c.Wait()
	if err != nil || m[1] != 32 || len(m) < headSize+4 {
		return 0, err
	}
	return le.Uint32(m[headSize:]), nil
}

// AskOwner asks who owns a selection, which Owner reads.
func (c *Conn) AskOwner(selection uint32) { c.ask(opSelectionOwner, 0, selection) }

// Owner waits for the answer to AskOwner: a window, or 0.
func (c *Conn) Owner() (window uint32, err error) {
	m, err := c.Wait()
	if err != nil {
		return 0, err
	}
	return le.Uint32(m[8:]), nil
}

package x11

import "image"

// The core protocol's requests on windows.
const (
	opCreateWindow    = 1
	opMapWindow       = 8
	opUnmapWindow     = 10
	opConfigureWindow = 12
	opClearArea       = 61
)

// Attributes of a window.
const (
	backPixmap       = 1 << 0
	backPixel        = 1 << 1
	overrideRedirect = 1 << 9
	dontPropagate    = 1 << 12
)

// Numbers that requests on windows take.
const (
	inputOutput        = 1       // class of a window that shows something
	substructureNotify = 1 << 19 // events when windows on a window change
	allDevices         = 0x3f4f  // keys, buttons and movement, as dontPropagate takes them
	configureAll       = 0xf     // position and size
	configureSibling   = 1 << 5
	configureStack     = 1 << 6
	stackAbove         = 0
	stackBelow         = 1
)

// The events that tell of windows, but not eventConfigure.
const (
	eventDestroy   = 17
	eventUnmap     = 18
	eventMap       = 19
	eventReparent  = 21
	eventCirculate = 26
)

// CreateWindow makes an unmapped window on the root which window managers
// leave alone. What is pressed or typed over it and nobody asked for ends
// there, instead of going on to the root.
func (c *Conn) CreateWindow(r image.Rectangle) (window uint32) {
	window = c.ID()
	c.send(opCreateWindow, 0, window, c.Setup.Root, pair(r.Min.X, r.Min.Y), pair(r.Dx(), r.Dy()), inputOutput<<16,
		0, overrideRedirect|dontPropagate, 1, allDevices)
	return window
}

// Map shows a window.
func (c *Conn) Map(window uint32) { c.send(opMapWindow, 0, window) }

// Unmap hides a window.
func (c *Conn) Unmap(window uint32) { c.send(opUnmapWindow, 0, window) }

// Place gives a window its position, its size, and its place in the stack:
// just below another, or on top of all where that is 0. The server does
// nothing, and sends no event, where all is so already.
func (c *Conn) Place(window uint32, r image.Rectangle, under uint32) {
	x, y, w, h := uint32(int32(r.Min.X)), uint32(int32(r.Min.Y)), uint32(r.Dx()), uint32(r.Dy())
	if under == 0 {
		c.send(opConfigureWindow, 0, window, configureAll|configureStack, x, y, w, h, stackAbove)
		return
	}
	c.send(opConfigureWindow, 0, window, configureAll|configureSibling|configureStack, x, y, w, h, under, stackBelow)
}

// BackPixel makes a window's background one colour. It is seen where the
// server paints next.
func (c *Conn) BackPixel(window, pixel uint32) {
	c.send(opChangeWindow, 0, window, backPixel, pixel)
}

// BackPixmap makes a pixmap a window's background, as it is now: when it is
// drawn on later, this must be asked again. It is seen where the server paints
// next.
func (c *Conn) BackPixmap(window, pixmap uint32) {
	c.send(opChangeWindow, 0, window, backPixmap, pixmap)
}

// Clear paints a part of a window with its background; all of it for the zero
// rectangle.
func (c *Conn) Clear(window uint32, r image.Rectangle) {
	c.send(opClearArea, 0, window, pair(r.Min.X, r.Min.Y), pair(r.Dx(), r.Dy()))
}

// WatchWindows asks for events when the root, or a window on it, is shown,
// hidden, moved or restacked.
func (c *Conn) WatchWindows() {
	c.send(opChangeWindow, 0, c.Setup.Root, eventMask, structureNotify|substructureNotify)
}

// Unwatch asks for no events of the root's any more.
func (c *Conn) Unwatch() { c.send(opChangeWindow, 0, c.Setup.Root, eventMask, 0) }

// Window is the window that an event of WatchWindows is about, or 0: then it
// is another event, or a window was only made.
func (e Event) Window() uint32 {
	switch e[0] & 127 {
	case eventDestroy, eventUnmap, eventMap, eventReparent, eventConfigure, eventCirculate:
		return le.Uint32(e[8:])
	}
	return 0
}

package x11

import "image"

// Codes of errors: there is no such window, and it has no pixels of its own.
const (
	BadWindow = 3
	BadMatch  = 8
)

// WatchPixmap makes damage, a new number, gather what is drawn on a pixmap from
// now on, from its top left. Where the pixmap is a window's pixels, that is
// what is drawn on the window and in it, as long as they are its pixels.
func (d *Damage) WatchPixmap(damage, pixmap uint32) {
	d.c.send(d.ext.major, damageCreate, damage, pixmap, nonEmpty)
}

// AskChildren asks which windows lie on a window, which Tree reads.
func (c *Conn) AskChildren(window uint32) { c.ask(opQueryTree, 0, window) }

// CreateGCFor makes gc, a new number, for drawables like this one. It draws with
// this pixel and without sending events.
func (c *Conn) CreateGCFor(gc, drawable, pixel uint32) {
	c.send(opCreateGC, 0, gc, drawable, foreground|exposures, pixel, 0)
}

// Outer is the size, border included, that e says a window has; false where it
// does not say.
func (e Event) Outer() (size image.Point, told bool) {
	if e[0]&127 != eventConfigure {
		return image.Point{}, false
	}
	border := 2 * int(le.Uint16(e[24:]))
	return image.Pt(int(le.Uint16(e[20:]))+border, int(le.Uint16(e[22:]))+border), true
}

// Remade says that the window of e, which Window tells, was shown, hidden, or
// taken elsewhere: if it has pixels they are others than before.
func (e Event) Remade() bool {
	switch e[0] & 127 {
	case eventDestroy, eventUnmap, eventMap, eventReparent:
		return true
	}
	return false
}

// Ended says that the window of e is no longer on root.
func (e Event) Ended(root uint32) bool {
	kind := e[0] & 127
	return kind == eventDestroy || kind == eventReparent && le.Uint32(e[12:]) != root
}

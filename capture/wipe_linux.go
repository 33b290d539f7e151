package capture

import (
	"cmp"
	"fmt"
	"image"

	"telestrator/x11"
)

// wipe paints a window's pixels grey but for its border, and has it painted anew.
func (o *only) wipe(pixmap, window uint32, a x11.Attributes) {
	c, inside, pixel := o.s.conn, image.Rectangle{Max: a.Area.Size()}.Inset(a.Border), o.grey
	if a.Depth == alphaDepth {
		pixel = 0xff<<24 | grey<<16 | grey<<8 | grey
	}
	c.CreateGCFor(o.brush, pixmap, pixel)
	c.Fill(pixmap, o.brush, []image.Rectangle{inside})
	c.FreeGC(o.brush)
	o.cover.Repaint(window, a.Visual, inside.Size())
}

// wipeInside wipes windows in a layer that have pixels of their own, and the layer
// once more if there are any: the server adds them to what is around them when it
// finds the time. Pixels that are made from now on begin as a copy of clean ones.
func (o *only) wipeInside(l *layer) error {
	inside, err := o.inside(l)
	if err != nil {
		return err
	}
	wiped := false
	for _, w := range inside {
		own, err := o.wipeOwn(w)
		if err != nil {
			return err
		}
		wiped = wiped || own
	}
	if wiped {
		o.s.conn.Together(func() { o.wipe(l.sheet.pixmap, l.id, l.Attributes) })
	}
	return nil
}

// wipeOwn wipes a window in a layer if it has pixels of its own.
func (o *only) wipeOwn(w inner) (own bool, err error) {
	c, pixmap := o.s.conn, o.canvas.layer
	o.s.deep.composite.NamePixmap(w.id, pixmap)
	err = c.Check()
	if refused, is := err.(*x11.Error); is && (refused.Code == x11.BadMatch || refused.Code == x11.BadWindow) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	c.Together(func() { o.wipe(pixmap, w.id, w.Attributes) })
	c.FreePixmap(pixmap)
	return true, nil
}

// maxInside is how many windows may be in a chosen one. Beyond, there is no
// picture.
const maxInside = 2048

// errStuffed says that there are more.
var errStuffed = fmt.Errorf("capture: no picture while more than %d windows are in a chosen one", maxInside)

// inner is a window in a layer.
type inner struct {
	id     uint32
	around uint32 // the visual of the window around it
	x11.Attributes
}

// inside finds the windows in a layer that may have pixels of their own: they are
// of another kind than what is around them.
func (o *only) inside(l *layer) (found []inner, err error) {
	level := []inner{{id: l.id, Attributes: l.Attributes}}
	for seen := 0; len(level) > 0; {
		if level, err = o.beyond(level); err != nil {
			return nil, err
		}
		if seen += len(level); seen > maxInside {
			return nil, errStuffed
		}
		for _, w := range level {
			if w.Visual != w.around {
				found = append(found, w)
			}
		}
	}
	return found, nil
}

// beyond is the windows on those of a level that can be seen.
func (o *only) beyond(level []inner) (next []inner, err error) {
	c := o.s.conn
	for _, w := range level {
		c.AskChildren(w.id)
	}
	for _, w := range level {
		ids, refused := c.Tree(o.ids[:0])
		for _, id := range ids {
			next = append(next, inner{id: id, around: w.Visual})
		}
		err = cmp.Or(err, refused)
	}
	for _, w := range next {
		c.AskAttributes(w.id)
	}
	seen := next[:0]
	for _, w := range next {
		a, refused := c.Attributes()
		if w.Attributes = a; a.Shows && a.Seen {
			seen = append(seen, w)
		}
		err = cmp.Or(err, refused)
	}
	return seen, err
}

package capture

import (
	"fmt"
	"image"

	"telestrator/x11"
)

// maxLayers is how many windows may lie on the root. Beyond, there is no
// picture while some of them are looked beneath.
const maxLayers = 2048

// errCrowded says that there are more.
var errCrowded = fmt.Errorf("capture: no picture while more than %d windows are on the screen", maxLayers)

// layer is a window on the root.
type layer struct {
	id uint32
	x11.Attributes
	format uint32 // of its pixels, as RENDER calls it; 0: RENDER knows none
	shaped bool
	ours   bool // in no picture
	fresh  bool // it changed since it got its part
	there  bool // it is in the tree that was read last

	slot    slot
	box     image.Rectangle // around its part
	watched bool            // its damage gathers

	// Where only chosen windows are shown.
	sheet *sheet // its pixels
	held  bool   // nothing is shown of it yet
}

// slot is what the server keeps for a layer that is seen. Its numbers are used
// again for others.
type slot struct {
	part   uint32 // region: what would be seen of it without ours
	damage uint32 // what was drawn on it, while it is watched
}

// shows says that the layer can be a part of the picture. One whose pixels
// RENDER cannot read, of a kind that has fallen out of use, is left out.
func (l *layer) shows() bool { return l.Shows && l.Seen && !l.ours && l.format != 0 }

// covers says that the layer is one of ours and hides what lies below.
func (l *layer) covers() bool { return l.Shows && l.Seen && l.ours }

// alphaDepth is the bits of a pixel with transparency.
const alphaDepth = 32

// through says that what lies below a layer shines through it.
func (d *division) through(l *layer) bool {
	return d.composited && l.Depth == alphaDepth
}

// read brings the stack up to date with what was told.
func (b *beneath) read() error {
	if err := b.readOrder(); err != nil {
		return err
	}
	if len(b.ids) > maxLayers {
		return errCrowded
	}
	b.order()
	if err := b.readLayers(b.next); err != nil {
		return err
	}
	b.drop()
	return forgive(b.s.conn.Settle())
}

// readOrder asks which windows there are, and whether somebody composes them.
func (d *division) readOrder() error {
	c := d.s.conn
	c.AskTree()
	c.AskOwner(d.s.deep.compositor)
	var err error
	if d.ids, err = c.Tree(d.ids[:0]); err != nil {
		return err
	}
	owner, err := c.Owner()
	if err != nil {
		return err
	}
	if composited := owner != 0; composited != d.composited {
		d.composited, d.told.all = composited, true
	}
	return nil
}

// order puts the layers of the windows in ids into next.
func (b *beneath) order() {
	for _, l := range b.known {
		l.there = false
	}
	b.next = b.next[:0]
	for _, id := range b.ids {
		if id == b.floor.outer {
			continue
		}
		l := b.meet(id)
		b.shifted = b.shifted || l.fresh && (l.ours || b.ours[id])
		l.ours = b.ours[id]
		b.next = append(b.next, l)
	}
}

// meet is the layer of a window that is there.
func (d *division) meet(id uint32) *layer {
	l := d.known[id]
	if l == nil {
		l = &layer{id: id, fresh: true}
		d.known[id] = l
	}
	l.there = true
	l.fresh = l.fresh || d.told.names(id)
	return l
}

// readLayers asks about the layers that are fresh, and makes all of them the
// stack.
func (d *division) readLayers(all []*layer) error {
	for _, l := range all {
		if l.fresh {
			d.s.deep.shapes.Watch(l.id)
			d.s.conn.AskAttributes(l.id)
			d.s.deep.shapes.AskShaped(l.id)
		}
	}
	d.stack = d.stack[:0]
	for _, l := range all {
		if err := d.readLayer(l); err != nil {
			return err
		}
	}
	return nil
}

// readLayer takes the answers about a layer and puts it onto the stack. One
// that has ended meanwhile is left out; an event says so.
func (d *division) readLayer(l *layer) error {
	if !l.fresh {
		d.stack = append(d.stack, l)
		return nil
	}
	a, err := d.s.conn.Attributes()
	if forgive(err) != nil {
		return err
	}
	shaped, unknown := d.s.deep.shapes.Shaped()
	if forgive(unknown) != nil {
		return unknown
	}
	if err != nil || unknown != nil {
		l.there = false
		return nil
	}
	l.Attributes, l.shaped, l.format = a, shaped, d.s.deep.render.Format(a.Visual)
	d.stack = append(d.stack, l)
	return nil
}

// drop forgets layers that are no longer there.
func (b *beneath) drop() {
	for id, l := range b.known {
		if !l.there {
			b.shifted = b.shifted || l.ours
			b.release(l)
			delete(b.known, id)
		}
	}
}

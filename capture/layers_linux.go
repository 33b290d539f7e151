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

// through says that what lies below a layer shines through it.
func (b *beneath) through(l *layer) bool {
	const alphaDepth = 32 // bits of a pixel with transparency
	return b.composited && l.Depth == alphaDepth
}

// read brings the stack up to date with what was told.
func (b *beneath) read() error {
	if err := b.readOrder(); err != nil {
		return err
	}
	for _, l := range b.next {
		if l.fresh {
			b.s.deep.shapes.Watch(l.id)
			b.s.conn.AskAttributes(l.id)
			b.s.deep.shapes.AskShaped(l.id)
		}
	}
	b.stack = b.stack[:0]
	for _, l := range b.next {
		if err := b.readLayer(l); err != nil {
			return err
		}
	}
	b.drop()
	return forgive(b.s.conn.Settle())
}

// readOrder asks which windows there are, and whether somebody composes them.
func (b *beneath) readOrder() error {
	c := b.s.conn
	c.AskTree()
	c.AskOwner(b.s.deep.compositor)
	var err error
	if b.ids, err = c.Tree(b.ids[:0]); err != nil {
		return err
	}
	owner, err := c.Owner()
	if err != nil {
		return err
	}
	if len(b.ids) > maxLayers {
		return errCrowded
	}
	if composited := owner != 0; composited != b.composited {
		b.composited, b.told.all = composited, true
	}
	b.order()
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
		l := b.known[id]
		if l == nil {
			l = &layer{id: id, fresh: true}
			b.known[id] = l
		}
		l.there = true
		l.fresh = l.fresh || b.told.names(id)
		b.shifted = b.shifted || l.fresh && (l.ours || b.ours[id])
		l.ours = b.ours[id]
		b.next = append(b.next, l)
	}
}

// readLayer takes the answers about a layer and puts it onto the stack. One
// that has ended meanwhile is left out; an event says so.
func (b *beneath) readLayer(l *layer) error {
	if !l.fresh {
		b.stack = append(b.stack, l)
		return nil
	}
	a, err := b.s.conn.Attributes()
	if forgive(err) != nil {
		return err
	}
	shaped, unknown := b.s.deep.shapes.Shaped()
	if forgive(unknown) != nil {
		return unknown
	}
	if err != nil || unknown != nil {
		l.there = false
		return nil
	}
	l.Attributes, l.shaped, l.format = a, shaped, b.s.deep.render.Format(a.Visual)
	b.stack = append(b.stack, l)
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

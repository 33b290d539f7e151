package capture

import (
	"image"
	"slices"
	"time"
)

// rest is how long a window has to keep its size before it is shown with it.
// Meanwhile nothing is asked of it: a window that the user resizes stays smooth.
const rest = 100 * time.Millisecond

// forget gives up the pixels that windows have no longer, and windows that have
// ended.
func (o *only) forget() {
	if o.told.over {
		o.let()
	}
	for id, c := range o.told.changed {
		if l := o.known[id]; l != nil {
			o.outdate(l, c)
		}
		if c.ended && o.chosen[id] {
			delete(o.chosen, id)
			o.ended[id] = true
		}
	}
}

// outdate gives up a layer's pixels if after a change it has others, and holds it
// back if it may get more of them.
func (o *only) outdate(l *layer, c change) {
	size := l.Area.Size()
	if l.sheet != nil {
		size = l.sheet.size
	}
	if c.remade {
		o.tear(l)
		l.held = false
	} else if c.resized || c.outer != (image.Point{}) && c.outer != size {
		o.tear(l)
		l.held = true
		o.s.later(rest)
	}
}

// let shows the layers that were held back.
func (o *only) let() {
	for _, l := range o.known {
		l.fresh = l.fresh || l.held
		l.held = false
	}
}

// follow brings everything up to date with what was told of windows.
func (o *only) follow() error {
	if err := o.readOrder(); err != nil {
		return err
	}
	o.order()
	if err := o.readLayers(o.next); err != nil {
		return err
	}
	o.drop()
	o.divide()
	if err := o.boxes(); err != nil {
		return err
	}
	return o.bind()
}

// order puts the layers of chosen windows into next.
func (o *only) order() {
	for _, l := range o.known {
		l.there = false
	}
	o.next = o.next[:0]
	for _, id := range o.ids {
		if o.chosen[id] {
			o.next = append(o.next, o.meet(id))
		}
	}
}

// drop forgets layers that are no longer there or no longer chosen.
func (o *only) drop() {
	for id, l := range o.known {
		if !l.there {
			o.s.deep.shapes.Ignore(id)
			o.release(l)
			delete(o.known, id)
		}
	}
}

// boxes takes the answers to divide.
func (o *only) boxes() (err error) {
	for _, l := range slices.Backward(o.stack) {
		if !l.shows() {
			o.release(l)
		} else if l.box, err = o.box(); err != nil {
			return err
		}
		l.fresh = false
	}
	return forgive(o.s.conn.Settle())
}

// release ends what the server keeps for a layer.
func (o *only) release(l *layer) {
	o.tear(l)
	o.vacate(l)
}

package capture

import (
	"image"

	"telestrator/x11"
)

// canvas is what a Grab composes onto: the mirror where that is a pixmap, or
// one of the server's from which it fetches.
type canvas struct {
	pixmap, picture  uint32
	own              bool   // the pixmap is not the mirror's
	layer, layerView uint32 // numbers of a pixmap and a picture for a moment
}

// fit makes what depends on the screen's size.
func (b *beneath) fit() {
	if b.canvas.pixmap != 0 {
		return
	}
	b.stretch()
	b.lay(b.s.size)
	b.s.news.anew()
}

// stretch makes the canvas.
func (d *division) stretch() {
	s, c := d.s, &d.canvas
	c.pixmap = s.mirror.canvas()
	if c.own = c.pixmap == 0; c.own {
		c.pixmap = s.conn.CreatePixmap(s.size)
	}
	c.picture, c.layer, c.layerView = s.conn.ID(), s.conn.ID(), s.conn.ID()
	s.deep.render.CreatePicture(c.picture, c.pixmap, d.format)
}

// unfit gives back what fit made.
func (b *beneath) unfit() {
	if b.canvas.pixmap == 0 {
		return
	}
	b.lift()
	b.fold()
}

// fold gives the canvas back.
func (d *division) fold() {
	s, c := d.s, &d.canvas
	if c.pixmap == 0 {
		return
	}
	s.deep.render.FreePicture(c.picture)
	if c.own {
		s.conn.FreePixmap(c.pixmap)
	}
	*c = canvas{}
}

// compose draws all layers that lie in work, the lowest first.
func (b *beneath) compose(box image.Rectangle) {
	if b.floor.box.Overlaps(box) {
		b.clip(b.regions.root)
		b.s.deep.render.Compose(x11.OpReplace, b.floor.picture, b.canvas.picture, b.s.bounds())
	}
	for _, l := range b.stack {
		if l.box.Overlaps(box) {
			b.clip(l.slot.part)
			b.draw(l)
		}
	}
}

// clip restricts drawing to work inside a part.
func (b *beneath) clip(part uint32) {
	f, r := b.s.fixes, &b.regions
	f.Copy(r.some, r.work)
	f.Intersect(r.some, part)
	f.ClipPicture(b.canvas.picture, r.some)
}

// draw lays a layer's own pixels over its place.
func (b *beneath) draw(l *layer) {
	c, d, op := &b.canvas, &b.s.deep, x11.OpReplace
	if b.through(l) {
		op = x11.OpOver
	}
	d.composite.NamePixmap(l.id, c.layer)
	d.render.CreatePicture(c.layerView, c.layer, l.format)
	d.render.Compose(op, c.layerView, c.picture, l.Area)
	d.render.FreePicture(c.layerView)
	b.s.conn.FreePixmap(c.layer)
}

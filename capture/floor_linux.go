package capture

import (
	"image"

	"telestrator/x11"
)

// floor is the root's background where nothing covers it. The root itself has
// no pixels there: our windows hide them. But the server paints a window whose
// background is its parent's like the root. Such a window is kept concealed, so
// that it covers nothing, is not seen and has pixels of its own. It lies in one
// of a single pixel outside the screen: on the root, a compositor would show it.
//
// What programs draw on the root otherwise is not a part of it. Under our
// windows the background is seen there.
type floor struct {
	outer, window   uint32
	pixmap, picture uint32
	box             image.Rectangle // around where it is seen in the area of our windows
	stale           bool            // the root's background may be another one
	watched         bool            // askTrodden has asked
}

// lay makes the floor. Nothing of what is on the screen may be left in it, even
// if the root has no background.
func (b *beneath) lay(size image.Point) {
	c, fl := b.s.conn, &b.floor
	whole := image.Rectangle{Max: size}
	fl.outer = c.CreateWindow(image.Rect(-1, -1, 0, 0))
	c.BackPixmap(fl.outer, x11.BackParent)
	fl.window = c.CreateChild(fl.outer, whole.Add(image.Pt(1, 1)))
	b.s.deep.composite.Conceal(fl.window)
	c.Map(fl.window)
	c.Map(fl.outer)
	gc := c.CreateGC()
	c.Fill(fl.window, gc, []image.Rectangle{whole})
	c.FreeGC(gc)
	fl.stale = true
	fl.pixmap, fl.picture = c.ID(), c.ID()
	b.s.deep.composite.NamePixmap(fl.window, fl.pixmap)
	b.s.deep.render.CreatePicture(fl.picture, fl.pixmap, b.format)
}

// lift takes the floor away.
func (b *beneath) lift() {
	b.s.deep.render.FreePicture(b.floor.picture)
	b.s.conn.FreePixmap(b.floor.pixmap)
	b.s.conn.DestroyWindow(b.floor.outer)
	b.floor = floor{}
}

// fitFloor gives the floor the root's part in over. Only that is painted. The
// answer is a box around it.
func (b *beneath) fitFloor() {
	f, r := b.s.fixes, &b.regions
	f.Copy(r.bare, r.root)
	f.Subtract(r.bare, r.over)
	f.Copy(r.some, r.root)
	f.Intersect(r.some, r.over)
	f.Shape(b.floor.window, x11.ShapeSeen, r.some)
	f.Extents(r.some, r.some)
	f.AskRegion(r.some)
}

// unpapered is what compositors show where no program has named a background.
const unpapered = 0x808080

// paper gives a stale floor its background: the root's, or what a compositor
// shows in place of it.
func (b *beneath) paper() error {
	c, window := b.s.conn, b.floor.window
	if !b.floor.stale {
		return nil
	}
	if !b.composited {
		c.BackPixmap(window, x11.BackParent)
		return nil
	}
	c.BackPixel(window, unpapered)
	c.AskPixmap(b.s.deep.paper)
	pixmap, err := c.Pixmap()
	if err != nil || pixmap == 0 {
		return err
	}
	c.BackPixmap(window, pixmap)
	return forgive(c.Check()) // it may be gone
}

// askTrodden asks whether something was drawn on the root itself where it is
// seen, which trodden reads: a program that sets another background clears it,
// and no event is sure to tell of that. The damage has just been taken. If the
// floor is to be painted anyway it is painted now, like the root of then or of
// later.
func (b *beneath) askTrodden() {
	f, r, fl := b.s.fixes, &b.regions, &b.floor
	if fl.stale {
		b.s.conn.Clear(fl.window, b.s.bounds())
		f.Copy(r.some, r.root)
		f.Intersect(r.some, r.over)
		f.Union(r.todo, r.some)
		b.busy, fl.stale, fl.watched = true, false, false
		return
	}
	seen := !fl.box.Empty() || b.parted || b.outlined // then it may be
	if fl.watched = !b.composited && seen; !fl.watched {
		return
	}
	f.Copy(r.some, b.s.region)
	f.Intersect(r.some, r.bare)
	f.Extents(r.some, r.some)
	f.AskRegion(r.some)
}

// trodden takes the answer to askTrodden.
func (b *beneath) trodden() error {
	if !b.floor.watched {
		return nil
	}
	box, err := b.box()
	b.floor.stale = b.floor.stale || !box.Empty()
	return err
}

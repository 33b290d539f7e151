package capture

import (
	"cmp"
	"image"

	"telestrator/x11"
)

// take is the part of a Grab that brings in the damage. It begins anew when an
// event shows that chosen windows changed meanwhile. When that happens again and
// again it makes do with windows of different moments.
func (o *only) take(f *Frame, shape bool) error {
	if o.canvas.pixmap == 0 {
		o.stretch()
	}
	clear(o.taken)
	for n := 1; ; n++ {
		err := o.look(f, shape)
		switch {
		case err != nil:
			if lasting := o.again(); lasting != nil || n == maxLooks || !passes(err) {
				return cmp.Or(lasting, err)
			}
		case !o.s.news.since(o.taken):
			return o.done()
		case n == maxLooks:
			o.s.wake()
			return o.done()
		}
	}
}

// passes says that a look may fail for what the next one does not meet.
func passes(err error) bool { return err == errReplaced || forgive(err) == nil }

// again makes the next look ask for everything after one that failed.
func (o *only) again() error {
	o.s.conn.Settle()
	o.s.news.anew()
	return forgive(o.s.conn.Check())
}

// done ends a Grab that has everything.
func (o *only) done() error {
	if o.busy {
		o.s.fixes.SetRegion(o.regions.todo, nil)
	}
	o.busy = false
	return nil
}

// look composes what was drawn on chosen windows.
func (o *only) look(f *Frame, shape bool) error {
	o.s.news.take(&o.told)
	o.forget()
	if o.told.all || o.told.over || len(o.told.changed) > 0 {
		if err := o.follow(); err != nil {
			return err
		}
	}
	o.gather()
	box, err := o.answers(f, shape)
	if err != nil || !o.busy {
		return err
	}
	o.compose(box)
	return o.s.conn.Check()
}

// gather adds what was drawn on chosen windows to todo.
func (o *only) gather() {
	for _, l := range o.stack {
		if l.sheet != nil && (o.told.all || o.told.drawn[l.sheet.pixmap]) {
			o.harm(l)
		}
	}
	if o.s.stale {
		o.s.fixes.SetRegion(o.regions.todo, []image.Rectangle{o.s.bounds()})
		o.busy = true
	}
}

// harm takes what was drawn on a layer.
func (o *only) harm(l *layer) {
	f, r := o.s.fixes, &o.regions
	o.s.damage.Subtract(l.sheet.damage, r.some)
	f.Move(r.some, l.Area.Min.X, l.Area.Min.Y)
	f.Intersect(r.some, l.slot.part)
	f.Union(r.todo, r.some)
	o.taken[l.sheet.pixmap] = true
	o.busy = true
}

// answers asks for where something changed and for the pointer, and takes the
// replies. The box is around todo.
func (o *only) answers(f *Frame, shape bool) (box image.Rectangle, err error) {
	s := o.s
	if o.busy {
		s.fixes.AskRegion(o.regions.todo)
	}
	s.conn.AskPointer()
	if shape {
		s.fixes.AskCursor()
	}
	f.Damage = f.Damage[:0]
	if o.busy {
		if f.Damage, err = s.fixes.Region(f.Damage, s.bounds(), maxRects); err != nil {
			return box, err
		}
	}
	for _, r := range f.Damage {
		box = box.Union(r)
	}
	return box, cmp.Or(s.takePointer(shape), s.conn.Settle())
}

// compose draws all chosen windows that lie in todo over grey, the lowest first.
func (o *only) compose(box image.Rectangle) {
	s := o.s
	s.fixes.Clip(s.gc, o.regions.todo)
	s.conn.Fill(o.canvas.pixmap, s.gc, []image.Rectangle{s.bounds()})
	for _, l := range o.stack {
		if l.sheet != nil && l.box.Overlaps(box) {
			o.draw(l)
		}
	}
}

// draw lays a window's pixels over its place.
func (o *only) draw(l *layer) {
	f, r, op := o.s.fixes, &o.regions, x11.OpReplace
	if o.through(l) {
		op = x11.OpOver
	}
	f.Copy(r.some, l.slot.part)
	f.Intersect(r.some, r.todo)
	f.ClipPicture(o.canvas.picture, r.some)
	o.s.deep.render.Compose(op, l.sheet.picture, o.canvas.picture, l.Area)
}

package capture

import (
	"image"
	"slices"
)

// regions are areas that the server keeps for us.
type regions struct {
	ours  uint32 // what our windows cover
	late  uint32 // what they covered, and a compositor may still show
	over  uint32 // both, or more: there the screen is not looked at
	root  uint32 // the root's part
	bare  uint32 // of it, what is not in over
	todo  uint32 // what changed in the windows' parts
	work  uint32 // of it, what is in over and has to be composed
	carry uint32 // damage that an overtaken look has taken

	rest, mine, some, given uint32 // scratch; given is a number only
}

func (r *regions) all() []*uint32 {
	return []*uint32{&r.ours, &r.late, &r.over, &r.root, &r.bare, &r.todo, &r.work, &r.carry, &r.rest, &r.mine, &r.some}
}

func (r *regions) make(s *x11Screen) {
	for _, region := range r.all() {
		*region = s.fixes.CreateRegion()
	}
	r.given = s.conn.ID()
}

func (r *regions) free(s *x11Screen) {
	for _, region := range r.all() {
		s.fixes.DestroyRegion(*region)
	}
}

// divide gives every layer and the root their parts of the screen anew, and adds
// to todo what belongs to another one now, or to one that changed. The answers
// to what portion asks come next.
func (d *division) divide() {
	f, r := d.s.fixes, &d.regions
	f.SetRegion(r.rest, []image.Rectangle{d.s.bounds()})
	for _, l := range slices.Backward(d.stack) {
		if l.shows() {
			d.portion(l)
		}
	}
	f.Copy(r.some, r.rest)
	d.renew(r.root, false, false)
	d.busy = true
}

// outline makes some the area in which a layer has pixels.
func (d *division) outline(l *layer) {
	f, r := d.s.fixes, &d.regions
	f.SetRegion(r.some, []image.Rectangle{l.Area})
	if !l.shaped && !l.ours {
		return
	}
	f.WindowRegion(r.given, l.id)
	f.Move(r.given, l.Origin().X, l.Origin().Y)
	f.Intersect(r.some, r.given)
	f.DestroyRegion(r.given)
}

// portion gives a layer its part of rest.
func (d *division) portion(l *layer) {
	f, r := d.s.fixes, &d.regions
	d.outline(l)
	f.Intersect(r.some, r.rest)
	if l.slot == (slot{}) {
		l.slot = d.slot()
	}
	if !d.through(l) {
		f.Subtract(r.rest, r.some)
	}
	d.renew(l.slot.part, l.fresh, d.through(l))
	f.Extents(r.mine, r.some)
	f.AskRegion(r.mine)
}

// renew makes part what some is, and adds to todo where that matters: all of
// it if its pixels are new, and where it was if others shine through it.
func (d *division) renew(part uint32, fresh, through bool) {
	f, r := d.s.fixes, &d.regions
	f.Copy(r.mine, r.some)
	if !fresh {
		f.Subtract(r.mine, part)
	}
	f.Union(r.todo, r.mine)
	if through {
		f.Copy(r.mine, part)
		f.Subtract(r.mine, r.some)
		f.Union(r.todo, r.mine)
	}
	f.Copy(part, r.some)
}

// retire takes the parts of layers that do not show.
func (b *beneath) retire() {
	for _, l := range b.stack {
		if !l.shows() {
			b.release(l)
			l.fresh = false
		}
	}
}

// boxes takes the answers to portion, and watches the layers that have a part.
func (b *beneath) boxes() (err error) {
	for _, l := range slices.Backward(b.stack) {
		if !l.shows() {
			continue
		}
		if l.box, err = b.box(); err != nil {
			return err
		}
		b.observe(l, !l.box.Empty())
		l.fresh = false
	}
	return nil
}

// box waits for a region that is one rectangle.
func (d *division) box() (box image.Rectangle, err error) {
	d.found, err = d.s.fixes.Region(d.found[:0], d.s.bounds(), 1)
	for _, r := range d.found {
		box = box.Union(r)
	}
	return box, err
}

// observe begins or ends watching what is drawn on a layer.
func (b *beneath) observe(l *layer, wanted bool) {
	d := b.s.damage
	switch {
	case wanted && !l.watched:
		d.WatchWindow(l.slot.damage, l.id)
		d.Subtract(l.slot.damage, 0)
		b.taken[l.id] = true
	case !wanted && l.watched:
		d.Destroy(l.slot.damage)
	}
	l.watched = wanted
}

// slot takes a spare slot or makes one.
func (d *division) slot() (s slot) {
	if n := len(d.spare); n > 0 {
		s, d.spare = d.spare[n-1], d.spare[:n-1]
		return s
	}
	return slot{d.s.fixes.CreateRegion(), d.s.conn.ID()}
}

// release ends what the server keeps for a layer.
func (b *beneath) release(l *layer) {
	b.observe(l, false)
	b.vacate(l)
}

// vacate takes a layer's part away.
func (d *division) vacate(l *layer) {
	if l.slot == (slot{}) {
		return
	}
	f := d.s.fixes
	if d.composited {
		f.Union(d.regions.todo, l.slot.part)
	}
	f.SetRegion(l.slot.part, nil)
	d.spare = append(d.spare, l.slot)
	l.slot, l.box = slot{}, image.Rectangle{}
}

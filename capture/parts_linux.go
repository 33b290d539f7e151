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
// to todo what belongs to another one now, or to one that changed.
func (b *beneath) divide() error {
	f, r := b.s.fixes, &b.regions
	f.SetRegion(r.rest, []image.Rectangle{b.s.bounds()})
	for _, l := range slices.Backward(b.stack) {
		if l.shows() {
			b.portion(l)
		}
	}
	f.Copy(r.some, r.rest)
	b.renew(r.root, false, false)
	b.busy = true
	return b.boxes()
}

// outline makes some the area in which a layer has pixels.
func (b *beneath) outline(l *layer) {
	f, r := b.s.fixes, &b.regions
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
func (b *beneath) portion(l *layer) {
	f, r := b.s.fixes, &b.regions
	b.outline(l)
	f.Intersect(r.some, r.rest)
	if l.slot == (slot{}) {
		l.slot = b.slot()
	}
	if !b.through(l) {
		f.Subtract(r.rest, r.some)
	}
	b.renew(l.slot.part, l.fresh, b.through(l))
	f.Extents(r.mine, r.some)
	f.AskRegion(r.mine)
}

// renew makes part what some is, and adds to todo where that matters: all of
// it if its pixels are new, and where it was if others shine through it.
func (b *beneath) renew(part uint32, fresh, through bool) {
	f, r := b.s.fixes, &b.regions
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

// boxes takes the answers to portion, and watches the layers that have a part.
func (b *beneath) boxes() (err error) {
	for _, l := range slices.Backward(b.stack) {
		if !l.shows() {
			b.release(l)
			l.fresh = false
			continue
		}
		if l.box, err = b.box(); err != nil {
			return err
		}
		b.observe(l, !l.box.Empty())
		l.fresh = false
	}
	return forgive(b.s.conn.Settle())
}

// box waits for a region that is one rectangle.
func (b *beneath) box() (box image.Rectangle, err error) {
	b.found, err = b.s.fixes.Region(b.found[:0], b.s.bounds(), 1)
	for _, r := range b.found {
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
func (b *beneath) slot() (s slot) {
	if n := len(b.spare); n > 0 {
		s, b.spare = b.spare[n-1], b.spare[:n-1]
		return s
	}
	return slot{b.s.fixes.CreateRegion(), b.s.conn.ID()}
}

// release ends what the server keeps for a layer.
func (b *beneath) release(l *layer) {
	if l.slot == (slot{}) {
		return
	}
	f := b.s.fixes
	b.observe(l, false)
	if b.composited {
		f.Union(b.regions.todo, l.slot.part)
	}
	f.SetRegion(l.slot.part, nil)
	b.spare = append(b.spare, l.slot)
	l.slot, l.box = slot{}, image.Rectangle{}
}

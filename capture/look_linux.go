package capture

import (
	"errors"
	"image"
)

// maxLooks is how often a Grab begins anew because windows changed meanwhile.
const maxLooks = 4

// errOvertaken says that our windows change too fast to be looked beneath.
var errOvertaken = errors.New("windows that are to be looked beneath change all the time")

// take is the part of a Grab that brings in the damage. It begins anew when an
// event shows that windows changed meanwhile. When that happens again and again
// it makes do with windows of different moments, all of this Grab, if ours are
// not among those that changed.
func (b *beneath) take(f *Frame, shape bool) error {
	b.fit()
	clear(b.taken)
	for n := 1; ; n++ {
		err := b.look(f, shape)
		switch {
		case err != nil && (n == maxLooks || forgive(err) != nil):
			return err
		case err == nil && !b.overtaken():
			return b.done()
		case n == maxLooks && b.s.news.about(b.ours):
			return errOvertaken
		case n == maxLooks:
			b.s.wake()
			return b.done()
		}
		b.again(err)
	}
}

// overtaken reports whether what was seen may be of different moments.
func (b *beneath) overtaken() bool {
	return b.floor.stale || b.s.news.since(b.taken)
}

// again keeps the damage that a look took for the next one, which looks at
// everything if this one failed.
func (b *beneath) again(err error) {
	if err != nil {
		b.s.conn.Settle()
		b.s.news.anew()
		b.floor.stale = true
	}
	b.s.fixes.Union(b.regions.carry, b.s.region)
	b.carries = true
}

// look takes the damage and composes what lies in it.
func (b *beneath) look(f *Frame, shape bool) error {
	b.s.news.take(&b.told)
	b.floor.stale = b.floor.stale || b.told.ground || b.s.stale
	if err := b.follow(); err != nil {
		return err
	}
	if b.parted || b.outlined {
		b.guess = image.Rectangle{} // the layers' parts are known when it is answered
	}
	b.s.conn.Together(func() { b.ask(shape) })
	box, err := b.answers(f, shape)
	if err != nil || box.In(b.guess) {
		return err
	}
	b.guess = b.guess.Union(box)
	b.compose(b.guess)
	return b.s.conn.Check()
}

// follow brings everything up to date with what was told of windows. What it
// asks last, settle reads with the other answers: the server is waited for as
// seldom as can be, since a window that is dragged comes this way in every Grab.
func (b *beneath) follow() error {
	b.parted = b.told.all || b.told.other(b.ours)
	b.shifted = !b.parted && len(b.told.changed) > 0
	if b.parted {
		if err := b.read(); err != nil {
			return err
		}
	}
	b.outlined = false
	if b.told.all || b.told.over || b.shifted {
		var err error
		if b.outlined, err = b.cover(); err != nil {
			return err
		}
	}
	if err := b.paper(); err != nil {
		return err
	}
	if b.parted {
		b.divide()
		b.retire()
	}
	if b.parted || b.outlined {
		b.fitFloor()
	}
	return nil
}

// settle takes the answers to what follow asked last.
func (b *beneath) settle() (err error) {
	if b.parted {
		if err = b.boxes(); err != nil {
			return err
		}
	}
	if b.parted || b.outlined {
		b.floor.box, err = b.box()
	}
	return err
}

// ask sends for the same things as x11Screen.ask, and copies from the screen
// what was drawn outside the area of our windows and what changed in the parts
// of windows. What of it is to be composed shows ours until it is: at once where
// something had to be composed before, so that all of the picture is of one
// moment, or else when the answers have told where.
//
// The damage of the root is not enough. The server paints the screen from the
// windows' own pixels later than they are drawn, when it is idle or somebody
// looks, and if that somebody is itself, because it draws the pointer, it tells
// nobody.
func (b *beneath) ask(shape bool) {
	s, f, r := b.s, b.s.fixes, &b.regions
	s.damage.Subtract(s.watch, s.region)
	b.askTrodden()
	b.gather()
	f.Subtract(s.region, r.over)
	if b.busy {
		f.Union(s.region, r.todo)
		f.Copy(r.work, r.todo)
		f.Intersect(r.work, r.over)
		f.Extents(r.some, r.work)
		f.AskRegion(r.some)
	}
	f.Clip(s.gc, s.region)
	s.conn.CopyRoot(b.canvas.pixmap, s.gc, s.size)
	if b.busy {
		b.compose(b.guess)
	}
	f.AskRegion(s.region)
	s.conn.AskPointer()
	if shape {
		f.AskCursor()
	}
}

// gather adds to the damage what was taken before, and to todo what was drawn
// on layers in their parts.
func (b *beneath) gather() {
	s, f, r := b.s, b.s.fixes, &b.regions
	if b.carries {
		f.Union(s.region, r.carry)
		f.SetRegion(r.carry, nil)
		b.carries = false
	}
	for _, l := range b.stack {
		if l.watched && (b.told.all || b.told.drawn[l.id]) {
			b.harm(l)
		}
	}
	if s.stale {
		f.SetRegion(s.region, []image.Rectangle{s.bounds()})
		f.Union(r.todo, r.over)
		b.busy = true
	}
}

// harm takes what was drawn on a layer.
func (b *beneath) harm(l *layer) {
	f, r := b.s.fixes, &b.regions
	b.s.damage.Subtract(l.slot.damage, r.some)
	f.Move(r.some, l.Origin().X, l.Origin().Y)
	f.Intersect(r.some, l.slot.part)
	f.Union(r.todo, r.some)
	b.taken[l.id] = true
	b.busy = true
}

// answers takes the replies to ask in their order. The box is around work.
func (b *beneath) answers(f *Frame, shape bool) (box image.Rectangle, err error) {
	f.Damage = f.Damage[:0]
	if err = b.settle(); err != nil {
		return box, err
	}
	if err = b.trodden(); err != nil {
		return box, err
	}
	if b.busy {
		if box, err = b.box(); err != nil {
			return box, err
		}
	}
	return box, b.s.answers(f, shape)
}

// done ends a Grab that has everything.
func (b *beneath) done() error {
	if b.busy {
		b.s.fixes.SetRegion(b.regions.todo, nil)
	}
	b.busy = false
	return nil
}

package capture

import (
	"errors"
	"image"
)

// errReplaced says that windows changed while their pixels were named: those may
// be others, or other windows'.
var errReplaced = errors.New("chosen windows change all the time")

// sheet is the pixels of a chosen window, from its border's top left.
//
// A window's pixels begin as a copy of what is on the screen at its place, other
// windows included, and stay that until something is painted there. Nobody can say
// where: the server also takes it for painting when a window moves or comes to
// light. So they are wiped before they are shown, and the window is asked to paint
// itself once more. Its border is left: the server itself paints that, at once.
type sheet struct {
	pixmap, picture, damage uint32
	size                    image.Point
}

// bind names the pixels of windows that have come into sight, and wipes them. If
// by then no event has told of any change of theirs, they are the right windows'.
func (o *only) bind() (err error) {
	var all []*layer
	for _, l := range o.stack {
		if l.shows() && !l.held && l.sheet == nil {
			o.lay(l)
			all = append(all, l)
		}
	}
	if len(all) == 0 {
		return nil
	}
	if err = o.bound(all); err != nil {
		for _, l := range all {
			o.tear(l)
		}
	}
	return err
}

// bound wipes what lies in layers, and looks for news of them.
func (o *only) bound(all []*layer) error {
	if err := o.s.conn.Check(); err != nil {
		return err
	}
	for _, l := range all {
		if err := o.wipeInside(l); err != nil {
			return err
		}
	}
	return o.confirm(all)
}

// lay gives a layer a sheet.
func (o *only) lay(l *layer) {
	c, sh := o.s.conn, o.sheet()
	sh.size, l.sheet = l.Area.Size(), sh
	c.Together(func() {
		o.s.deep.composite.NamePixmap(l.id, sh.pixmap)
		o.s.damage.WatchPixmap(sh.damage, sh.pixmap)
		o.wipe(sh.pixmap, l.id, l.Attributes)
	})
	o.s.deep.render.CreatePicture(sh.picture, sh.pixmap, l.format)
}

// confirm waits until all is done, and looks for news of these layers.
func (o *only) confirm(all []*layer) error {
	named := make(map[uint32]bool)
	for _, l := range all {
		named[l.id], o.taken[l.sheet.pixmap] = true, true
		o.s.damage.Subtract(l.sheet.damage, 0) // all of it is composed as it is
	}
	if err := o.s.conn.Check(); err != nil {
		return err
	}
	if o.s.news.about(named) {
		return errReplaced
	}
	return nil
}

// sheet takes a torn sheet or makes one.
func (o *only) sheet() (sh *sheet) {
	if n := len(o.torn); n > 0 {
		sh, o.torn = o.torn[n-1], o.torn[:n-1]
		return sh
	}
	c := o.s.conn
	return &sheet{pixmap: c.ID(), picture: c.ID(), damage: c.ID()}
}

// tear takes a layer's sheet away.
func (o *only) tear(l *layer) {
	sh := l.sheet
	if sh == nil {
		return
	}
	o.s.damage.Destroy(sh.damage)
	o.s.deep.render.FreePicture(sh.picture)
	o.s.conn.FreePixmap(sh.pixmap)
	o.torn, l.sheet = append(o.torn, sh), nil
}

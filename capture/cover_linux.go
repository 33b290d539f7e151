package capture

import (
	"slices"
	"time"
)

// linger is how long a compositor may take to paint what our windows have left.
const linger = 500 * time.Millisecond

// cover finds the area in which the screen is not to be looked at, and reports
// whether it is another one than before. What comes into it is composed: an
// overtaken look may have copied it with one of ours on it. What leaves it is
// copied from the screen: such a look may have dropped its damage, and with a
// compositor it had no shadows.
func (b *beneath) cover() (changed bool, err error) {
	f, r := b.s.fixes, &b.regions
	if err := b.outlines(); err != nil {
		return false, err
	}
	if !b.composited && !b.exact && slices.Equal(b.cells, b.before) {
		return false, nil
	}
	f.Copy(r.rest, r.over)
	if b.exact = b.composited; b.exact {
		b.exactly()
	} else {
		f.SetRegion(r.over, b.cells)
		f.SetRegion(r.late, nil)
		b.cells, b.before = b.before, b.cells
	}
	f.Copy(r.some, r.over)
	f.Subtract(r.some, r.rest)
	f.Union(r.todo, r.some)
	f.Subtract(r.rest, r.over)
	f.Union(r.carry, r.rest)
	b.busy, b.carries = true, true
	return true, nil
}

// outlines finds what our windows cover: exactly in mine, coarsely in cells.
func (b *beneath) outlines() (err error) {
	f, r := b.s.fixes, &b.regions
	f.SetRegion(r.mine, nil)
	for _, l := range b.stack {
		if l.covers() {
			b.outline(l)
			f.Union(r.mine, r.some)
			f.AskRegion(r.some)
		}
	}
	b.cells = b.cells[:0]
	for _, l := range b.stack {
		if !l.covers() {
			continue
		}
		if b.found, err = f.Region(b.found[:0], b.s.bounds(), maxOutline); err != nil {
			return err
		}
		b.cells = coarse(b.cells, b.found, b.s.bounds())
	}
	if len(b.cells) > maxRuns {
		b.cells = coarse(nil, b.cells, b.s.bounds())
	}
	return nil
}

// exactly makes over what our windows cover and what a compositor may still
// show of them. No more than that, because the shadows that it draws are missing
// there.
func (b *beneath) exactly() {
	f, r := b.s.fixes, &b.regions
	if b.told.over && !b.shifted {
		f.SetRegion(r.late, nil)
	}
	if b.shifted {
		f.Union(r.late, r.ours)
		b.s.later(linger)
	}
	f.Copy(r.ours, r.mine)
	f.Copy(r.over, r.ours)
	f.Union(r.over, r.late)
}

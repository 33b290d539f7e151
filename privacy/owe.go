package privacy

import (
	"image"
	"slices"
	"time"
)

// renew makes all of the picture flat: nothing of an earlier one is left.
func (g *Guard) renew(m mirror) {
	g.old = append(g.old[:0], m.bounds())
	g.fill(g.old)
	g.owed = g.owed[:0]
}

// owe adds to what is owed the damage and what is no longer masked, and takes
// from it what is masked now. Uncovered areas have no damage of their own: the
// mirror has held their pixels all along.
func (g *Guard) owe(m mirror, masks, damage []image.Rectangle) {
	held := len(g.owed)
	all := append(g.owed, damage...)
	if !slices.Equal(g.old, masks) {
		all = appendDifference(all, g.old, masks)
	}
	if len(all) > maxOwed {
		all = append(all[:0], hull(all))
	}
	next := g.spare[:0]
	for _, r := range all {
		if held == 0 || !inside(r, next) {
			next = appendOutside(next, r.Intersect(m.bounds()), masks)
		}
	}
	g.owed, g.spare = next, all
}

// ask releases what programs vouch for, and keeps the rest owed. The masks that
// it returns are those of what they have just said.
func (g *Guard) ask(m mirror, masks, damage []image.Rectangle, now time.Time) []image.Rectangle {
	free, rest := g.fields.sift(m, &g.pic, g.owed, damage, now)
	g.fields.await()
	seen := slices.Clone(masks)
	masks = g.recollect(m, masks, time.Now())
	done, more := g.fields.finish(time.Now())
	g.copy(without(free, masks), m)
	for _, r := range without(done, masks) {
		g.pic.take(r, &g.fields.stage)
		g.news = append(g.news, r)
	}
	g.owed = append(append(append(g.owed[:0], rest...), more...), appendDifference(nil, seen, masks)...)
	if len(g.owed) > len(rest)+len(more) {
		g.fields.tell()
	}
	return masks
}

// cover makes flat what is newly masked.
func (g *Guard) cover(masks []image.Rectangle) {
	if slices.Equal(g.old, masks) {
		return
	}
	from := len(g.news)
	g.news = appendDifference(g.news, masks, g.old)
	for _, r := range g.news[from:] {
		g.pic.fill(r)
	}
}

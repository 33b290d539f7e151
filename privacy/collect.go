package privacy

import (
	"image"
	"time"
)

// collect is the masks of this moment, disjoint and inside the picture.
func (g *Guard) collect(m mirror, now time.Time) ([]image.Rectangle, error) {
	if err := m.check(); err != nil {
		return nil, err
	}
	masks := appendDisjoint(g.next[:0], g.fixed, m.bounds())
	for _, t := range g.trackers {
		var err error
		if g.found, err = t.end(g.found[:0]); err != nil {
			return nil, err
		}
		masks = g.add(masks, m)
	}
	if g.fields != nil {
		masks = g.recollect(m, masks, now)
	}
	return g.bound(masks), nil
}

// recollect is the masks with what programs have said since.
func (g *Guard) recollect(m mirror, masks []image.Rectangle, now time.Time) []image.Rectangle {
	masks = appendDisjoint(masks[:0], g.fixed, m.bounds())
	g.fields.learn(now)
	g.found = g.fields.windows.again(g.found[:0])
	masks = g.add(masks, m)
	return g.bound(g.fields.arrange(masks, m, now))
}

// add adds what was found to the masks.
func (g *Guard) add(masks []image.Rectangle, m mirror) []image.Rectangle {
	if len(g.found) > maxMasks {
		g.found = append(g.found[:0], hull(g.found))
	}
	return appendDisjoint(masks, g.found, m.bounds())
}

// bound keeps the number of masks in bounds.
func (g *Guard) bound(masks []image.Rectangle) []image.Rectangle {
	if len(masks) > 4*maxMasks {
		return append(masks[:0], hull(masks))
	}
	return masks
}

package privacy

import (
	"context"
	"image"
	"slices"
	"sync"
)

// Guard stands between the mirror of one screen and everything that leaves the
// device. Begin and Release are called by one goroutine, the one that grabs;
// the other methods may be called by any.
type Guard struct {
	fixed    []image.Rectangle // masked always
	trackers []tracker         // none for a Guard without a display
	changed  chan struct{}

	mu    sync.Mutex
	masks []image.Rectangle // guarded by mu: of the last Release, disjoint

	// Of the goroutine that releases.
	pic   Picture
	stale bool              // an earlier Release failed: its damage is lost, all is outdated
	next  []image.Rectangle // masks of this Release, then the buffer for the next one
	found []image.Rectangle // what a tracker asks for
	news  []image.Rectangle // where pic changed
}

// NewFixed makes a Guard without a display: it knows the policy's rectangles
// and whether unknown windows are shown, and no windows. It is for screens
// that are no X displays, and for tests.
func NewFixed(p Policy) (*Guard, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	g := &Guard{fixed: slices.Clone(p.Rects), changed: make(chan struct{}, 1)}
	if p.Unknown != Allow {
		// No tracker vouches for any window yet, so every window is unknown.
		g.fixed = []image.Rectangle{everywhere}
	}
	return g, nil
}

// Run follows the windows until ctx ends or the display is gone (ErrGone), and
// returns which. It may be called once. With a display, nothing is released
// before it runs or after it has ended.
func (g *Guard) Run(ctx context.Context) error {
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	var watch sync.WaitGroup
	for _, t := range g.trackers {
		watch.Go(func() { end(t.run(ctx)) })
	}
	<-ctx.Done()
	watch.Wait()
	return context.Cause(ctx)
}

// Changed receives when masks may have changed: grab and release again. Its
// capacity is one; wake-ups merge.
func (g *Guard) Changed() <-chan struct{} { return g.changed }

// Close gives back the connection of a Guard that is not going to run. A
// running one ends with ErrGone.
func (g *Guard) Close() error {
	for _, t := range g.trackers {
		t.close()
	}
	return nil
}

// Begin is called just before the grab. From here on every place that a hidden
// window has is remembered for the next Release.
func (g *Guard) Begin() {
	for _, t := range g.trackers {
		t.begin()
	}
}

// Release is called just after the grab, with the mirror and where it changed.
// It returns the released picture and where that changed: damage outside the
// masks, areas newly masked and areas no longer masked, all inside the
// picture. Both are valid until the next Release.
//
// After an error nothing may leave; the next Release that succeeds starts
// afresh. ErrGone is permanent.
func (g *Guard) Release(pix []byte, stride int, size image.Point, damage []image.Rectangle, reset bool) (*Picture, []image.Rectangle, error) {
	m := mirror{pix, stride, size}
	masks, err := g.collect(m)
	if err != nil {
		g.stale = true
		return nil, nil, err
	}
	if g.pic.resize(size) || reset || g.stale || len(damage) > maxDamage {
		g.renew(m, masks)
	} else {
		g.update(m, masks, damage)
	}
	g.stale = false
	g.publish(masks)
	return &g.pic, g.news, nil
}

// CursorHidden reports whether the point lies under a mask: then the shape of
// the cursor there is not shown either.
func (g *Guard) CursorHidden(p image.Point) bool {
	return g.masked(p) || slices.ContainsFunc(g.trackers, func(t tracker) bool { return t.hides(p) })
}

func (g *Guard) masked(p image.Point) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return contains(g.masks, p) || contains(g.fixed, p)
}

// collect is the masks of this moment, disjoint and inside the picture.
func (g *Guard) collect(m mirror) ([]image.Rectangle, error) {
	if err := m.check(); err != nil {
		return nil, err
	}
	masks := appendDisjoint(g.next[:0], g.fixed, m.bounds())
	for _, t := range g.trackers {
		var err error
		if g.found, err = t.end(g.found[:0]); err != nil {
			return nil, err
		}
		if len(g.found) > maxMasks {
			g.found = append(g.found[:0], hull(g.found))
		}
		masks = appendDisjoint(masks, g.found, m.bounds())
	}
	return masks, nil
}

// renew fills the whole picture.
func (g *Guard) renew(m mirror, masks []image.Rectangle) {
	g.news = appendOutside(g.news[:0], m.bounds(), masks)
	g.copy(g.news, m)
	g.fill(masks)
	g.news = append(g.news[:0], m.bounds())
}

// update changes the picture where it has to change.
func (g *Guard) update(m mirror, masks, damage []image.Rectangle) {
	g.news = g.news[:0]
	for _, r := range damage {
		g.news = appendOutside(g.news, r.Intersect(m.bounds()), masks)
	}
	if !slices.Equal(g.masks, masks) {
		// Uncovered areas have no damage of their own: the mirror has held
		// their pixels all along.
		g.news = appendDifference(g.news, g.masks, masks)
	}
	g.copy(g.news, m)
	if !slices.Equal(g.masks, masks) {
		seen := len(g.news)
		g.news = appendDifference(g.news, masks, g.masks)
		g.fill(g.news[seen:])
	}
}

func (g *Guard) copy(region []image.Rectangle, m mirror) {
	for _, r := range region {
		g.pic.copy(r, m)
	}
}

func (g *Guard) fill(region []image.Rectangle) {
	for _, r := range region {
		g.pic.fill(r)
	}
}

// publish makes masks the present ones and their buffer the next ones.
func (g *Guard) publish(masks []image.Rectangle) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.next, g.masks = g.masks, masks
}

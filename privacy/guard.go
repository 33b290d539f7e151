package privacy

import (
	"context"
	"image"
	"slices"
	"sync"
	"time"
)

// Guard stands between the mirror of one screen and everything that leaves the
// device. Begin and Release are called by one goroutine, the one that grabs;
// the other methods may be called by any.
type Guard struct {
	fixed    []image.Rectangle // masked always
	unknown  bool              // because nobody vouches for anything
	trackers []tracker         // none for a Guard without a display
	fields   *fields           // nil without a display
	changed  chan struct{}

	mu     sync.Mutex        // guards what follows
	masks  []image.Rectangle // of the last Release, disjoint
	bounds image.Rectangle   // of its picture

	// Of the goroutine that releases.
	pic   Picture
	stale bool              // an earlier Release failed: its damage is lost, all is outdated
	old   []image.Rectangle // what of pic is masked, or flat because nothing was released there yet
	owed  []image.Rectangle // where pic is older than the mirror, outside the masks
	spare []image.Rectangle // the buffer for owed
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
		// Nobody vouches for what is on such a screen.
		g.fixed, g.unknown = []image.Rectangle{everywhere}, true
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
	if g.fields != nil {
		watch.Go(func() { g.fields.run(ctx) })
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
// It returns the released picture and where that changed: what may leave of the
// damage and of what was held back before, areas newly masked and areas no
// longer masked, all inside the picture. Both are valid until the next Release.
// Changed receives when what is held back may leave.
//
// After an error nothing may leave; the next Release that succeeds starts
// afresh. ErrGone is permanent.
func (g *Guard) Release(pix []byte, stride int, size image.Point, damage []image.Rectangle, reset bool) (*Picture, []image.Rectangle, error) {
	m := mirror{pix, stride, size}
	now := time.Now()
	masks, err := g.collect(m, now)
	if err != nil {
		g.stale = true
		return nil, nil, err
	}
	whole := g.pic.resize(size) || reset || g.stale || len(damage) > maxDamage
	if whole {
		g.renew(m)
		damage = g.old
	}
	g.owe(m, masks, damage)
	g.news = g.news[:0]
	if g.fields == nil {
		g.copy(g.owed, m)
		g.owed = g.owed[:0]
	} else {
		masks = g.ask(m, masks, damage, now)
	}
	g.cover(masks)
	if whole {
		g.news = append(g.news[:0], m.bounds())
	}
	g.stale = false
	g.publish(masks)
	return &g.pic, g.news, nil
}

// CursorHidden reports whether the point lies under a mask, or in a window in
// which a secret is being typed: then the shape of the cursor there is not shown
// either. Programs change it while somebody types.
func (g *Guard) CursorHidden(p image.Point) bool {
	return g.masked(p) || slices.ContainsFunc(g.trackers, func(t tracker) bool { return t.hides(p) }) ||
		g.fields != nil && g.fields.types(p)
}

func (g *Guard) masked(p image.Point) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return contains(g.masks, p) || contains(g.fixed, p)
}

// copy brings a region up to date. Tall and thin rectangles can become many: then
// what is around them is reported.
func (g *Guard) copy(region []image.Rectangle, m mirror) {
	for _, r := range region {
		if g.news = g.pic.renew(r, m, g.news); len(g.news) > maxOwed {
			g.news = append(g.news[:0], hull(g.news))
		}
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
	g.next, g.masks, g.bounds = g.masks, masks, g.pic.Bounds()
	g.old = append(g.old[:0], masks...)
}

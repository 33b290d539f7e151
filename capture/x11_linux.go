package capture

import (
	"context"
	"fmt"
	"image"
	"sync"
	"sync/atomic"
	"time"

	"telestrator/x11"
)

// A change of size or monitors comes as several events and intermediate
// states. It is over when settleTime has passed without one, or settleLimit
// since the first.
const (
	settleTime  = 100 * time.Millisecond
	settleLimit = time.Second
)

// x11Screen is the Source of an X11 display.
//
// Two goroutines meet here. Run's only reads: it turns the server's events into
// flags and wake-ups. Grab's alone asks. All damage stays in the server until a
// Grab takes it.
type x11Screen struct {
	conn   *x11.Conn
	fixes  *x11.Fixes
	damage *x11.Damage
	shm    *x11.Shm   // nil where the server has none
	randr  *x11.Randr // nil where the server has none
	input  *x11.Input // nil where the server has none
	way    way
	deep   deep // what it takes to look at windows' own pixels

	gc, region, watch uint32 // the server's: GC, damage taken, damage gathering

	// Grab's.
	convert    converter
	mirror     mirror // nil before the first layout
	size       image.Point
	monitors   []image.Rectangle
	stale      bool // the mirror may be wrong anywhere
	fresh      bool // size or monitors are new: the next frame is a reset
	cursor     Cursor
	cursorNews bool     // the caller has not seen cursor yet
	ours       []uint32 // windows that are to be in no picture
	under      *beneath // nil while all windows are in the picture, or chosen ones
	only       *only    // nil while others than chosen windows are in the picture
	redirected bool     // all windows have pixels of their own
	refused    error    // why there is no picture, if chosen windows cannot be shown alone

	// From Run to Grab.
	changed   chan struct{} // capacity 1
	relayout  atomic.Bool   // size or monitors may be new
	reshape   atomic.Bool   // the cursor's shape may be new
	unsettled atomic.Bool   // the layout is changing: no pictures now
	gone      atomic.Bool   // the connection has ended
	news      news          // of windows, while there is an under or an only

	// To Run. Capacity 1.
	disturbed chan struct{}      // the layout is changing, or a Grab failed
	lingering chan time.Duration // what has changed is over after so long
}

// Run implements Source. It is the connection's only reader.
func (s *x11Screen) Run(ctx context.Context) error {
	defer s.wake() // so that a waiting caller learns that the screen is gone
	defer s.gone.Store(true)
	ended := make(chan error, 1)
	var pump sync.WaitGroup
	pump.Go(func() { ended <- s.conn.Pump(s.event) })
	defer pump.Wait()
	defer s.conn.Close()
	return s.settle(ctx, ended)
}

// settle waits for disturbances of the layout to end, until the connection or
// ctx does.
func (s *x11Screen) settle(ctx context.Context, ended <-chan error) error {
	timer, late := time.NewTimer(settleTime), time.NewTimer(linger)
	timer.Stop()
	late.Stop()
	var since time.Time // of the disturbance's beginning; zero while at rest
	for {
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case err := <-ended:
			return fmt.Errorf("%w: %w", ErrGone, err)
		case <-s.disturbed:
			if since.IsZero() {
				since = time.Now()
			}
			timer.Reset(min(settleTime, settleLimit-time.Since(since)))
		case <-timer.C:
			since = time.Time{}
			s.relayout.Store(true)
			s.unsettled.Store(false)
			s.wake()
		case d := <-s.lingering:
			late.Reset(d)
		case <-late.C:
			s.news.late()
			s.wake()
		}
	}
}

// event is called by Pump for each event.
func (s *x11Screen) event(e x11.Event) {
	switch {
	case s.damage.Drawn(e):
		s.drawn(s.damage.Drawable(e))
		s.wake()
	case s.input != nil && s.input.Moved(e):
		s.wake()
	case s.fixes.CursorChanged(e):
		s.reshape.Store(true)
		s.wake()
	case s.heard(e):
	case e.Configured(), s.randr != nil && s.randr.Changed(e):
		s.disturb()
	}
}

// heard reports whether e is about windows, and wakes the caller if it is news.
func (s *x11Screen) heard(e x11.Event) bool {
	about, new := s.deep.heard(e, s.conn.Setup.Root, &s.news)
	if new {
		s.wake()
	}
	return about
}

// drawn wakes the caller, who also wants to know when it was not the root.
func (s *x11Screen) drawn(on uint32) {
	if on != s.conn.Setup.Root {
		s.news.drew(on)
	}
	s.wake()
}

// disturb stops pictures until the layout has been at rest for settleTime.
func (s *x11Screen) disturb() {
	s.unsettled.Store(true)
	notify(s.disturbed)
}

// later has the caller told that what has just changed is over, so much later.
func (s *x11Screen) later(d time.Duration) {
	select {
	case s.lingering <- d:
	default:
	}
}

func (s *x11Screen) wake() { notify(s.changed) }

// Changed implements Source.
func (s *x11Screen) Changed() <-chan struct{} { return s.changed }

// Close implements Source.
func (s *x11Screen) Close() error {
	s.gone.Store(true)
	s.conn.Close()
	s.dropMirror()
	return nil
}

// dropMirror gives the mirror's memory back.
func (s *x11Screen) dropMirror() {
	if s.mirror != nil {
		s.mirror.free()
	}
	if s.under != nil {
		s.under.unfit()
	}
	if s.only != nil {
		s.only.fold()
	}
	s.mirror, s.size = nil, image.Point{}
}

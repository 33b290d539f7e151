package agentd

import (
	"context"
	"errors"
	"time"

	"telestrator/agentd/guardian"
	"telestrator/capture"
	"telestrator/encode"
	"telestrator/privacy"
)

// grabber is what the loop that takes pictures knows.
type grabber struct {
	*Screen
	pace  *time.Timer
	tempo tempo
	stale bool      // the screen has changed since the last picture
	next  time.Time // there is none before
}

// grabs takes a picture whenever the screen changed and somebody can take it,
// at most 60 times a second and never on a clock.
func (s *Screen) grabs(ctx context.Context) error {
	g := grabber{Screen: s, pace: time.NewTimer(0), stale: true, next: time.Now()}
	defer g.pace.Stop()
	for {
		if err := g.wait(ctx); err != nil {
			return err
		}
		if err := g.turn(ctx); err != nil {
			return err
		}
	}
}

// wait waits until something may be to be done.
func (g *grabber) wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-g.Source.Changed():
		g.stale = true
	case <-g.Guard.Changed():
		g.stale = true
	case <-g.demand:
	case <-g.pace.C:
	}
	return nil
}

// turn takes a picture if one is wanted and due, and if the user sees that the
// screen is seen.
func (g *grabber) turn(ctx context.Context) error {
	if err := g.showSign(); permanent(err) {
		return err
	} else if err != nil {
		g.log.Warn("the sign that the screen is seen cannot be shown, so nothing is", "why", err)
		sleep(ctx, signEvery) // nothing can be done before
		g.pace.Reset(0)
		return nil
	}
	wanted, newcomer := g.wanted()
	if !wanted || !g.stale && !newcomer {
		return nil
	}
	if wait := max(g.tempo.wait(time.Now()), time.Until(g.next)); wait > 0 {
		g.pace.Reset(wait)
		return nil
	}
	return g.take()
}

// take takes a picture and serves it to the viewers.
func (g *grabber) take() error {
	began := time.Now()
	g.stale, g.next = false, began.Add(lookEvery)
	news, err := g.grab()
	switch {
	case permanent(err):
		return err
	case err != nil: // such as a size that changed on the way
		g.log.Debug("no picture, trying again", "why", err)
		g.stale = true
		g.pace.Reset(pictureEvery)
		return nil
	}
	g.serve()
	if news { // what happens under a mask does not put off what happens elsewhere
		g.tempo.took(began)
	}
	return nil
}

// permanent tells the errors after which the screen has to be opened anew.
func permanent(err error) bool {
	return errors.Is(err, capture.ErrGone) || errors.Is(err, privacy.ErrGone) || errors.Is(err, guardian.ErrGone) ||
		errors.Is(err, capture.ErrUnsupported)
}

// grab takes one picture through privacy into the canvas, and reports whether
// anything of it was released.
func (s *Screen) grab() (news bool, err error) {
	if err := s.choose(); err != nil {
		return false, err
	}
	s.Guard.Begin()
	if err := s.Source.Grab(&s.frame); err != nil {
		return false, err
	}
	f := &s.frame
	picture, damage, err := s.Guard.Release(f.Pix, f.Stride, f.Size, f.Damage, f.Reset)
	if err != nil {
		return false, err
	}
	if f.Reset {
		s.geometry++
	}
	s.mask() // before the picture, so that no label stays on what is shown
	s.outline()
	s.show(picture, damage, encode.Geometry{Generation: s.geometry, Monitors: f.Monitors})
	s.point(f.Cursor)
	return len(damage) > 0, nil
}

// point publishes the cursor when it, or what hides it, changed.
func (s *Screen) point(c *capture.Cursor) {
	if c != nil {
		s.shape.take(c)
	}
	next, changed := s.shape.now(s.Guard.CursorHidden)
	if !changed {
		return
	}
	s.cursor.Store(next)
	s.tell()
}

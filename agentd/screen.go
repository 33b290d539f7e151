package agentd

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"telestrator/capture"
	"telestrator/encode"
	"telestrator/privacy"
)

// Screen is the one screen of the device: capture, privacy and the canvas that
// all sessions are shown. Run owns source and guard.
type Screen struct {
	open   func() (capture.Source, *privacy.Guard, error)
	log    *slog.Logger
	canvas *encode.Canvas
	cursor atomic.Pointer[cursor] // newest, nil before the first

	source capture.Source
	guard  *privacy.Guard
	frame  capture.Frame
	shape  shapes

	geometry uint32        // counts changes of size and monitors
	demand   chan struct{} // capacity 1: a viewer became hungry

	mu      sync.Mutex
	viewers map[*viewer]bool
	gone    bool
	changed func() // hears of gone; set before Run
}

// newScreen opens the screen, so that a wrong display is told at once.
func newScreen(open func() (capture.Source, *privacy.Guard, error), log *slog.Logger) (*Screen, error) {
	s := &Screen{open: open, log: log, canvas: encode.NewCanvas(),
		demand: make(chan struct{}, 1), viewers: map[*viewer]bool{}, changed: func() {}}
	var err error
	s.source, s.guard, err = open()
	return s, err
}

// Run shows the screen to its viewers until ctx ends. A screen that is lost is
// waited for.
func (s *Screen) Run(ctx context.Context) error {
	for {
		err := s.watch(ctx)
		s.source.Close()
		s.guard.Close()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		s.log.Warn("the screen is gone, waiting for it", "why", err)
		s.setGone(true)
		if !s.reopen(ctx) {
			return ctx.Err()
		}
		s.setGone(false)
		s.log.Info("the screen is back")
	}
}

// watch runs source and guard and grabs until one of them ends.
func (s *Screen) watch(ctx context.Context) error {
	ctx, end := context.WithCancelCause(ctx)
	var watches sync.WaitGroup
	watches.Go(func() { end(s.source.Run(ctx)) })
	watches.Go(func() { end(s.guard.Run(ctx)) })
	end(s.grabs(ctx))
	watches.Wait()
	return context.Cause(ctx)
}

// reopen waits for the screen, at most two seconds longer than it is away.
func (s *Screen) reopen(ctx context.Context) bool {
	for delay := 100 * time.Millisecond; ; delay = min(2*delay, 2*time.Second) {
		source, guard, err := s.open()
		if err == nil {
			s.source, s.guard = source, guard
			return true
		}
		select {
		case <-ctx.Done():
			return false
		case <-time.After(delay):
		}
	}
}

// grabs takes a picture whenever the screen changed and somebody can take it,
// at most 60 times a second and never on a clock.
func (s *Screen) grabs(ctx context.Context) error {
	stale, due := true, time.Now()
	pace := time.NewTimer(0)
	defer pace.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-s.source.Changed():
			stale = true
		case <-s.guard.Changed():
			stale = true
		case <-s.demand:
		case <-pace.C:
		}
		wanted, newcomer := s.wanted()
		if !wanted || (!stale && !newcomer) {
			continue
		}
		if wait := time.Until(due); wait > 0 {
			pace.Reset(wait)
			continue
		}
		due = time.Now().Add(pictureEvery)
		stale = false
		if err := s.grab(); permanent(err) {
			return err
		} else if err != nil { // such as a size that changed on the way
			s.log.Debug("no picture, trying again", "why", err)
			stale = true
			pace.Reset(pictureEvery)
		} else {
			s.serve()
		}
	}
}

// permanent tells the errors after which the screen has to be opened anew.
func permanent(err error) bool {
	return errors.Is(err, capture.ErrGone) || errors.Is(err, privacy.ErrGone) || errors.Is(err, capture.ErrUnsupported)
}

// grab takes one picture through privacy into the canvas.
func (s *Screen) grab() error {
	s.guard.Begin()
	if err := s.source.Grab(&s.frame); err != nil {
		return err
	}
	f := &s.frame
	picture, damage, err := s.guard.Release(f.Pix, f.Stride, f.Size, f.Damage, f.Reset)
	if err != nil {
		return err
	}
	if f.Reset {
		s.geometry++
	}
	s.canvas.Compare(picture, damage, encode.Geometry{Generation: s.geometry, Monitors: f.Monitors})
	s.point(f.Cursor)
	return nil
}

// point publishes the cursor when it, or what hides it, changed.
func (s *Screen) point(c *capture.Cursor) {
	if c != nil {
		s.shape.take(c)
	}
	next, changed := s.shape.now(s.guard.CursorHidden)
	if !changed {
		return
	}
	s.cursor.Store(next)
	s.tell()
}

// setGone keeps and tells whether there is a screen to show.
func (s *Screen) setGone(gone bool) {
	s.mu.Lock()
	was := s.gone
	s.gone = gone
	s.mu.Unlock()
	if was != gone {
		s.tell()
		s.changed()
	}
}

// isGone says whether the screen is being waited for.
func (s *Screen) isGone() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.gone
}

func (s *Screen) tell() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for v := range s.viewers {
		wake(v.news)
	}
}

package agentd

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"telestrator/agentd/guardian"
	"telestrator/capture"
	"telestrator/encode"
	"telestrator/ink"
	"telestrator/privacy"
)

// Parts are what a screen is seen and worked with.
type Parts struct {
	Source   capture.Source
	Guard    *privacy.Guard
	Guardian *guardian.Guardian
}

func (p Parts) close() {
	_ = p.Source.Close()
	_ = p.Guard.Close()
	_ = p.Guardian.Close()
}

// Screen is the one screen of the device: capture, privacy and the canvas that
// all sessions are shown, and the guardian of what acts on it. Run owns the
// parts; sessions use the guardian too, as long as there is one.
type Screen struct {
	open   func() (Parts, error)
	log    *slog.Logger
	canvas *encode.Canvas
	cursor atomic.Pointer[cursor]            // newest, nil before the first
	masked atomic.Pointer[masks]             // the same
	keeper atomic.Pointer[guardian.Guardian] // nil while the screen is gone
	guard  atomic.Pointer[privacy.Guard]     // so is this
	framed atomic.Pointer[framed]            // newest, nil before the first picture

	Parts
	frame    capture.Frame
	shape    shapes
	veil     veil
	signed   signed
	outlined outlined
	windows  []uint32 // that are chosen
	ready    []*view  // views that this picture is for

	geometry uint32        // counts changes of size and monitors
	demand   chan struct{} // capacity 1: a viewer became hungry

	mu      sync.Mutex
	viewers map[*viewer]bool
	views   []*view // that viewers have, besides the canvas
	gone    bool
	changed func() // hears of gone; set before Run

	chosen bool // only chosen windows are shown; set before Run

	// sign is who sees the screen now, and told hears the guardian; set before Run.
	sign func() *ink.Sign
	told func(guardian.Event)
}

// newScreen opens the screen, so that a wrong display is told at once.
func newScreen(open func() (Parts, error), log *slog.Logger) (*Screen, error) {
	s := &Screen{open: open, log: log, canvas: encode.NewCanvas(),
		demand: make(chan struct{}, 1), viewers: map[*viewer]bool{}, changed: func() {}}
	var err error
	s.Parts, err = open()
	s.lend()
	return s, err
}

// Run shows the screen to its viewers until ctx ends. A screen that is lost is
// waited for.
func (s *Screen) Run(ctx context.Context) error {
	for {
		err := s.watch(ctx)
		s.Parts.close()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		s.log.Warn("the screen is gone, waiting for it", "why", err)
		s.keeper.Store(nil)
		s.guard.Store(nil)
		s.setGone(true)
		if !s.reopen(ctx) {
			return ctx.Err()
		}
		s.lend()
		s.setGone(false)
		s.log.Info("the screen is back")
	}
}

// lend makes known to other goroutines what they may use of the parts.
func (s *Screen) lend() {
	s.keeper.Store(s.Guardian)
	s.guard.Store(s.Guard)
}

// watch runs the parts and grabs until one of them ends.
func (s *Screen) watch(ctx context.Context) error {
	ctx, end := context.WithCancelCause(ctx)
	var watches sync.WaitGroup
	s.signed = signed{}
	s.Guard.Ignore(s.Guardian.Windows()) // for good: while they are shown, pictures are without them
	watches.Go(func() { end(s.Source.Run(ctx)) })
	watches.Go(func() { end(s.Guard.Run(ctx)) })
	watches.Go(func() { end(s.Guardian.Run(ctx)) })
	watches.Go(func() { s.listen(ctx) })
	end(s.grabs(ctx))
	watches.Wait()
	return context.Cause(ctx)
}

// reopen waits for the screen, at most two seconds longer than it is away.
func (s *Screen) reopen(ctx context.Context) bool {
	for delay := 100 * time.Millisecond; ; delay = min(2*delay, 2*time.Second) {
		parts, err := s.open()
		if err == nil {
			s.Parts = parts
			return true
		}
		select {
		case <-ctx.Done():
			return false
		case <-time.After(delay):
		}
	}
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

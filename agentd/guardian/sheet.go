package guardian

import (
	"context"
	"errors"
	"image"
	"time"

	"telestrator/ink"
	"telestrator/protocol"
)

// sheet is the ink on the screen: the board, its marks, and when it looks
// different by itself. It is drawn on a goroutine of its own, because an agent
// can make that take a while, and nothing that ends a session may wait for it.
type sheet struct {
	overlay Overlay
	work    chan inked
	board   *ink.Board
	marks   ink.Sheet
}

// inked is a message of a session; without one, everything of that session
// goes, and without a session everything there is.
type inked struct {
	owner   string
	message protocol.Message
}

// everywhere is larger than any screen: the overlay shows what lies on it.
var everywhere = image.Rect(0, 0, protocol.MaxSide, protocol.MaxSide)

func newSheet(o Overlay) *sheet {
	return &sheet{overlay: o, work: make(chan inked, maxOrders), board: ink.NewBoard()}
}

// give hands over what is to be drawn.
func (s *sheet) give(w inked) error {
	select {
	case s.work <- w:
		return nil
	default:
		return errors.New("guardian: more ink than can wait")
	}
}

// run draws until ctx ends. It rests as long as it drew, and what comes
// meanwhile is drawn together.
func (s *sheet) run(ctx context.Context) error {
	fade := time.NewTimer(time.Hour)
	defer fade.Stop()
	for {
		changed := true
		select {
		case <-ctx.Done():
			return nil
		case w := <-s.work:
			changed = s.takeAll(w)
		case <-fade.C:
		}
		began := time.Now()
		if changed {
			if err := s.overlay.Ink(s.marks.Marks(s.board.Strokes(began), everywhere)); err != nil {
				return err
			}
			s.rest(ctx, time.Since(began))
		}
		fade.Stop()
		if next := s.board.Next(began); !next.IsZero() {
			fade.Reset(max(time.Until(next), 0))
		}
	}
}

// rest leaves the X server to others for a while.
func (s *sheet) rest(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(min(d, longestRest)):
	}
}

// longestRest bounds how long ink waits after some that took long to draw.
const longestRest = 100 * time.Millisecond

// takeAll brings work to the board, and what waits behind it.
func (s *sheet) takeAll(w inked) (changed bool) {
	for n := len(s.work); ; n-- {
		changed = s.take(w, time.Now()) || changed
		if n <= 0 {
			return changed
		}
		w = <-s.work
	}
}

// take brings one piece of work to the board, and says whether that looks
// different now or later.
func (s *sheet) take(w inked, now time.Time) (changed bool) {
	switch {
	case w.owner == "":
		return s.board.Clear()
	case w.message == nil:
		return s.board.Remove(w.owner)
	}
	return s.board.Take(w.owner, w.message, now)
}

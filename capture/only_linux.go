package capture

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"telestrator/x11"
)

// only composes chosen windows from their own pixels. Nothing else is copied
// from the display, at no time and to no place.
//
// The pixels of a window are held by a name of their own, and so is what is drawn
// on them. That makes it safe without locking anything: a window that gets another
// size or ends leaves its old pixels behind, to which nothing is added any more;
// its new ones have no name here until an event has told of them. What is composed
// was painted by the same window, if not always where it is now; then an event says
// so, and a grab begins again.
type only struct {
	division                 // of the screen, among chosen windows
	named    []uint32        // as they came
	chosen   map[uint32]bool // of them
	ended    map[uint32]bool // the others: their windows are no longer there

	cover *x11.Cover
	brush uint32   // a number for a GC for a moment
	grey  uint32   // the pixel where nothing is
	torn  []*sheet // whose numbers are used again
}

// grey is what is seen where nothing is, in each colour.
const grey = 0x80

// Only implements the interface of that name.
func (s *x11Screen) Only(windows []uint32, on bool) error {
	if s.gone.Load() {
		return ErrGone
	}
	if s.refused == nil && s.shows(windows, on) {
		return nil
	}
	err := s.choose(windows, on)
	if errors.Is(err, x11.ErrClosed) {
		s.gone.Store(true)
		return fmt.Errorf("%w: %w", ErrGone, err)
	}
	s.refused = err
	s.wake()
	return err
}

// CanOnly implements the interface.
func (s *x11Screen) CanOnly() error { return s.deep.check("showing chosen windows alone") }

// shows says that it is so already.
func (s *x11Screen) shows(windows []uint32, on bool) bool {
	if s.only == nil {
		return !on
	}
	return on && slices.Equal(windows, s.only.named)
}

func (s *x11Screen) choose(windows []uint32, on bool) error {
	if !on {
		return s.chooseNoMore()
	}
	if s.only == nil {
		if err := s.beginOnly(); err != nil {
			return err
		}
	}
	if len(windows) > MaxOnly {
		return fmt.Errorf("capture: %d windows are chosen, %d can be; choose fewer", len(windows), MaxOnly)
	}
	if err := forgive(s.conn.Check()); err != nil { // what ended before is known then
		return err
	}
	s.only.name(windows)
	return nil
}

// beginOnly gives all windows pixels of their own and forgets the screen's.
func (s *x11Screen) beginOnly() error {
	if s.mirror != nil {
		s.mirror.blank()
		s.stale = true
	}
	if err := s.CanOnly(); err != nil {
		return err
	}
	parts, err := s.newDivision()
	if err != nil {
		return err
	}
	if s.under != nil {
		s.under.end()
		s.under = nil
	}
	s.only = &only{division: parts, cover: x11.NewCover(s.conn, s.fixes), brush: s.conn.ID(), grey: s.convert.pixel(grey, grey, grey)}
	s.only.name(nil)
	s.conn.Foreground(s.gc, s.only.grey)
	return nil
}

// chooseNoMore has all windows in the picture, or all but ours.
func (s *x11Screen) chooseNoMore() error {
	if s.only == nil {
		return nil
	}
	s.only.end()
	s.only = nil
	s.stale = true
	s.news.watch(nil)
	if len(s.ours) > 0 {
		return s.lookBeneath(s.ours)
	}
	return s.restore()
}

// name makes these the chosen windows, but for numbers that have been named all
// along while their windows ended.
func (o *only) name(windows []uint32) {
	chosen, ended := make(map[uint32]bool), make(map[uint32]bool)
	for _, id := range windows {
		if o.ended[id] {
			ended[id] = true
		} else {
			chosen[id] = true
		}
	}
	o.named, o.chosen, o.ended = slices.Clone(windows), chosen, ended
	o.s.news.watch(maps.Clone(chosen))
}

// end gives back what the server keeps.
func (o *only) end() {
	o.fold()
	for _, l := range o.known {
		o.s.deep.shapes.Ignore(l.id)
		o.release(l)
	}
	o.cover.Free()
	o.division.end()
}

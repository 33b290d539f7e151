package capture

import (
	"errors"
	"fmt"
	"image"
	"slices"

	"telestrator/x11"
)

// errUnsettled says that there is no picture to be had at the moment.
var errUnsettled = errors.New("capture: no picture while the screen changes its size or monitors")

// Grab implements Source.
func (s *x11Screen) Grab(f *Frame) error {
	f.Damage, f.Reset, f.Cursor = f.Damage[:0], false, nil
	if s.gone.Load() {
		return ErrGone
	}
	if s.unsettled.Load() {
		return errUnsettled
	}
	if s.refused != nil {
		return s.refused
	}
	err := s.grab(f)
	switch {
	case err == nil:
		f.Pix, f.Stride = s.mirror.pixels()
		f.Size, f.Monitors = s.size, append(f.Monitors[:0], s.monitors...)
		return nil
	case errors.Is(err, x11.ErrClosed):
		s.gone.Store(true)
		return fmt.Errorf("%w: %w", ErrGone, err)
	}
	return s.failed(f, err)
}

// failed makes the next Grab fetch everything, since the damage that this one
// took is lost. A screen that cannot be shown waits for its next change;
// anything else, such as a size that changed under way, for a moment.
func (s *x11Screen) failed(f *Frame, err error) error {
	s.conn.Settle()
	s.stale = true
	s.news.anew()
	s.reshape.Store(true)
	f.Damage = f.Damage[:0]
	if errors.Is(err, ErrUnsupported) {
		s.relayout.Store(true)
		return err
	}
	s.disturb()
	return fmt.Errorf("capture: grab: %w", err)
}

// grab brings layout, mirror and cursor up to date.
func (s *x11Screen) grab(f *Frame) error {
	if s.relayout.Swap(false) {
		if err := s.layout(); err != nil {
			return err
		}
	}
	f.Reset = s.fresh
	shape := s.reshape.Swap(false)
	if err := s.take(f, shape); err != nil {
		return err
	}
	if s.stale {
		f.Damage = append(f.Damage[:0], s.bounds())
	}
	f.Damage = simplify(f.Damage)
	if err := s.mirror.fetch(f.Damage); err != nil {
		return err
	}
	if s.cursorNews {
		now := s.cursor
		f.Cursor = &now
	}
	s.stale, s.fresh, s.cursorNews = false, false, false
	return nil
}

// take brings in the damage and what the caller has to be told beside it.
func (s *x11Screen) take(f *Frame, shape bool) error {
	switch {
	case s.only != nil:
		return s.only.take(f, shape)
	case s.under != nil:
		return s.under.take(f, shape)
	}
	s.ask(shape)
	return s.answers(f, shape)
}

// ask sends for the damage, the pointer and, if it is new, the cursor's shape.
// The damage is taken before the pixels are copied: what is drawn in between is
// copied now and reported once more, never lost.
func (s *x11Screen) ask(shape bool) {
	s.damage.Subtract(s.watch, s.region)
	s.mirror.copy(s.stale)
	s.fixes.AskRegion(s.region)
	s.conn.AskPointer()
	if shape {
		s.fixes.AskCursor()
	}
}

// answers takes the replies to ask in their order.
func (s *x11Screen) answers(f *Frame, shape bool) (err error) {
	if f.Damage, err = s.fixes.Region(f.Damage, s.bounds(), maxRects); err != nil {
		return err
	}
	if err = s.takePointer(shape); err != nil {
		return err
	}
	return s.conn.Settle()
}

// layout asks for size and monitors, and makes a new mirror for a new size.
func (s *x11Screen) layout() error {
	size, monitors, err := s.askLayout()
	if err != nil {
		return err
	}
	if err := CheckSize(size); err != nil {
		return err
	}
	if size == s.size && slices.Equal(monitors, s.monitors) {
		return nil
	}
	if size != s.size {
		s.dropMirror()
		if s.mirror, err = s.newMirror(size); err != nil {
			return err
		}
		s.size = size
	}
	s.monitors = monitors
	s.stale, s.fresh = true, true
	return nil
}

// askLayout asks the server for the root's size and the monitors on it. A root
// without monitors counts as one monitor.
func (s *x11Screen) askLayout() (size image.Point, monitors []image.Rectangle, err error) {
	s.conn.AskRootSize()
	if s.randr != nil {
		s.randr.AskMonitors()
	}
	if size, err = s.conn.RootSize(); err != nil {
		return size, nil, err
	}
	bounds := image.Rectangle{Max: size}
	if s.randr != nil {
		monitors, err = s.randr.Monitors(bounds)
	}
	if len(monitors) == 0 {
		monitors = []image.Rectangle{bounds}
	}
	return size, monitors, err
}

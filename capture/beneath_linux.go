package capture

import (
	"cmp"
	"errors"
	"fmt"
	"image"
	"slices"

	"telestrator/x11"
)

// beneath composes what lies under some windows, ours.
//
// While it exists, every window on the root has pixels of its own in the
// server, whether something covers it or not. The screen is divided among the
// windows other than ours, topmost first, and the root: each gets the part that
// would be seen of it. A grab brings in what was drawn on them in their parts:
// from the screen, or, in the area of our windows, from each window's own pixels.
//
//	the screen, outside the area ───────────────────────► mirror
//	each window's own pixels, in its part of the area ──┘
//
// Nothing is locked meanwhile. Events tell of every change of windows, and they
// come before the replies to whatever was asked later: a grab whose replies no
// event preceded saw one state of the windows, and one that was overtaken
// begins again.
type beneath struct {
	division // of the screen, among all windows but ours
	ours     map[uint32]bool
	floor    floor

	// Of one Grab.
	carries  bool // carry may hold something
	shifted  bool // one of ours changed
	parted   bool // the screen was divided anew
	outlined bool // over is another one
	exact    bool // over is no larger than it has to be

	guess image.Rectangle // around what had to be composed since the screen was divided

	cells  []image.Rectangle // scratch: over, to be
	before []image.Rectangle // over, where it is coarse
}

// Beneath implements the interface of that name.
func (s *x11Screen) Beneath(windows []uint32) error {
	if s.gone.Load() {
		return ErrGone
	}
	err := s.lookBeneath(windows)
	if errors.Is(err, x11.ErrClosed) {
		s.gone.Store(true)
		return fmt.Errorf("%w: %w", ErrGone, err)
	}
	return err
}

// CanBeneath implements the interface.
func (s *x11Screen) CanBeneath() error { return s.deep.check("looking beneath windows") }

func (s *x11Screen) lookBeneath(windows []uint32) error {
	s.ours = slices.Clone(windows)
	if s.only != nil {
		return nil // they are in no picture as it is
	}
	if len(windows) == 0 {
		return s.lookNoMore()
	}
	if s.under == nil {
		if err := s.begin(); err != nil {
			return err
		}
	}
	s.under.ours = make(map[uint32]bool)
	for _, w := range windows {
		s.under.ours[w] = true
	}
	s.news.anew()
	s.stale = true
	s.wake()
	return nil
}

// begin gives all windows pixels of their own to look at.
func (s *x11Screen) begin() error {
	if err := s.CanBeneath(); err != nil {
		return err
	}
	parts, err := s.newDivision()
	if err != nil {
		return err
	}
	s.under = &beneath{division: parts}
	return nil
}

// redirect gives all windows pixels of their own, if they have none yet.
func (s *x11Screen) redirect() error {
	if s.redirected {
		return nil
	}
	s.deep.watch(s.conn)
	s.deep.composite.RedirectAll()
	if err := s.conn.Check(); err != nil {
		s.deep.ignore(s.conn)
		return cmp.Or(s.conn.Check(), fmt.Errorf("capture: give windows pixels of their own: %w", err))
	}
	s.redirected = true
	return nil
}

// restore undoes redirect.
func (s *x11Screen) restore() error {
	s.deep.composite.RestoreAll()
	s.deep.ignore(s.conn)
	s.redirected = false
	return forgive(s.conn.Check())
}

// format is RENDER's name for how the root's pixels are stored.
func (s *x11Screen) format() (uint32, error) {
	s.conn.AskAttributes(s.conn.Setup.Root)
	root, err := s.conn.Attributes()
	if err != nil {
		return 0, err
	}
	format := s.deep.render.Format(root.Visual)
	if format == 0 {
		return 0, fmt.Errorf("capture: composing pictures is %w on a screen whose pixels RENDER does not know", ErrUnsupported)
	}
	return format, nil
}

// lookNoMore ends looking beneath windows.
func (s *x11Screen) lookNoMore() error {
	if s.under == nil {
		return nil
	}
	s.under.end()
	s.under = nil
	s.stale = true
	s.wake()
	return s.restore()
}

// end gives back what the server keeps.
func (b *beneath) end() {
	b.unfit()
	for _, l := range b.known {
		b.s.deep.shapes.Ignore(l.id)
		b.release(l)
	}
	b.division.end()
}

// board is the drawable that mirrors fetch from.
func (s *x11Screen) board() uint32 {
	switch {
	case s.only != nil:
		return s.only.canvas.pixmap
	case s.under != nil:
		return s.under.canvas.pixmap
	}
	return s.conn.Setup.Root
}

// forgive forgets that the server refused something: a request about a window
// that had just ended.
func forgive(err error) error {
	var refused *x11.Error
	if errors.As(err, &refused) {
		return nil
	}
	return err
}

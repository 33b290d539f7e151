package capture

import (
	"fmt"
	"image"
	"time"

	"telestrator/x11"
)

// way is how pixels come from the server.
type way int

const (
	anyWay    way = iota // the first of the following that works
	byPixmap             // the server copies into a pixmap in shared memory
	bySegment            // the server writes rectangles into shared memory
	byImages             // pixels come over the connection
)

// Open opens an X11 display by its name, such as ":0", or the one in the
// environment's DISPLAY where the name is empty. It starts nothing; see Run.
func Open(display string) (Source, error) { return open(display, anyWay) }

func open(display string, by way) (Source, error) {
	s, err := connect(display, by)
	if err != nil {
		return nil, fmt.Errorf("capture: open display %q: %w", display, err)
	}
	return s, nil
}

// connect opens a display and checks that it can be shown.
func connect(display string, by way) (*x11Screen, error) {
	c, err := x11.Dial(display)
	if err != nil {
		return nil, err
	}
	s := &x11Screen{
		conn:      c,
		way:       by,
		changed:   make(chan struct{}, 1),
		disturbed: make(chan struct{}, 1),
		lingering: make(chan time.Duration, 1),
	}
	if err := s.prepare(); err != nil {
		c.Close()
		return nil, err
	}
	s.relayout.Store(true)
	s.reshape.Store(true)
	s.wake()
	c.Handover()
	return s, nil
}

// prepare opens the extensions, starts watching and makes what every Grab uses.
func (s *x11Screen) prepare() error {
	var err error
	if err = CheckSize(s.conn.Setup.Size); err != nil {
		return err
	}
	if s.convert, err = newConverter(s.conn.Setup.Format); err != nil {
		return err
	}
	if err = s.openExtensions(); err != nil {
		return err
	}
	if s.way, err = s.chooseWay(s.way); err != nil {
		return err
	}
	s.gc = s.conn.CreateCopyGC()
	s.region = s.fixes.CreateRegion()
	s.watch = s.damage.Watch()
	s.conn.WatchRoot()
	s.fixes.WatchCursor()
	if s.randr != nil {
		s.randr.Watch()
	}
	if s.input != nil {
		s.input.WatchMotion()
	}
	return s.conn.Check()
}

// openExtensions opens the two extensions that capturing needs and those it can
// do without.
func (s *x11Screen) openExtensions() (err error) {
	if s.fixes, err = x11.OpenFixes(s.conn); err != nil {
		return err
	}
	if s.damage, err = x11.OpenDamage(s.conn); err != nil {
		return err
	}
	if s.fixes == nil || s.damage == nil {
		return fmt.Errorf("an X server without the extensions XFIXES 2 and DAMAGE 1.1 is %w: it does not tell what changes", ErrUnsupported)
	}
	if s.shm, err = x11.OpenShm(s.conn); err != nil {
		return err
	}
	if s.randr, err = x11.OpenRandr(s.conn); err != nil {
		return err
	}
	if s.input, err = x11.OpenInput(s.conn); err != nil {
		return err
	}
	s.deep, err = openDeep(s.conn, s.fixes)
	return err
}

// chooseWay finds the cheapest way that works, or refuses the forced one.
func (s *x11Screen) chooseWay(forced way) (way, error) {
	best := byImages
	if s.conn.Local() && s.sharesMemory() {
		best = bySegment
		if s.shm.Pixmaps {
			best = byPixmap
		}
	}
	if forced != anyWay && forced < best {
		return 0, fmt.Errorf("sharing memory with this X server is %w", ErrUnsupported)
	}
	return max(best, forced), nil
}

// bounds are the root window's, as far as the mirror knows.
func (s *x11Screen) bounds() image.Rectangle { return image.Rectangle{Max: s.size} }

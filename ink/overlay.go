package ink

import (
	"errors"
	"fmt"
	"image"
	"sync"
	"sync/atomic"
	"time"

	"telestrator/x11"
)

// ErrGone says that the display has ended, and the overlay with it.
var ErrGone = errors.New("ink: the display is gone")

// Overlay shows outlines, ink, border and bar over everything on an X11 screen.
// It has a window for each, in this order from below. All let every click
// through but the bar, which takes clicks and does nothing with them: who
// watches the user's devices asks Hit what they are for.
//
// All of it is the X server's to show: it paints the windows by itself, and
// takes them away when the connection ends, however that comes about.
//
// Run keeps the windows on top, and renews them when the screen changes. The
// other methods may be called by any goroutine; they wait for the X server, and
// a server that does not answer holds them until Close.
type Overlay struct {
	x        *canvas
	randr    *x11.Randr // nil where the server has none
	outlines glass      // around what is hidden
	glass    glass      // with the ink
	border   border
	bar      bar

	woken     chan struct{}          // to the worker, capacity 1
	disturbed atomic.Bool            // a window on the root changed: we may not be on top
	moved     atomic.Bool            // one of our windows changed
	resized   atomic.Bool            // the screen or its monitors changed
	controls  atomic.Pointer[placed] // nil while there is no bar

	mu       sync.Mutex // guards all below, and the asking side of the connection
	sign     *Sign      // nil while nothing is shown
	screen   image.Rectangle
	monitors []image.Rectangle // the primary one first
	hidden   []image.Rectangle // from who sees the screen
	pace     pace
	tick     time.Time // when the bar's clock goes on
}

// placed is the bar's layout where it is on the screen.
type placed struct {
	*layout
	corner image.Point
}

// canvas is the connection, and what all windows are drawn with.
type canvas struct {
	*x11.Conn
	fixes  *x11.Fixes
	pixels pixels
	gc     uint32
	stored []byte // scratch
	part   uint32 // a region for calculations
	whole  uint32 // another
}

// OpenOverlay makes the overlay's windows on a display, unseen.
func OpenOverlay(display string, words Words) (*Overlay, error) {
	conn, err := x11.Dial(display)
	if err != nil {
		return nil, fmt.Errorf("ink: display %q: %w", display, err)
	}
	o := &Overlay{x: &canvas{Conn: conn}, woken: make(chan struct{}, 1)}
	if err := o.prepare(words); err != nil {
		conn.Close()
		return nil, fmt.Errorf("ink: overlay on display %q: %w", display, err)
	}
	return o, nil
}

func (o *Overlay) prepare(words Words) (err error) {
	if o.x.pixels, err = newPixels(o.x.Setup); err != nil {
		return err
	}
	if o.x.fixes, err = x11.OpenFixes(o.x.Conn); err != nil {
		return err
	}
	if o.x.fixes == nil {
		return errors.New("the X server lacks the XFIXES extension, without which clicks would not go through ink")
	}
	if o.randr, err = x11.OpenRandr(o.x.Conn); err != nil {
		return err
	}
	if o.bar.dress, err = o.x.newDress(words); err != nil {
		return err
	}
	o.x.gc = o.x.CreateGC()
	o.x.part, o.x.whole = o.x.fixes.CreateRegion(), o.x.fixes.CreateRegion()
	o.outlines.shape, o.glass.shape = o.x.fixes.CreateRegion(), o.x.fixes.CreateRegion()
	o.outlines.x, o.glass.x, o.border.x, o.bar.x = o.x, o.x, o.x, o.x
	if err := o.createWindows(); err != nil {
		return err
	}
	if o.randr != nil {
		o.randr.Watch()
	}
	return o.x.Check()
}

// Windows are the numbers of the windows: outlines, ink, border, bar.
func (o *Overlay) Windows() []uint32 {
	return []uint32{o.outlines.window, o.glass.window, o.border.window, o.bar.window}
}

// Bar is the number of the bar's window.
func (o *Overlay) Bar() uint32 { return o.bar.window }

// Hit says what a place on the screen, inside the bar, is for.
func (o *Overlay) Hit(at image.Point) Press {
	if p := o.controls.Load(); p != nil {
		return p.at(at.Sub(p.corner))
	}
	return None
}

// Ink shows exactly these marks, the later over the earlier. Without a sign
// nothing is shown: ink is never on a screen whose user is not told why.
func (o *Overlay) Ink(marks []Mark) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.sign == nil {
		return nil
	}
	if appeared := o.glass.show(marks); appeared {
		o.hold()
	}
	err := o.x.Check()
	if err != nil {
		o.glass.hide() // the next try begins afresh
		o.x.Check()    // what was not made cannot be given back
	}
	return gone(err)
}

// Sign shows border and bar, or renews them; nil takes them off, and outlines
// and ink too. It returns when the X server has done it. After an error nobody may be
// shown this screen: the user might not know.
func (o *Overlay) Sign(s *Sign) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	defer notify(o.woken)
	if s == nil {
		o.hide()
		return gone(o.x.Check())
	}
	err := errors.Join(o.show(*s), o.x.Check())
	if err != nil {
		o.hide()
		o.x.Check() // it can only fail in the same way
	}
	return gone(err)
}

// Close takes everything off the screen and ends the connection at once.
func (o *Overlay) Close() error { return o.x.Close() }

// gone tells the end of the display from other errors.
func gone(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, x11.ErrClosed):
		return fmt.Errorf("%w: %w", ErrGone, err)
	}
	return fmt.Errorf("ink: overlay: %w", err)
}

// notify sends to a channel of capacity one; a second notice merges with it.
func notify(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

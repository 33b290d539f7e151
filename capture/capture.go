// Package capture takes pictures of a screen and says where they changed.
//
// A Source watches one screen. Its Run keeps watch; Changed wakes the caller;
// Grab brings the mirror, a copy of the screen private to this package, up to
// date and describes it in a Frame. A Frame's Cursor is the pointer, which is
// never part of the picture.
//
//	Open ─► Run (watches) ─► Changed ─► Grab ─► Frame ─┐
//	                            ▲                      │
//	                            └── when a viewer can ─┘
//	                                take a picture
//
// A source that is a Beneath can leave windows out of the picture and show what
// lies below them. One that is an Only can leave out all but chosen ones, and does
// not even read the rest.
//
// Nothing is queued: whatever is drawn between two Grabs is gathered by the
// display server as a region, and the next Grab sees the newest pixels of it.
// A screen at rest costs nothing.
package capture

import (
	"context"
	"errors"
	"fmt"
	"image"
)

// MaxSide and MaxArea bound the screens that can be shown. They are the
// geometry limits of the wire (L15), checked here before memory is taken.
const (
	MaxSide = 16384            // pixels
	MaxArea = 32 * 1024 * 1024 // pixels
)

// ErrGone says that the screen has ended: the display server was stopped or
// the source was closed. It is permanent; the caller opens the screen anew.
var ErrGone = errors.New("capture: the screen is gone")

// ErrUnsupported marks a screen or platform that cannot be captured. The error
// around it says in one sentence which and why.
var ErrUnsupported = errors.New("not supported")

// Source watches one screen.
type Source interface {
	// Run watches the screen until ctx ends, whose cause it returns, or the
	// screen is gone (ErrGone). It may be called once, and the screen is gone
	// for Grab when it returns. Its goroutines have ended by then.
	Run(ctx context.Context) error

	// Changed receives when picture, geometry or cursor may have changed
	// since the last Grab. Its capacity is one; wake-ups merge.
	Changed() <-chan struct{}

	// Grab brings the mirror up to date and describes it in f, whose slices
	// it reuses. One goroutine may call it, while Run runs. ErrGone is
	// permanent. After any other error f holds nothing; Changed receives when
	// it is worth trying again, and nothing that changed meanwhile is lost.
	Grab(f *Frame) error

	// Close gives back the connection and the memory. Frames are invalid from
	// then on. It must not run at the same time as Grab.
	Close() error
}

// Frame describes the screen at one moment. It is valid until the next Grab.
type Frame struct {
	// Pix is the mirror: rows of BGRX pixels, four bytes each, the X byte
	// undefined. It belongs to the source and must not be written.
	Pix    []byte
	Stride int         // bytes from one row to the next
	Size   image.Point // pixels

	// Damage is where Pix may differ from the previous Frame, inside the
	// picture: everything when Reset, nothing when only the cursor changed.
	Damage []image.Rectangle

	// Reset says that size or monitors changed, or that this is the first Grab.
	Reset bool

	// Monitors are the parts of the picture that the monitors show. There is
	// always one at least. The order is the display server's, primary first.
	Monitors []image.Rectangle

	// Cursor is nil when neither shape nor position changed since the last
	// Grab. It is the caller's to keep. Changed tells of the pointer's movement;
	// only where a program displaces it over another one's window, and nothing
	// else changes, is that found by the next Grab.
	Cursor *Cursor
}

// Cursor is the pointer.
type Cursor struct {
	Serial uint32      // of the shape: equal serials, equal shapes
	Pos    image.Point // of the pointer, in the picture
	Hot    image.Point // the pixel of the shape that lies on Pos
	Size   image.Point // of the shape; zero when the pointer is invisible
	Pix    []byte      // Size.X*Size.Y pixels RGBA, not premultiplied; never written again
}

// CheckSize refuses a picture that cannot be shown.
func CheckSize(size image.Point) error {
	if size.X < 1 || size.Y < 1 || size.X > MaxSide || size.Y > MaxSide {
		return fmt.Errorf("capture: a screen of %dx%d pixels is %w: a side is 1 to %d", size.X, size.Y, ErrUnsupported, MaxSide)
	}
	if size.X*size.Y > MaxArea {
		return fmt.Errorf("capture: a screen of %dx%d pixels is %w: it may have %d pixels at most", size.X, size.Y, ErrUnsupported, MaxArea)
	}
	return nil
}

// notify sends to a channel of capacity one; a second notice merges with it.
func notify(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

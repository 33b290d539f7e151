package capture

import (
	"errors"
	"fmt"
	"image"
	"os"
	"sync"

	"github.com/kbinani/screenshot"
)

// library is held while the library works. On X11 each of its calls opens a
// connection and writes to tables of all connections without a lock, so there
// must be no other ones that read events by xgb in the same process either.
var library sync.Mutex

// shoot takes a picture of a display, or of all.
//
// On X11 the library uses the display in the environment's DISPLAY, and shares
// memory that other users of this computer could read: it is there for tests
// and comparison, and Open never uses it. With Wayland it would ask the user
// each time.
func shoot(display int) (shot, error) {
	if os.Getenv("XDG_SESSION_TYPE") == "wayland" {
		return shot{}, unsupported("each would be asked for in a Wayland session")
	}
	library.Lock()
	defer library.Unlock()
	whole, monitors, err := displays(display)
	if err != nil {
		return shot{}, err
	}
	if err := CheckSize(whole.Size()); err != nil {
		return shot{}, err
	}
	img, err := screenshot.CaptureRect(whole)
	switch {
	case errors.Is(err, screenshot.ErrUnsupported):
		return shot{}, unsupported("the library knows no way on this platform")
	case err != nil:
		return shot{}, fmt.Errorf("capture: %w: %w", errBlind, err)
	case img.Rect != image.Rectangle{Max: whole.Size()}:
		return shot{}, fmt.Errorf("capture: %w: %v were asked for and %v came", errBlind, whole, img.Rect)
	}
	return shot{img, monitors}, nil
}

// blind tells why there is no display.
func blind() error {
	if _, err := screenshot.Capture(0, 0, 1, 1); errors.Is(err, screenshot.ErrUnsupported) {
		return unsupported("the library knows no way on this platform, or was built without cgo")
	}
	return fmt.Errorf("capture: %w", errBlind)
}

// displays are the area of a display or of all of them, as the library counts,
// and the monitors in it.
func displays(display int) (whole image.Rectangle, monitors []image.Rectangle, err error) {
	n := screenshot.NumActiveDisplays()
	if n == 0 {
		return whole, nil, blind()
	}
	if display < AllDisplays || display >= n {
		return whole, nil, fmt.Errorf("capture: there is no display %d: they are numbered from 0 to %d", display, n-1)
	}
	first, last := display, display
	if display == AllDisplays {
		first, last = 0, n-1
	}
	for i := first; i <= last; i++ {
		r := screenshot.GetDisplayBounds(i)
		whole, monitors = whole.Union(r), append(monitors, r)
	}
	for i := range monitors {
		monitors[i] = monitors[i].Sub(whole.Min)
	}
	return whole, monitors, nil
}

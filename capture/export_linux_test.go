package capture

import (
	"errors"
	"image"
)

// Ways are the ways of getting pixels, for tests that go through all of them.
var Ways = map[string]way{"pixmap": byPixmap, "segment": bySegment, "images": byImages}

// MaxLayers is how many windows a screen may have while some are looked beneath.
const MaxLayers = maxLayers

// MaxInside is how many windows may be in a chosen one.
const MaxInside = maxInside

// OpenBy opens a display and gets its pixels in this way only.
func OpenBy(display string, by way) (Source, error) { return open(display, by) }

// WayOf tells which way a source of an X11 display has chosen.
func WayOf(s Source) string {
	for name, w := range Ways {
		if w == s.(*x11Screen).way {
			return name
		}
	}
	return ""
}

// Unshare takes shared memory away from the source of an X11 display, as if a
// limit had been reached.
func Unshare(s Source) { s.(*x11Screen).shm = nil }

// errFetch is what a mirror that is told to fail says.
var errFetch = errors.New("fetch failed")

// FailNext lets the source of an X11 display fail its next Grab at the worst
// moment: the damage has been taken from the server, the pixels have not.
func FailNext(s Source) {
	x := s.(*x11Screen)
	x.mirror = &failing{x.mirror, x}
}

// failing is a mirror that fails once.
type failing struct {
	mirror
	of *x11Screen
}

func (f *failing) copy(bool) {}

func (f *failing) fetch([]image.Rectangle) error {
	f.of.mirror = f.mirror
	return errFetch
}

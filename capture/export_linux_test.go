package capture

// Ways are the ways of getting pixels, for tests that go through all of them.
var Ways = map[string]way{"pixmap": byPixmap, "segment": bySegment, "images": byImages}

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

package input_test

import (
	"image"
	"testing"

	"github.com/jezek/xgb/xproto"
)

// TestTouch: a finger on the screen is the user's hand, from touching it to
// leaving it, and presses what is watched.
func TestTouch(t *testing.T) {
	t.Parallel()
	s := startTouchServer(t)
	bar := s.client().window(image.Rect(200, 10, 400, 40))
	r := prepareRig(t, s.display, nil)
	r.do(r.hand.Watch([]uint32{bar}))
	r.run()
	s.touch(1, touchBegin, 300, 300)
	s.touch(1, touchUpdate, 310, 310)
	s.touch(1, touchEnd, 310, 310)
	r.expect("beside the bar", moved, moved, moved)
	s.touch(2, touchBegin, 250, 20)
	r.expect("on the bar", moved, pressed(bar, image.Pt(250, 20)))
	s.touch(2, touchUpdate, 252, 21)
	s.touch(2, touchEnd, 252, 21)
	r.expect("lifted", moved, moved)
	s.touch(3, touchBegin, 399, 39)
	r.expect("on the bar's corner", moved, pressed(bar, image.Pt(399, 39)))
}

// TestTouchUnderGrab: a finger presses what is watched also while a menu is
// open, once, and a second finger elsewhere does not.
func TestTouchUnderGrab(t *testing.T) {
	t.Parallel()
	s := startTouchServer(t)
	c := s.client()
	bar := c.window(image.Rect(200, 10, 400, 40))
	r := prepareRig(t, s.display, nil)
	r.do(r.hand.Watch([]uint32{bar}))
	r.run()
	c.grabPointer(xproto.GrabModeAsync)
	s.touch(1, touchBegin, 250, 20)
	r.expect("on the bar", moved, pressed(bar, image.Pt(250, 20)))
	s.touch(2, touchBegin, 300, 300)
	s.touch(2, touchEnd, 300, 300)
	s.touch(1, touchEnd, 250, 20)
	s.touch(3, touchBegin, 300, 300)
	s.touch(3, touchEnd, 300, 300)
	s.touch(4, touchBegin, 260, 30)
	r.expect("elsewhere and again", moved, moved, moved, moved, moved, moved, pressed(bar, image.Pt(260, 30)))
}

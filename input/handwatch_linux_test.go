package input_test

import (
	"image"
	"slices"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"telestrator/input"
)

// client is a program on the same display: it has the bar, or grabs things.
type client struct {
	t    *testing.T
	conn *xgb.Conn
	root xproto.Window
}

func (r *rig) client() *client {
	r.t.Helper()
	return newClient(r.t, r.display.Conn(r.t))
}

func newClient(t *testing.T, conn *xgb.Conn) *client {
	return &client{t, conn, xproto.Setup(conn).DefaultScreen(conn).Root}
}

func (c *client) do(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

// window maps a window that no window manager touches.
func (c *client) window(at image.Rectangle) uint32 {
	c.t.Helper()
	id, err := xproto.NewWindowId(c.conn)
	c.do(err)
	c.do(xproto.CreateWindowChecked(c.conn, 0, id, c.root, int16(at.Min.X), int16(at.Min.Y), uint16(at.Dx()), uint16(at.Dy()), 0,
		xproto.WindowClassInputOutput, 0, xproto.CwOverrideRedirect, []uint32{1}).Check())
	c.do(xproto.MapWindowChecked(c.conn, id).Check())
	return uint32(id)
}

// press waits for a press that the program gets.
func (c *client) press() xproto.ButtonPressEvent {
	c.t.Helper()
	presses := make(chan xproto.ButtonPressEvent, 1)
	go func() {
		for {
			e, err := c.conn.WaitForEvent()
			if e == nil && err == nil {
				return // the connection has ended
			}
			if p, ok := e.(xproto.ButtonPressEvent); ok {
				presses <- p
				return
			}
		}
	}()
	select {
	case p := <-presses:
		return p
	case <-time.After(patience):
		c.t.Fatal("the program got no press")
		return xproto.ButtonPressEvent{}
	}
}

// grabPointer takes all that the pointer does, as an open menu does.
func (c *client) grabPointer(pointerMode byte) {
	c.t.Helper()
	reply, err := xproto.GrabPointer(c.conn, false, c.root, xproto.EventMaskButtonPress, pointerMode, xproto.GrabModeAsync,
		0, 0, xproto.TimeCurrentTime).Reply()
	if c.do(err); reply.Status != xproto.GrabStatusSuccess {
		c.t.Fatalf("grabbing the pointer: status %d", reply.Status)
	}
}

// grabKeyboard takes all that the keyboard does, as a game or a virtual machine
// does.
func (c *client) grabKeyboard() {
	c.t.Helper()
	reply, err := xproto.GrabKeyboard(c.conn, false, c.root, xproto.TimeCurrentTime, xproto.GrabModeAsync, xproto.GrabModeAsync).Reply()
	if c.do(err); reply.Status != xproto.GrabStatusSuccess {
		c.t.Fatalf("grabbing the keyboard: status %d", reply.Status)
	}
}

// expectClick clicks on a window, which is told once: when it is looked up,
// that may be after the release.
func (r *rig) expectClick(what string, window uint32, x, y int) {
	r.t.Helper()
	r.do(r.user.Click(x, y))
	got, want := r.take(4), []string{moved, moved, moved, pressed(window, image.Pt(x, y))}
	if slices.Sort(got); !slices.Equal(got, want) {
		r.t.Fatalf("%s: told %v, want %v", what, got, want)
	}
	r.expectOnly(what + ", afterwards")
}

// TestGrabs: what the user does is told while a program holds both pointer and
// keyboard, and so is the chord.
func TestGrabs(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	c := r.client()
	c.grabPointer(xproto.GrabModeAsync)
	c.grabKeyboard()
	r.do(r.user.Motion(5, 5))
	r.do(r.user.Button(1, true))
	r.do(r.user.Button(1, false))
	r.expectOnly("under grabs", moved, moved, moved)
}

// TestWatch: the user's press on a watched window is told, with its place; an
// injected one is not, nor one beside it or with another button.
func TestWatch(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	c := r.client()
	bar := c.window(image.Rect(200, 10, 400, 40))
	c.window(image.Rect(0, 100, 50, 150))
	r.do(r.hand.Watch([]uint32{bar}))
	r.display.Run(t, "xdotool", "mousemove", "210", "20", "click", "1")
	r.do(r.user.Motion(210, 20))
	r.do(r.user.Button(3, true))
	r.do(r.user.Button(3, false))
	r.do(r.user.Click(20, 120))
	r.expectOnly("other presses", moved, moved, moved, moved, moved, moved)
	r.do(r.user.Motion(399, 39))
	r.do(r.user.Button(1, true))
	r.expect("press", moved, moved, pressed(bar, image.Pt(399, 39)))
	r.do(r.user.Button(1, false))
	r.expectOnly("release", moved)
}

// TestWatchUnderGrabs: whoever has the pointer, a press on a watched window is
// told, and once.
func TestWatchUnderGrabs(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	c := r.client()
	bar := c.window(image.Rect(200, 10, 400, 40))
	r.do(r.hand.Watch([]uint32{bar}))
	r.expectClick("free", bar, 201, 11)
	c.grabPointer(xproto.GrabModeAsync)
	r.expectClick("grabbed", bar, 202, 12)
	r.do(r.user.Click(100, 100))
	r.expectOnly("grabbed, beside it", moved, moved, moved)
	c.do(xproto.UngrabPointerChecked(c.conn, xproto.TimeCurrentTime).Check())
	r.expectClick("free again", bar, 203, 13)
}

// TestWatchReplayed: a program may hold a press back and let it through later,
// as window managers do to raise what is clicked. Then it has been told.
func TestWatchReplayed(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	c := r.client()
	bar := c.window(image.Rect(200, 10, 400, 40))
	r.do(r.hand.Watch([]uint32{bar}))
	c.do(xproto.GrabButtonChecked(c.conn, false, c.root, xproto.EventMaskButtonPress, xproto.GrabModeSync, xproto.GrabModeAsync,
		0, 0, xproto.ButtonIndexAny, xproto.ModMaskAny).Check())
	r.do(r.user.Motion(210, 20))
	r.do(r.user.Button(1, true))
	r.expect("held back", moved, moved, pressed(bar, image.Pt(210, 20)))
	if e := c.press(); e.Detail != 1 {
		t.Fatalf("the program got %v", e)
	}
	c.do(xproto.AllowEventsChecked(c.conn, xproto.AllowReplayPointer, xproto.TimeCurrentTime).Check())
	r.expectOnly("let through")
	r.do(r.user.Button(1, false))
	c.do(xproto.UngrabButtonChecked(c.conn, xproto.ButtonIndexAny, c.root, xproto.ModMaskAny).Check())
	r.expect("release", moved)
	r.expectClick("the next one", bar, 211, 21)
}

// TestWatchOthers: what is watched is replaced as a whole, or not at all.
func TestWatchOthers(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	c := r.client()
	first, second := c.window(image.Rect(0, 0, 50, 50)), c.window(image.Rect(100, 0, 150, 50))
	r.do(r.hand.Watch([]uint32{first}))
	if err := r.hand.Watch([]uint32{second, 0x123456}); err == nil {
		t.Error("watched a window that is not there")
	}
	r.do(r.user.Click(110, 10))
	r.expectOnly("refused", moved, moved, moved)
	r.expectClick("still watched", first, 10, 10)
	r.do(r.hand.Watch([]uint32{second}))
	r.expectClick("watched now", second, 110, 10)
	r.do(r.user.Click(10, 10))
	r.expectOnly("watched no longer", moved, moved, moved)
	c.do(xproto.DestroyWindowChecked(c.conn, xproto.Window(second)).Check())
	r.do(r.hand.Watch([]uint32{first}))
	r.expectClick("watched again", first, 10, 10)
	r.do(r.hand.Watch(nil))
	r.do(r.user.Click(10, 10))
	r.expectOnly("nothing watched", moved, moved, moved)
}

// TestWatchLetsGo: a window that is watched no longer gets its presses itself.
func TestWatchLetsGo(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	c := r.client()
	bar := c.window(image.Rect(0, 0, 50, 50))
	c.do(xproto.ChangeWindowAttributesChecked(c.conn, xproto.Window(bar), xproto.CwEventMask, []uint32{xproto.EventMaskButtonPress}).Check())
	r.do(r.hand.Watch([]uint32{bar}))
	r.expectClick("watched", bar, 10, 10)
	r.do(r.hand.Watch(nil))
	r.do(r.user.Click(11, 11))
	if e := c.press(); e.EventX != 11 {
		t.Errorf("the window got %v", e)
	}
}

// TestWatchLimit: so many windows may be watched, and one more not.
func TestWatchLimit(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	c := r.client()
	all := make([]uint32, input.MaxWatched)
	for i := range all {
		all[i] = c.window(image.Rect(i*20, 0, i*20+20, 20))
	}
	last := all[len(all)-1]
	r.do(r.hand.Watch(all))
	r.expectClick("the last one", last, input.MaxWatched*20-10, 10)
	if err := r.hand.Watch(append(all, c.window(image.Rect(0, 100, 20, 120)))); err == nil {
		t.Error("watched one window too many")
	}
	r.expectClick("the last one still", last, input.MaxWatched*20-10, 10)
}

// TestWatchBeforeRun: what was asked for before counts.
func TestWatchBeforeRun(t *testing.T) {
	t.Parallel()
	old := newRig(t)
	bar := old.client().window(image.Rect(0, 0, 50, 50))
	r := prepareRig(t, old.display.Name(), old.user)
	r.do(r.hand.Watch([]uint32{bar}))
	r.run()
	r.expectClick("watched before", bar, 5, 5)
}

package privacy

import (
	"image"
	"math/rand/v2"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"telestrator/capture/capturetest"
)

// TestManagedWindows has a window manager, real programs, and a hidden window
// of class and one of title dragged about between them.
func TestManagedWindows(t *testing.T) {
	t.Parallel()
	capturetest.Require(t, "openbox", "xterm", "xdotool", "zenity")
	s := newScreen(t, vault)
	manager(t, s)
	s.Start(t, "xterm", "-geometry", "20x6+0+0", "-e", "while :; do date; done")
	s.Start(t, "zenity", "--info", "--text=hello")
	p := newPainter(t, s.Conn(t))
	byClass := p.show(pane{area: image.Rect(10, 10, 90, 70), colour: secret, class: "Vault", title: "plain"})
	byTitle := p.show(pane{area: image.Rect(100, 50, 180, 110), colour: secret, class: "Plain", title: "a secret"})
	s.until(60, 60, Grey)
	s.while(200, func(it script) {
		for r := rand.New(rand.NewPCG(5, 6)); !it.over(); {
			id := []xproto.Window{byClass, byTitle}[r.IntN(2)]
			drag(t, s, r, id)
		}
	})
	// Under a manager a program's window lies in a frame; only that moved.
	if tree, err := xproto.QueryTree(s.c, byClass).Reply(); err != nil || tree.Parent == s.root {
		t.Errorf("the window manager did not manage: %v", err)
	}
}

// drag does with a managed window, at random, what a user does.
func drag(t *testing.T, s *screen, r *rand.Rand, id xproto.Window) {
	window := strconv.Itoa(int(id))
	switch r.IntN(5) {
	case 0:
		s.Run(t, "xdotool", "windowminimize", window, "windowmap", window, "windowactivate", window)
	case 1:
		s.Run(t, "xdotool", "windowraise", window)
	default:
		args := []string{}
		for range 100 {
			args = append(args, "windowmove", window, strconv.Itoa(r.IntN(280)), strconv.Itoa(r.IntN(160)))
		}
		s.Run(t, "xdotool", args...)
	}
}

// manager starts a window manager and waits until it manages. It returns how to
// end it.
func manager(t *testing.T, s *screen) (end func()) {
	t.Helper()
	wm := s.Start(t, "openbox", "--sm-disable")
	const name = "WM_S0" // the manager owns this selection
	atom, err := xproto.InternAtom(s.c, false, uint16(len(name)), name).Reply()
	if err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		owner, err := xproto.GetSelectionOwner(s.c, atom.Atom).Reply()
		if err != nil {
			t.Fatal(err)
		}
		if owner.Owner != 0 {
			return func() { kill(wm) }
		}
		if time.Now().After(end) {
			t.Fatal("openbox does not start")
		}
	}
}

func kill(cmd *exec.Cmd) {
	cmd.Process.Kill()
	cmd.Wait()
}

// TestManagerComesAndGoes has windows go into frames and out of them.
func TestManagerComesAndGoes(t *testing.T) {
	t.Parallel()
	capturetest.Require(t, "openbox")
	s := newScreen(t, vault)
	p := newPainter(t, s.Conn(t))
	p.show(pane{area: image.Rect(10, 10, 90, 70), colour: secret, class: "Vault"})
	p.show(pane{area: image.Rect(100, 50, 180, 110), colour: secret, title: "a secret"})
	p.show(pane{area: image.Rect(200, 100, 240, 140), colour: green, title: "open"})
	for range 3 {
		var end func()
		s.while(20, func(script) { end = manager(t, s) })
		s.while(20, func(script) { end() })
	}
	s.untilTrue(func(p *Picture) bool { // wherever the managers have put it
		_, shown := find(p.pix, p.stride, p.size, green)
		return shown
	})
}

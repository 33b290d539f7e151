package privacy

import (
	"image"
	"testing"

	"github.com/jezek/xgb/xproto"

	"telestrator/privacy/atspi"
)

// TestFocusFollowsThePointer where the server sends keys to what is under it.
func TestFocusFollowsThePointer(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{}, gtk())
	s.form()
	s.o.change(func(f *atspi.Secret) { f.Focused = true })
	xproto.SetInputFocus(s.c, 0, 1, 0)
	xproto.WarpPointer(s.c, 0, s.root, 0, 0, 0, 0, 100, 70)
	s.p.sync()
	if f := s.g.Focus(t.Context()); f.Known && !f.Secret {
		t.Errorf("the pointer is in a window with a secret field that has the focus: %+v", f)
	}
}

// TestFocusOfGuardedWindowWhoseProgramLeft: nobody can say.
func TestFocusOfGuardedWindowWhoseProgramLeft(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{Unknown: Allow}, gtk())
	w, _ := s.form()
	s.o.set(func(o *oracle) { o.apps = nil })
	s.untilAt(30, 30, Grey)
	xproto.SetInputFocus(s.c, 0, w, 0)
	s.p.sync()
	if f := s.g.Focus(t.Context()); f.Known && !f.Secret {
		t.Errorf("%+v", f)
	}
}

// TestFocusBehindALock: a lock has the keyboard whatever has the focus.
func TestFocusBehindALock(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{Unknown: Allow}, gtk())
	w, _ := s.form()
	xproto.SetInputFocus(s.c, 0, w, 0)
	s.p.show(pane{area: image.Rect(0, 0, 320, 200), colour: blue, class: "i3lock", override: true})
	s.untilAt(30, 30, Grey)
	if f := s.g.Focus(t.Context()); f.Known && !f.Secret {
		t.Errorf("%+v", f)
	}
}

package privacy

import (
	"encoding/binary"
	"image"
	"os"
	"testing"

	"github.com/jezek/xgb/xproto"
)

// windowID is a window as X calls it.
func windowID(id uint32) xproto.Window { return xproto.Window(id) }

// TestPrompts: what asks for secrets, locks the screen or notifies is masked
// whatever the policy says and whoever vouches for it.
func TestPrompts(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{Unknown: Allow, Shown: []WindowRule{{Class: "."}}}, nil)
	classes := []string{"pinentry-gtk-2", "Gcr-prompter", "ssh-askpass", "polkit-gnome-authentication-agent-1",
		"i3lock", "XScreenSaver", "Dunst", "xfce4-notifyd", "kwalletd5", "lxqt-sudo"}
	for i, class := range classes {
		s.p.show(pane{area: image.Rect(30*i, 0, 30*i+20, 20), colour: secret, class: class})
	}
	note := s.p.create(pane{area: image.Rect(0, 50, 20, 70), colour: secret})
	s.typed(note, "_NET_WM_WINDOW_TYPE_NOTIFICATION")
	xproto.MapWindow(s.c, note)
	s.p.show(pane{area: image.Rect(100, 50, 120, 70), colour: green, class: "Lockheed"})
	s.untilAt(110, 60, green)
	p := s.quiet(2 * settle)
	for i, class := range classes {
		if c := at(p, 30*i+10, 10); c != Grey {
			t.Errorf("a window of class %s is released as %06x", class, c)
		}
	}
}

// typed gives a window a type.
func (s *scene) typed(id xproto.Window, name string) {
	s.t.Helper()
	s.pointed(id, "_NET_WM_WINDOW_TYPE", xproto.AtomAtom, uint32(s.atom(name)))
}

func (s *scene) atom(name string) xproto.Atom {
	s.t.Helper()
	reply, err := xproto.InternAtom(s.c, false, uint16(len(name)), name).Reply()
	if err != nil {
		s.t.Fatal(err)
	}
	return reply.Atom
}

// pointed gives a window a property that is one number.
func (s *scene) pointed(id xproto.Window, name string, kind xproto.Atom, value uint32) {
	s.t.Helper()
	xproto.ChangeProperty(s.c, xproto.PropModeReplace, id, s.atom(name), kind, 32, 1, binary.LittleEndian.AppendUint32(nil, value))
}

// TestProgramRule goes by the file of the window's process.
func TestProgramRule(t *testing.T) {
	t.Parallel()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	s := newScene(t, Policy{Unknown: Allow, Windows: []WindowRule{{Program: "^" + path + "$", Title: "mine"}, {Program: "^/nowhere"}}}, nil)
	s.p.show(pane{area: image.Rect(0, 0, 20, 20), colour: secret, title: "mine"})
	s.p.show(pane{area: image.Rect(100, 0, 120, 20), colour: green})
	s.untilAt(110, 10, green)
	if c := at(s.quiet(2*settle), 10, 10); c != Grey {
		t.Errorf("released %06x", c)
	}
}

// TestRulesThatHideWin over those that show.
func TestRulesThatHideWin(t *testing.T) {
	t.Parallel()
	one := []WindowRule{{Title: "mine"}}
	for name, p := range map[string]Policy{"shown": {Unknown: Allow, Windows: one, Shown: one}, "only": {Unknown: Allow, Windows: one, Only: one}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScene(t, p, nil)
			s.p.show(pane{area: image.Rect(0, 0, 20, 20), colour: secret, title: "mine"})
			s.untilAt(10, 10, Grey)
			s.quiet(2 * settle)
		})
	}
}

// TestOnly: of everything else nothing is shown, but what belongs to the chosen
// windows is.
func TestOnly(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{Unknown: Allow, Only: []WindowRule{{Title: "form"}}}, nil)
	stranger := s.other("Stranger", image.Rect(200, 150, 310, 190))
	stranger.paint(secret)
	form := s.p.show(pane{area: image.Rect(10, 10, 110, 110), colour: green, title: "form"})
	s.p.show(pane{area: image.Rect(120, 10, 180, 60), colour: secret, title: "another of the program"})
	dialog := s.p.create(pane{area: image.Rect(120, 70, 180, 120), colour: blue, title: "dialog"})
	s.pointed(dialog, "WM_TRANSIENT_FOR", xproto.AtomWindow, uint32(form))
	xproto.MapWindow(s.c, dialog)
	menu := s.p.show(pane{area: image.Rect(20, 120, 80, 180), colour: blue, override: true})
	for _, pixel := range []image.Point{{150, 100}, {50, 150}} {
		s.untilAt(pixel.X, pixel.Y, blue)
	}
	s.quiet(2 * settle)
	want := map[uint32]bool{uint32(form): true, uint32(dialog): true, uint32(menu): true}
	chosen := s.g.Chosen(nil)
	for _, id := range chosen {
		if !want[id] {
			t.Errorf("window %x is chosen", id)
		}
	}
	if len(chosen) != len(want) {
		t.Errorf("%d windows are chosen", len(chosen))
	}
	xproto.DestroyWindow(s.c, form) // and with it what belongs to it goes
	s.p.sync()
	s.untilAt(50, 150, Grey)
	s.untilAt(150, 100, Grey)
}

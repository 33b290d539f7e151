package privacy

import (
	"errors"
	"image"
	"math/rand/v2"
	"testing"

	"github.com/jezek/xgb/xproto"
)

// vault is the rule of the tests: class Vault, or a title with the word.
var vault = Policy{Unknown: Allow, Windows: []WindowRule{{Class: "^Vault$"}, {Title: "secret"}}}

func TestHiddenByClassAndTitle(t *testing.T) {
	t.Parallel()
	s := newScreen(t, "320x200x24", vault)
	p := newPainter(t, s.c)
	p.show(pane{area: image.Rect(10, 10, 60, 60), colour: green, class: "Other", title: "open"})
	p.show(pane{area: image.Rect(100, 10, 150, 60), colour: secret, class: "Vault", border: 3})
	p.show(pane{area: image.Rect(200, 10, 250, 60), colour: secret, title: "my secret page"})
	s.until(20, 20, green)
	got := s.release()
	for x, want := range map[int]uint32{20: green, 99: 0, 100: Grey, 155: Grey, 156: 0, 200: Grey, 249: Grey, 250: 0} {
		if c := at(got, x, 20); c != want {
			t.Errorf("pixel %d,20 is %06x, want %06x", x, c, want)
		}
	}
	if !s.g.CursorHidden(image.Pt(210, 20)) || s.g.CursorHidden(image.Pt(20, 20)) {
		t.Error("the cursor is hidden over the wrong windows")
	}
}

func TestOwnWindowsAlways(t *testing.T) {
	t.Parallel()
	s := newScreen(t, "320x200x24", Policy{Unknown: Allow})
	p := newPainter(t, s.c)
	p.show(pane{area: image.Rect(10, 10, 60, 60), colour: secret, title: "Telestrator panel - Browser"})
	p.show(pane{area: image.Rect(70, 10, 120, 60), colour: secret, title: "Telestrator console"})
	owned := p.create(pane{area: image.Rect(130, 10, 180, 60), colour: secret})
	own, err := xproto.InternAtom(s.c, false, uint16(len(ownProperty)), ownProperty).Reply()
	if err != nil {
		t.Fatal(err)
	}
	p.set(owned, own.Atom, "1")
	xproto.MapWindow(s.c, owned)
	p.show(pane{area: image.Rect(200, 10, 250, 60), colour: green, title: "Telestrator"})
	s.until(220, 20, green)
	s.calm()
}

func TestChurn(t *testing.T) {
	t.Parallel()
	s := newScreen(t, "320x200x24", vault)
	p := newPainter(t, s.Conn(t))
	done := make(chan struct{})
	go func() {
		defer close(done)
		churn(p, rand.New(rand.NewPCG(1, 2)), 3000)
	}()
	for busy := true; busy; {
		select {
		case <-done:
			busy = false
		default:
			s.release()
		}
	}
	s.calm()
	t.Logf("%d releases, %d of a screen with the secret", s.released, s.bearing)
	if s.bearing == 0 {
		t.Error("the secret was never on the screen")
	}
}

// churn does everything to windows that programs do, as fast as it goes. All
// windows whose colour is secret are hidden by rule, all the time.
func churn(p *painter, r *rand.Rand, steps int) {
	random := func() image.Rectangle { return randomRect(r, image.Pt(300, 180)) }
	show := func() xproto.Window {
		return p.show(pane{area: random(), colour: secret, class: "Vault", override: r.IntN(2) == 0})
	}
	open := p.show(pane{area: image.Rect(50, 50, 150, 150), colour: green})
	hidden := []xproto.Window{show(), show(), show()}
	for step := range steps {
		i := r.IntN(len(hidden))
		switch r.IntN(12) {
		case 0:
			xproto.UnmapWindow(p.c, hidden[i])
		case 1, 2:
			xproto.MapWindow(p.c, hidden[i])
		case 3:
			p.stack(hidden[i], r.Uint32N(2))
		case 4:
			p.stack(open, r.Uint32N(2))
		case 5:
			xproto.DestroyWindow(p.c, hidden[i])
			hidden[i] = show()
		case 6:
			p.set(hidden[i], xproto.AtomWmName, "another title")
		default:
			p.move(hidden[i], random().Min)
		}
		if step%8 == 0 {
			p.sync()
		}
	}
	p.sync()
}

func TestDisplayGone(t *testing.T) {
	t.Parallel()
	s := newScreen(t, "64x64x24", Policy{Unknown: Allow})
	s.release()
	s.g.Begin()
	s.grab()
	s.Stop()
	if err := <-s.ran; !errors.Is(err, ErrGone) {
		t.Errorf("run ended with %v", err)
	}
	s.ran <- nil // for the clean-up
	if p, _, err := s.g.Release(s.m.pix, s.m.stride, s.m.size, nil, true); !errors.Is(err, ErrGone) || p != nil {
		t.Errorf("released %v with error %v after the display ended", p, err)
	}
	if !s.g.CursorHidden(image.Pt(1, 1)) {
		t.Error("the cursor is shown though nothing is known")
	}
}

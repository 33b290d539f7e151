package privacy

import (
	"image"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/jezek/xgb/xproto"
)

func TestChurn(t *testing.T) {
	t.Parallel()
	s := newScreen(t, vault)
	p := newPainter(t, s.Conn(t))
	s.while(300, func(it script) { churn(p, rand.New(rand.NewPCG(1, 2)), it) })
	s.calm()
}

// churn does everything to windows that programs do, as fast as it goes. All windows whose colour is secret are hidden by rule, all the time.
func churn(p *painter, r *rand.Rand, it script) {
	random := func() image.Rectangle { return randomRect(r, image.Pt(300, 180)) }
	show := func() xproto.Window {
		return p.show(pane{area: random(), colour: secret, class: "Vault", override: r.IntN(2) == 0})
	}
	open := p.show(pane{area: image.Rect(50, 50, 150, 150), colour: green})
	hidden := []xproto.Window{show(), show(), show()}
	for step := 0; !it.over(); step++ {
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

// TestRetitle lets a program change between an open page and a secret one, the
// title always before the picture.
func TestRetitle(t *testing.T) {
	t.Parallel()
	s := newScreen(t, vault)
	p := newPainter(t, s.Conn(t))
	id := p.show(pane{area: image.Rect(10, 10, 200, 100), colour: green, class: "Browser", title: "open"})
	page := func(title string, colour uint32, it script) {
		p.set(id, xproto.AtomWmName, title)
		p.sync()
		it.turn()
		xproto.ChangeWindowAttributes(p.c, id, xproto.CwBackPixel, []uint32{colour})
		xproto.ClearArea(p.c, false, id, 0, 0, 0, 0)
		p.sync()
		it.turn()
	}
	s.while(100, func(it script) {
		for !it.over() {
			page("a secret page", secret, it)
			page("open", green, it)
			page("open, too", blue, it)
		}
		page("open", green, it)
	})
	s.until(20, 20, green)
}

// TestTransient hides the dialogs of a hidden window.
func TestTransient(t *testing.T) {
	t.Parallel()
	s := newScreen(t, vault)
	p := newPainter(t, s.c)
	main := p.show(pane{area: image.Rect(10, 10, 60, 60), colour: green, title: "open"})
	dialog := p.create(pane{area: image.Rect(100, 10, 150, 60), colour: blue})
	leader := le.AppendUint32(nil, uint32(main))
	xproto.ChangeProperty(p.c, xproto.PropModeReplace, dialog, xproto.AtomWmTransientFor, xproto.AtomWindow, 32, 1, leader)
	xproto.MapWindow(p.c, dialog)
	s.until(110, 20, blue)
	p.set(main, xproto.AtomWmName, "secret")
	p.sync()
	if got := at(s.release(), 110, 20); got != Grey {
		t.Errorf("the dialog of a hidden window is released as %06x", got)
	}
}

// TestOrder compares the model's order of windows with the server's.
func TestOrder(t *testing.T) {
	t.Parallel()
	s := newScreen(t, vault)
	p := newPainter(t, s.c)
	r := rand.New(rand.NewPCG(3, 4))
	frame := p.show(pane{area: image.Rect(0, 0, 99, 99), colour: blue})
	var ids []xproto.Window
	for range 9 {
		ids = append(ids, p.show(pane{area: randomRect(r, image.Pt(300, 180)), colour: green}))
	}
	for range 400 {
		shuffle(p, r, ids, frame)
	}
	s.release()
	tree, err := xproto.QueryTree(s.c, s.root).Reply()
	if err != nil {
		t.Fatal(err)
	}
	want := tree.Children
	var got []xproto.Window
	for _, w := range s.model().stack {
		got = append(got, w.id)
		if area, mapped, _ := s.model().reader.place(w.id); area != w.area || mapped != w.mapped {
			t.Errorf("window %x is at %v, mapped %v; the server says %v, %v", w.id, w.area, w.mapped, area, mapped)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("order %x, the server's is %x", got, want)
	}
}

// shuffle changes the order of windows by every request that can.
func shuffle(p *painter, r *rand.Rand, ids []xproto.Window, frame xproto.Window) {
	a, b := ids[r.IntN(len(ids))], ids[r.IntN(len(ids))]
	switch r.IntN(7) {
	case 0:
		p.stack(a, r.Uint32N(5))
	case 1, 2:
		xproto.ConfigureWindow(p.c, a, xproto.ConfigWindowSibling|xproto.ConfigWindowStackMode, []uint32{uint32(b), r.Uint32N(5)})
	case 3:
		xproto.CirculateWindow(p.c, byte(r.IntN(2)), p.root)
	case 4:
		xproto.ReparentWindow(p.c, a, frame, 5, 5)
	case 5:
		xproto.ReparentWindow(p.c, a, p.root, int16(r.IntN(99)), int16(r.IntN(99)))
	case 6:
		p.move(a, image.Pt(r.IntN(200), r.IntN(100)))
	}
}

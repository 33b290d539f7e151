package privacy

import (
	"image"
	"slices"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"telestrator/capture"
	"telestrator/capture/capturetest"
)

// veil is windows of ours over all of a screen: its pictures show what is
// beneath them.
type veil struct {
	p       *painter
	windows []xproto.Window
}

// newVeil makes two windows, lets the capture look beneath them and the Guard
// ignore them if it is to, and shows them.
func (p *pair) newVeil(painter *painter, ignore bool) *veil {
	p.t.Helper()
	v := &veil{p: painter}
	var ids []uint32
	for _, area := range []image.Rectangle{image.Rect(0, 0, 320, 200), image.Rect(0, 0, 320, 20)} {
		id := painter.create(pane{area: area, colour: blue, override: true})
		v.windows, ids = append(v.windows, id), append(ids, uint32(id))
	}
	painter.sync()
	if err := p.source.(capture.Beneath).Beneath(ids); err != nil {
		p.t.Fatal(err)
	}
	if ignore {
		p.guard.Ignore(ids)
	}
	for _, id := range v.windows {
		xproto.MapWindow(painter.c, id)
	}
	painter.sync()
	return v
}

// settled releases until nothing has happened for a while.
func (p *pair) settled() {
	p.t.Helper()
	for p.step(3 * settle) {
	}
}

// bears reports whether the mirror shows the secret somewhere in r.
func (p *pair) bears(r image.Rectangle) bool {
	f := &p.frame
	if len(f.Pix) == 0 {
		return false
	}
	_, found := find(f.Pix[r.Min.Y*f.Stride+4*r.Min.X:], f.Stride, r.Size(), secret)
	return found
}

// TestIgnored: a hidden window below windows of ours is in the mirror, and in no
// released picture, whatever ours do. Others are released.
func TestIgnored(t *testing.T) {
	t.Parallel()
	d := capturetest.StartXvfb(t, "320x200x24")
	p, painter := newPair(t, d, vault), newPainter(t, d.Conn(t))
	hidden := painter.show(pane{area: image.Rect(50, 5, 150, 100), colour: secret, class: "Vault"})
	painter.show(pane{area: image.Rect(200, 5, 300, 100), colour: green})
	p.settled()
	v := p.newVeil(painter, true)
	p.settled()
	if !p.bears(image.Rect(50, 5, 150, 100)) {
		t.Fatal("the mirror does not show what is beneath")
	}
	if got := at(p.last, 250, 50); got != green {
		t.Errorf("beneath our windows %06x is released", got)
	}
	for _, change := range []func(){
		func() { painter.move(v.windows[1], image.Pt(0, 50)) },
		func() { xproto.UnmapWindow(painter.c, v.windows[0]) },
		func() { painter.move(hidden, image.Pt(10, 40)) },
		func() { xproto.MapWindow(painter.c, v.windows[0]) },
		func() { painter.move(hidden, image.Pt(60, 20)) },
	} {
		change()
		painter.sync()
		p.settled()
		if !p.bears(image.Rect(0, 0, 320, 200)) {
			t.Fatal("the mirror shows no secret")
		}
	}
	if got := at(p.last, 20, 50); got != 0 {
		t.Errorf("where the hidden window was, %06x is released", got)
	}
}

// TestIgnoredDoNotStir: what ours do changes no mask.
func TestIgnoredDoNotStir(t *testing.T) {
	t.Parallel()
	d := capturetest.StartXvfb(t, "320x200x24")
	p, painter := newPair(t, d, vault), newPainter(t, d.Conn(t))
	painter.show(pane{area: image.Rect(50, 5, 150, 100), colour: secret, class: "Vault"})
	painter.show(pane{area: image.Rect(60, 30, 300, 180), colour: green}) // a cover
	p.settled()
	masks := slices.Clone(p.guard.masks)
	if contains(masks, image.Pt(100, 50)) {
		t.Fatal("the cover is none")
	}
	v := p.newVeil(painter, true)
	shape := func(id xproto.Window) { shapeOf(painter, id, image.Rect(10, 10, 20, 20)) }
	for name, change := range map[string]func(){
		"shown":     func() {},
		"shaped":    func() { shape(v.windows[0]) },
		"moved":     func() { painter.move(v.windows[1], image.Pt(3, 30)) },
		"restacked": func() { painter.stack(v.windows[0], xproto.StackModeBelow) },
		"renamed":   func() { painter.set(v.windows[0], xproto.AtomWmName, "secret") },
		"ended":     func() { xproto.DestroyWindow(painter.c, v.windows[1]) },
	} {
		change()
		painter.sync()
		p.guard.Begin()
		if err := p.source.Grab(&p.frame); err != nil {
			t.Fatal(err)
		}
		f := &p.frame
		if _, _, err := p.guard.Release(f.Pix, f.Stride, f.Size, f.Damage, f.Reset); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(p.guard.masks, masks) {
			t.Errorf("%s: masks became %v", name, p.guard.masks)
		}
	}
}

// TestIgnoredNoMore: windows that are not named any more count again.
func TestIgnoredNoMore(t *testing.T) {
	t.Parallel()
	s := newScreen(t, vault)
	p := newPainter(t, s.c)
	s.release()
	id := p.create(pane{area: image.Rect(10, 10, 60, 60), colour: green, class: "Vault"})
	p.sync()
	s.g.Ignore([]uint32{uint32(id), 77})
	xproto.MapWindow(p.c, id)
	s.until(20, 20, green)
	for range 3 {
		s.g.Ignore(nil)
		if c := at(s.release(), 20, 20); c != Grey {
			t.Errorf("no longer ignored, it is released as %06x", c)
		}
		s.g.Ignore([]uint32{uint32(id)})
		s.until(20, 20, green)
	}
}

// TestIgnoredByNumber: the number of a window that has ended, or never was, is
// not ignored when another window gets it.
func TestIgnoredByNumber(t *testing.T) {
	t.Parallel()
	create := func(m *model, id xproto.Window) {
		m.apply(xproto.CreateNotifyEvent{Parent: fakeRoot, Window: id, X: 100, Width: 50, Height: 50})
		m.apply(xproto.MapNotifyEvent{Event: fakeRoot, Window: id})
		m.refresh()
		m.begin()
	}
	m, f := newFake(t, []WindowRule{{Title: "secret"}}, titled("open"))
	for _, id := range []xproto.Window{11, 12, 13} {
		f.who[id] = titled("secret")
	}
	f.lost[12] = true
	m.ignore([]uint32{11, 12, 13})
	create(m, 11)
	expect(t, m, false, false)
	m.apply(xproto.DestroyNotifyEvent{Event: fakeRoot, Window: 11})
	create(m, 11)
	expect(t, m, false, true)
	create(m, 12)
	if i, w := m.find(12); i < 0 || w.ignored {
		t.Error("a window that did not exist is ignored")
	}
	m.rebuild([]xproto.Window{10, 11, 12})
	m.rebuild([]xproto.Window{10, 11, 12, 13})
	if i, w := m.find(13); i < 0 || w.ignored {
		t.Error("a window that had ended unseen is ignored")
	}
}

// TestResidueOfRedirection: when windows get pixels of their own, one below a
// hidden window gets that one's. It takes them along when it moves.
func TestResidueOfRedirection(t *testing.T) {
	t.Parallel()
	d := capturetest.StartXvfb(t, "320x200x24")
	p, painter := newSettlingPair(t, d, vault, time.Hour), newPainter(t, d.Conn(t))
	slow := painter.show(pane{area: image.Rect(0, 0, 60, 60), lazy: true})
	painter.show(pane{area: image.Rect(10, 10, 50, 50), colour: secret, class: "Vault"})
	for !p.bears(image.Rect(10, 10, 50, 50)) {
		p.step(patience)
	}
	p.guard.trackers[0].(*windows).untaint() // as if both had been there for long
	p.newVeil(painter, true)
	for p.step(settle) {
	}
	for n := range 3 {
		painter.move(slow, image.Pt(100+20*n, 100))
		painter.sync()
		p.step(patience)
		for p.step(settle) {
		}
	}
	if !p.bears(image.Rect(100, 100, 300, 200)) {
		t.Error("the server gave the window pixels of its own without the secret")
	}
}

// untaint forgets what is known of old pixels.
func (w *windows) untaint() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, o := range w.model.stack {
		o.tainted = time.Time{}
	}
}

// TestOffScreen: a window that lies outside the screen changes no mask.
func TestOffScreen(t *testing.T) {
	t.Parallel()
	s, p, _ := behind(t, opaqueCover)
	got := s.during(func() { p.show(pane{area: image.Rect(-1, -1, 0, 0), colour: green, override: true}) })
	if c := at(got, 50, 30); c != green {
		t.Errorf("the cover is released as %06x", c)
	}
}

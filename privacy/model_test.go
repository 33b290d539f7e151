package privacy

import (
	"image"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"
)

// fake is a reader whose answers the test gives, and a clock it sets.
type fake struct {
	who  map[xproto.Window]identity
	now  time.Time
	lost map[xproto.Window]bool // do not exist
}

func (f *fake) identify(id xproto.Window) identity {
	who := f.who[id]
	who.parts = []partOf{{id, true}}
	return who
}

func (f *fake) place(id xproto.Window) (image.Rectangle, bool, bool) {
	return image.Rectangle{}, false, !f.lost[id]
}

const fakeRoot = 1

// newFake makes a model of windows 10, 11, … that are shown side by side.
func newFake(t *testing.T, rules []WindowRule, windows ...identity) (*model, *fake) {
	t.Helper()
	compiled, err := compile(rules)
	if err != nil {
		t.Fatal(err)
	}
	f := &fake{make(map[xproto.Window]identity), time.Unix(1000, 0), make(map[xproto.Window]bool)}
	m := newModel(compiled, f, fakeRoot)
	m.clock = func() time.Time { return f.now }
	m.rebuild(nil)
	m.begin()
	for i, who := range windows {
		f.who[xproto.Window(10+i)] = who
		m.add(xproto.Window(10+i), fakeArea(i), true)
	}
	m.refresh()
	m.begin()
	return m, f
}

func fakeArea(i int) image.Rectangle { return image.Rect(100*i, 0, 100*i+50, 50) }

func titled(title string) identity { return identity{looks: []look{{titles: []string{title}}}} }

// hides reports which of the windows of newFake are masked.
func hides(m *model, n int) (masked []bool) {
	found := m.masks(nil)
	for i := range n {
		masked = append(masked, contains(found, fakeArea(i).Min))
	}
	return masked
}

func expect(t *testing.T, m *model, want ...bool) {
	t.Helper()
	got := hides(m, len(want))
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("window %d masked: %v, want %v", i, got[i], want[i])
		}
	}
}

func TestLeaders(t *testing.T) {
	t.Parallel()
	dialog, sub := titled("dialog"), titled("dialog of the dialog")
	dialog.leader, sub.leader = 10, 11
	circle, back := titled("circle"), titled("circle")
	circle.leader, back.leader = 14, 13
	self, lost := titled("self"), titled("lost")
	self.leader, lost.leader = 15, 99
	m, _ := newFake(t, []WindowRule{{Title: "secret"}},
		titled("secret"), dialog, sub, circle, back, self, lost, titled("open"))
	expect(t, m, true, true, true, true, true, false, false, false)
}

func TestNewWindowIsMaskedInItsSpan(t *testing.T) {
	t.Parallel()
	m, f := newFake(t, nil, titled("open"))
	f.who[11] = titled("open")
	m.apply(xproto.CreateNotifyEvent{Parent: fakeRoot, Window: 11, X: 100, Width: 50, Height: 50})
	m.apply(xproto.MapNotifyEvent{Event: fakeRoot, Window: 11})
	m.refresh()
	expect(t, m, false, true)
	m.begin()
	expect(t, m, false, false)
}

func TestUnreadableWindowIsMasked(t *testing.T) {
	t.Parallel()
	m, f := newFake(t, nil, titled("open"), titled("open"))
	f.who[11] = identity{unread: true}
	m.property(xproto.PropertyNotifyEvent{Window: 11, Atom: xproto.AtomWmName}, 1)
	m.refresh()
	expect(t, m, false, true)
	m.apply(xproto.DestroyNotifyEvent{Event: fakeRoot, Window: 11})
	expect(t, m, false, true) // it was there in this span
	m.begin()
	expect(t, m, false, false) // the bare root is there now
}

func TestTitleBetweenReadings(t *testing.T) {
	t.Parallel()
	title := xproto.PropertyNotifyEvent{Window: 10, Atom: xproto.AtomWmName}
	other := xproto.PropertyNotifyEvent{Window: 10, Atom: 77}
	for name, c := range map[string]struct {
		rules  []WindowRule
		play   func(m *model)
		masked bool
	}{
		"one change": {[]WindowRule{{Title: "x"}}, func(m *model) { m.property(title, 5) }, false},
		"two changes": {[]WindowRule{{Title: "x"}}, func(m *model) {
			m.property(title, 5)
			m.property(title, 5)
		}, true},
		"two changes, no rule": {nil, func(m *model) {
			m.property(title, 5)
			m.property(title, 5)
		}, false},
		"two properties": {[]WindowRule{{Title: "x"}}, func(m *model) {
			m.property(title, 5)
			m.property(other, 5)
		}, false},
		"second change before the first was read": {[]WindowRule{{Title: "x"}}, func(m *model) {
			m.property(title, 5)
			m.refresh() // reads up to request 9
			m.property(title, 7)
		}, true},
		"second change after the first was read": {[]WindowRule{{Title: "x"}}, func(m *model) {
			m.property(title, 5)
			m.refresh()
			m.property(title, 9)
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, f := newFake(t, c.rules, titled("open"))
			who := titled("open")
			who.readAt = 9
			f.who[10] = who
			c.play(m)
			m.refresh()
			expect(t, m, c.masked)
			m.begin()
			expect(t, m, false)
		})
	}
}

func TestRetitledWindowSettles(t *testing.T) {
	t.Parallel()
	m, f := newFake(t, []WindowRule{{Title: "secret"}}, titled("secret"))
	f.who[10] = titled("open")
	m.property(xproto.PropertyNotifyEvent{Window: 10, Atom: xproto.AtomWmName}, 1)
	m.refresh()
	f.now = f.now.Add(settle - 1)
	m.begin()
	expect(t, m, true)
	f.now = f.now.Add(1)
	expect(t, m, true) // it had not settled when the span began
	m.begin()
	expect(t, m, false)
}

func TestGhosts(t *testing.T) {
	t.Parallel()
	m, f := newFake(t, []WindowRule{{Title: "secret"}}, titled("secret"), titled("open"))
	move := func(to int) {
		m.apply(xproto.ConfigureNotifyEvent{Event: fakeRoot, Window: 10, X: int16(100 * to), Width: 50, Height: 50})
	}
	move(1) // over the other window, and under the same
	move(2)
	expect(t, m, true, true, true)
	m.begin()
	expect(t, m, false, true, true)
	f.now = f.now.Add(settle)
	expect(t, m, false, true, true)
	m.begin()
	expect(t, m, false, false, true)
}

func TestGhostLimit(t *testing.T) {
	t.Parallel()
	m, f := newFake(t, []WindowRule{{Title: "secret"}}, titled("secret"))
	step := func(i int) {
		m.apply(xproto.ConfigureNotifyEvent{Event: fakeRoot, Window: 10, X: int16(60 * i), Width: 50, Height: 50})
		f.now = f.now.Add(settle / 8)
	}
	for i := range maxGhosts {
		step(i + 1)
	}
	if len(m.ghosts) != maxGhosts || contains(m.masks(nil), image.Pt(55, 0)) {
		t.Errorf("%d places became %d ghosts", maxGhosts, len(m.ghosts))
	}
	step(maxGhosts + 1)
	if len(m.ghosts) != 1 || !contains(m.masks(nil), image.Pt(55, 0)) {
		t.Errorf("one place too many made %d ghosts", len(m.ghosts))
	}
}

func TestUnknownSiblingRebuilds(t *testing.T) {
	t.Parallel()
	m, _ := newFake(t, nil, titled("a"), titled("b"))
	m.apply(xproto.ConfigureNotifyEvent{Event: fakeRoot, Window: 10, AboveSibling: 99, Width: 50, Height: 50})
	if !m.outdated {
		t.Error("the order of windows is not known, and nobody asks for it")
	}
	m.rebuild(nil)
	expect(t, m, true, true, true)
}

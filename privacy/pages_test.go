package privacy

import (
	"testing"

	"github.com/jezek/xgb/xproto"
)

// TestPageRuleEnds when the window shows another page.
func TestPageRuleEnds(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{Windows: []WindowRule{{Page: "bank"}}}, gtk())
	s.o.frame("form", formArea)
	s.o.set(func(o *oracle) { o.said.Frames[0].Pages = []string{"https://bank"} })
	w := s.p.show(pane{area: formArea, colour: secret, title: "form"})
	s.untilAt(30, 30, Grey)
	s.never(3*settle, 30, 30, secret)
	s.o.set(func(o *oracle) { o.said.Frames[0].Pages = []string{"https://news"} })
	xproto.ChangeWindowAttributes(s.c, w, xproto.CwBackPixel, []uint32{green})
	xproto.ClearArea(s.c, false, w, 0, 0, 0, 0)
	s.p.sync()
	s.untilAt(30, 30, green)
}

// TestPageRuleWithAnotherTitle: the program may be late to tell its title.
func TestPageRuleWithAnotherTitle(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{Windows: []WindowRule{{Page: "bank"}}}, gtk())
	s.o.frame("form, as it was called", formArea)
	s.o.set(func(o *oracle) { o.said.Frames[0].Pages = []string{"https://bank"} })
	s.p.show(pane{area: formArea, colour: secret, title: "form"})
	s.never(3*settle, 30, 30, secret)
}

// TestOnlyHidesTheRoot: what is painted there is nobody's choice.
func TestOnlyHidesTheRoot(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{Unknown: Allow, Only: []WindowRule{{Title: "form"}}}, nil)
	s.p.show(pane{area: formArea, colour: green, title: "form"})
	s.untilAt(30, 30, green)
	if c := at(s.quiet(2*settle), 300, 190); c != Grey {
		t.Errorf("the root is released as %06x", c)
	}
}

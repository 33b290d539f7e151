package privacy

import (
	"image"
	"testing"

	"github.com/jezek/xgb/xproto"

	"telestrator/privacy/atspi"
)

// TestCoverAboveASecret is shown where it covers.
func TestCoverAboveASecret(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{}, gtk())
	s.form()
	area := image.Rect(100, 50, 300, 100)
	s.o.frame("cover", area)
	cover := s.p.show(pane{area: area, colour: blue, title: "cover"})
	s.untilAt(120, 70, blue)
	if c := at(s.quiet(2*settle), 90, 70); c != Grey {
		t.Errorf("beside the cover, %06x is released", c)
	}
	xproto.UnmapWindow(s.c, cover)
	s.p.sync()
	s.quiet(settle)
}

// TestSecretOfOneFrame: of two windows of a program the one with the field is
// masked, not both; when it is not known which, both are.
func TestSecretOfOneFrame(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{}, gtk())
	other := formArea.Add(image.Pt(60, 40))
	s.o.frame("other", other)
	s.o.set(func(o *oracle) { o.said.Frames = o.said.Frames[:1] })
	s.o.frame("form", formArea)
	s.o.fields(fieldArea)
	w := s.p.create(pane{area: formArea, colour: green, title: "form"})
	s.paint(w, fieldArea, secret)
	s.field(w, fieldArea)
	xproto.MapWindow(s.c, w)
	above := s.p.show(pane{area: other, colour: blue, title: "other"})
	s.untilAt(250, 150, blue)
	s.untilAt(90, 70, blue) // above the field
	s.o.change(func(f *atspi.Secret) { f.Frame = -1 })
	s.span(func() { s.paint(above, image.Rect(150, 100, 154, 104), green) }, nothing)
	s.untilAt(90, 70, Grey)
}

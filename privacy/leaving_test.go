package privacy

import (
	"image"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"
)

// TestWindowLeavesAfterTheGrab: the picture has a window that is not there any
// more when the span ends.
func TestWindowLeavesAfterTheGrab(t *testing.T) {
	t.Parallel()
	for name, leave := range map[string]func(s *scene, id xproto.Window){
		"unmap":   func(s *scene, id xproto.Window) { xproto.UnmapWindow(s.c, id) },
		"destroy": func(s *scene, id xproto.Window) { xproto.DestroyWindow(s.c, id) },
		"move": func(s *scene, id xproto.Window) {
			s.p.move(id, formArea.Min.Add(image.Pt(60, 50)))
			s.o.fields(fieldArea.Add(image.Pt(60, 50)))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScene(t, Policy{}, gtk())
			w := s.empty()
			s.quiet(2 * settle)
			s.span(func() {
				s.o.fields(fieldArea)
				s.paint(w, fieldArea, secret)
			}, func() {
				leave(s, w)
				s.p.sync()
			})
			s.quiet(settle)
		})
	}
}

// TestWindowLeavesBeforeTheAnswer: what its program says is of another place.
func TestWindowLeavesBeforeTheAnswer(t *testing.T) {
	t.Parallel()
	for name, leave := range map[string]func(s *scene, id xproto.Window){
		"unmap":   func(s *scene, id xproto.Window) { xproto.UnmapWindow(s.c, id) },
		"destroy": func(s *scene, id xproto.Window) { xproto.DestroyWindow(s.c, id) },
		"move": func(s *scene, id xproto.Window) {
			s.p.move(id, formArea.Min.Add(image.Pt(60, 50)))
			s.o.fields(fieldArea.Add(image.Pt(60, 50)))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScene(t, Policy{}, gtk())
			s.o.frame("form", formArea)
			s.o.frame("back", formArea.Inset(-10))
			s.p.show(pane{area: formArea.Inset(-10), colour: blue, title: "back"})
			w := s.p.show(pane{area: formArea, colour: green, title: "form"})
			s.untilAt(30, 30, green)
			s.quiet(2 * settle)
			free := s.o.hang()
			s.o.fields(fieldArea)
			s.paint(w, fieldArea, secret)
			s.release()
			leave(s, w)
			s.p.sync()
			free()
			time.Sleep(10 * time.Millisecond)
			s.release()
			s.quiet(settle)
		})
	}
}

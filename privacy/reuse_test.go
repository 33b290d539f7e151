package privacy

import (
	"context"
	"image"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"telestrator/privacy/atspi"
)

// TestShowEndsWithItsWindow: numbers of windows come again.
func TestShowEndsWithItsWindow(t *testing.T) {
	t.Parallel()
	s := newScene(t, Policy{Unknown: Ask}, nil)
	r := image.Rect(10, 10, 60, 60)
	id := s.p.show(pane{area: r, colour: green})
	s.untilAt(20, 20, Grey)
	s.g.Show(uint32(id))
	s.untilAt(20, 20, green)
	xproto.DestroyWindow(s.c, id)
	s.p.sync()
	s.release()
	xproto.CreateWindow(s.c, 0, id, s.root, 10, 10, 50, 50, 0, xproto.WindowClassInputOutput, 0, xproto.CwBackPixel, []uint32{secret})
	xproto.MapWindow(s.c, id)
	s.p.sync()
	for range 5 {
		s.release()
		s.soon()
	}
}

// TestPuzzleEndsWithItsWindow: a window that gets the number of one that nobody
// understood is looked at as any other.
func TestPuzzleEndsWithItsWindow(t *testing.T) {
	t.Parallel()
	o := gtk()
	apps := o.apps
	o.apps = nil
	s := newScene(t, Policy{Unknown: Allow}, o)
	r := image.Rect(10, 10, 60, 60)
	id := s.p.show(pane{area: r, colour: green})
	s.untilAt(20, 20, green)
	xproto.DestroyWindow(s.c, id)
	s.p.sync()
	s.release()
	o.set(func(o *oracle) { o.apps = apps })
	o.frame("form", r)
	o.fields(r)
	s.quiet(100 * time.Millisecond)
	xproto.CreateWindow(s.c, 0, id, s.root, 10, 10, 50, 50, 0, xproto.WindowClassInputOutput, 0, xproto.CwBackPixel, []uint32{secret})
	s.p.set(id, xproto.AtomWmName, "form")
	xproto.MapWindow(s.c, id)
	s.p.sync()
	for range 5 {
		s.release()
		s.soon()
	}
}

// TestNothingIsShownBeforeTheBusWasTried, even where the policy shows what
// nobody vouches for.
func TestNothingIsShownBeforeTheBusWasTried(t *testing.T) {
	t.Parallel()
	o := gtk()
	ready := make(chan struct{})
	free := sync.OnceFunc(func() { close(ready) })
	s := openScene(t, Policy{Unknown: Allow}, o, func(string) (asker, error) { <-ready; return o, nil })
	t.Cleanup(free)
	o.frame("form", formArea)
	o.fields(fieldArea)
	w := s.p.show(pane{area: formArea, colour: green, title: "form"})
	s.field(w, fieldArea)
	for range 5 {
		s.release()
		s.soon()
	}
	free()
	s.untilAt(30, 30, green)
}

// TestProgramWithoutAProcess: it vouches for no window, not for those without a
// process either.
func TestProgramWithoutAProcess(t *testing.T) {
	t.Parallel()
	o := gtk()
	o.apps[0].PID = 0
	s := newScene(t, Policy{}, o)
	s.untilAt(0, 0, 0)
	s.g.fields.mu.Lock()
	defer s.g.fields.mu.Unlock()
	if len(s.g.fields.programs) > 0 {
		t.Error("a program without a process vouches for windows without one")
	}
}

// TestTwoConnectionsOfAProcess: both are asked.
func TestTwoConnectionsOfAProcess(t *testing.T) {
	t.Parallel()
	o := newTwin()
	s := openScene(t, Policy{Unknown: Allow}, nil, func(string) (asker, error) { return o, nil })
	s.o = &o.oracle
	o.frame("form", formArea)
	o.fields(fieldArea)
	w := s.p.create(pane{area: formArea, colour: green, title: "form"})
	s.field(w, fieldArea)
	xproto.MapWindow(s.c, w)
	s.p.sync()
	s.quiet(4 * settle)
}

// twin has a second connection, which knows of the window and of no field.
type twin struct{ oracle }

func newTwin() *twin {
	o := &twin{*gtk()}
	o.apps = append(o.apps, atspi.App{Name: ":1.2", PID: os.Getpid(), Toolkit: atspi.GTK3})
	return o
}

func (o *twin) Scan(ctx context.Context, name string) (*atspi.Scan, error) {
	s, err := o.oracle.Scan(ctx, name)
	if name == ":1.2" {
		s.Secrets = nil
	}
	return s, err
}

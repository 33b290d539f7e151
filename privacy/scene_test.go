package privacy

import (
	"context"
	"errors"
	"image"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"telestrator/capture/capturetest"
)

// scene is a screen whose windows are of a program that an oracle speaks for.
// Unlike screen it tells the Guard what has changed and no more.
type scene struct {
	*screen
	p    *painter
	o    *oracle
	last Picture // of the mirror
	news []image.Rectangle
}

// newScene starts a display, and a Guard that asks the oracle; none is no bus.
func newScene(t *testing.T, p Policy, o *oracle) *scene {
	t.Helper()
	open := func(string) (asker, error) { return o, nil }
	if o == nil {
		open = func(string) (asker, error) { return nil, errOracle }
	}
	return openScene(t, p, o, open)
}

// openScene is newScene with another way to open the bus.
func openScene(t *testing.T, p Policy, o *oracle, open func(string) (asker, error)) *scene {
	t.Helper()
	d := capturetest.StartXvfb(t, "320x200x24")
	g, err := Open(d.Name(), "oracle", p)
	if err != nil {
		t.Fatal(err)
	}
	g.fields.open = open
	ctx, stop := context.WithCancel(context.Background())
	s := &scene{screen: &screen{Display: d, t: t, g: g, c: d.Conn(t), ran: make(chan error, 1), stop: stop}, o: o}
	s.root = xproto.Setup(s.c).DefaultScreen(s.c).Root
	s.p = newPainter(t, s.c)
	go func() { s.ran <- g.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		<-s.ran
	})
	return s
}

// span goes through one span: something happens before the grab, and after it.
func (s *scene) span(before, after func()) *Picture {
	s.t.Helper()
	for {
		s.g.Begin()
		before()
		s.grab()
		after()
		whole := s.last.resize(s.m.size)
		damage := differ(nil, []image.Rectangle{s.m.bounds()}, s.m, &s.last)
		s.last.copy(s.m.bounds(), s.m)
		p, news, err := s.g.Release(s.m.pix, s.m.stride, s.m.size, damage, whole)
		if errors.Is(err, errNotRunning) {
			s.last = Picture{}
			s.wait()
			continue
		}
		if err != nil {
			s.t.Fatal(err)
		}
		s.check(p, news)
		s.news = news
		return p
	}
}

func nothing() {}

func (s *scene) release() *Picture { s.t.Helper(); return s.span(nothing, nothing) }

// until releases until the picture is as wanted.
func (s *scene) until(what string, wanted func(p *Picture) bool) *Picture {
	s.t.Helper()
	for end := time.Now().Add(patience); ; {
		p := s.release()
		if wanted(p) {
			return p
		}
		if time.Now().After(end) {
			s.t.Fatalf("not %s; masks %v, facts %+v", what, s.g.Masked(nil), s.g.Facts())
		}
		s.soon()
	}
}

// soon waits for Changed, or a little.
func (s *scene) soon() {
	select {
	case <-s.g.Changed():
	case <-time.After(20 * time.Millisecond):
	}
}

// untilAt releases until a pixel has a colour.
func (s *scene) untilAt(x, y int, colour uint32) *Picture {
	s.t.Helper()
	return s.until("as wanted at the pixel", func(p *Picture) bool { return at(p, x, y) == colour })
}

// quiet releases, whenever it is to, until nothing has happened for a while.
func (s *scene) quiet(while time.Duration) *Picture {
	s.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); {
		p := s.release()
		select {
		case <-s.g.Changed():
		case <-time.After(while):
			return p
		}
	}
	s.t.Fatal("Changed receives again and again though nothing happens")
	return nil
}

// state is what is known of a window.
func (s *scene) state(id xproto.Window) State {
	for _, w := range s.g.Facts().Windows {
		if w.ID == uint32(id) {
			return w.State
		}
	}
	return -1
}

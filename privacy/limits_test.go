package privacy

import (
	"fmt"
	"image"
	"strings"
	"testing"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

func TestWindowLimit(t *testing.T) {
	t.Parallel()
	s := newScreen(t, vault)
	p := newPainter(t, s.c)
	p.show(pane{area: image.Rect(0, 0, 50, 50), colour: green})
	for range maxWindows - 1 {
		p.create(pane{area: image.Rect(0, 0, 1, 1)})
	}
	p.sync()
	s.until(20, 20, green)
	last := p.create(pane{area: image.Rect(0, 0, 1, 1)})
	p.sync()
	got := s.release()
	if c, d := at(got, 20, 20), at(got, 200, 100); c != Grey || d != Grey {
		t.Errorf("beyond the limit %06x and %06x are released", c, d)
	}
	xproto.DestroyWindow(p.c, last)
	p.sync()
	s.until(20, 20, green)
}

func TestPartLimit(t *testing.T) {
	t.Parallel()
	s := newScreen(t, vault)
	p := newPainter(t, s.c)
	top := p.create(pane{area: image.Rect(0, 0, 50, 50), colour: green})
	for range maxParts - 1 {
		p.create(pane{area: image.Rect(0, 0, 1, 1), parent: top})
	}
	xproto.MapWindow(p.c, top)
	s.until(20, 20, green)
	p.create(pane{area: image.Rect(0, 0, 1, 1), parent: top})
	p.sync()
	s.release()
	if c := at(s.release(), 20, 20); c != Grey {
		t.Errorf("a window with too many windows is released as %06x", c)
	}
}

func TestPropertyLimit(t *testing.T) {
	t.Parallel()
	s := newScreen(t, Policy{Unknown: Allow})
	p := newPainter(t, s.c)
	fits := strings.Repeat("a", maxProperty)
	id := p.show(pane{area: image.Rect(0, 0, 50, 50), colour: green, title: fits})
	s.until(20, 20, green)
	p.set(id, xproto.AtomWmName, fits+"a")
	p.sync()
	if c := at(s.release(), 20, 20); c != Grey {
		t.Errorf("a window with too long a title is released as %06x", c)
	}
	xproto.ChangeProperty(p.c, xproto.PropModeReplace, id, xproto.AtomWmName, xproto.AtomInteger, 32, 1, make([]byte, 4))
	p.sync()
	s.release()
	if c := at(s.release(), 20, 20); c != Grey {
		t.Errorf("a window whose title is a number is released as %06x", c)
	}
}

func TestDepthLimit(t *testing.T) {
	t.Parallel()
	s := newScreen(t, vault)
	p := newPainter(t, s.c)
	nest := func(depth int) xproto.Window {
		top := p.create(pane{area: image.Rect(60*depth, 0, 60*depth+50, 50), colour: blue})
		parent := top
		for range depth - 1 {
			parent = p.show(pane{area: image.Rect(0, 0, 50, 50), colour: green, parent: parent})
		}
		p.show(pane{area: image.Rect(0, 0, 50, 50), colour: green, parent: parent, class: "Vault"})
		xproto.MapWindow(p.c, top)
		p.sync()
		return top
	}
	nest(maxDepth)
	nest(maxDepth + 1)
	s.until(60*(maxDepth+1)+10, 20, green)
	if c := at(s.release(), 60*maxDepth+10, 20); c != Grey {
		t.Errorf("a hidden window in %d frames is released as %06x", maxDepth, c)
	}
}

func TestEventLimit(t *testing.T) {
	t.Parallel()
	s := newScreen(t, Policy{Unknown: Allow})
	x, err := dial(s.Name())
	if err != nil {
		t.Fatal(err)
	}
	p := newPainter(t, s.c)
	for i := range 3 {
		p.create(pane{area: image.Rect(0, 0, 1, 1), title: fmt.Sprint(i)})
	}
	p.sync()
	events := make(chan xgb.Event, 2)
	x.pump(events) // ends by itself: nobody takes the third
	if !x.overflow.Load() || len(events) != 2 {
		t.Errorf("overflow %v with %d events waiting", x.overflow.Load(), len(events))
	}
}

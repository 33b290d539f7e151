package privacy

import (
	"image"
	"testing"

	"github.com/jezek/xgb/xproto"
)

// behind shows a hidden window behind the one that cover makes, and waits until
// the latter is released.
func behind(t *testing.T, cover func(p *painter) xproto.Window) (*screen, *painter, xproto.Window) {
	t.Helper()
	s := newScreen(t, vault)
	p := newPainter(t, s.c)
	p.show(pane{area: image.Rect(10, 10, 60, 60), colour: secret, class: "Vault"})
	id := cover(p)
	s.calm()
	return s, p, id
}

func opaqueCover(p *painter) xproto.Window {
	return p.show(pane{area: image.Rect(20, 0, 200, 200), colour: green})
}

func TestCoveredWindow(t *testing.T) {
	t.Parallel()
	s, p, id := behind(t, opaqueCover)
	got := s.release()
	for x, want := range map[int]uint32{10: Grey, 19: Grey, 20: green, 59: green} {
		if c := at(got, x, 30); c != want {
			t.Errorf("pixel %d,30 is %06x, want %06x", x, c, want)
		}
	}
	got = s.during(func() {
		p.move(id, image.Pt(30, 0))
		p.sync()
	})
	if c := at(got, 50, 30); c != Grey {
		t.Errorf("while the cover moves, %06x is released", c)
	}
	p.stack(id, xproto.StackModeBelow)
	p.sync()
	if c := at(s.release(), 50, 30); c != Grey {
		t.Errorf("behind the hidden window, %06x is released", c)
	}
}

func TestCoverThatIsNone(t *testing.T) {
	t.Parallel()
	for name, cover := range map[string]func(p *painter) xproto.Window{
		"shaped":      shapedCover,
		"translucent": alphaCover,
		"unmapped": func(p *painter) xproto.Window {
			id := opaqueCover(p)
			xproto.UnmapWindow(p.c, id)
			return id
		},
		"input only": func(p *painter) xproto.Window {
			id, _ := xproto.NewWindowId(p.c)
			xproto.CreateWindow(p.c, 0, id, p.root, 20, 0, 180, 200, 0, xproto.WindowClassInputOnly, 0, 0, nil)
			xproto.MapWindow(p.c, id)
			return id
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, _, _ := behind(t, cover)
			if c := at(s.release(), 50, 30); c != Grey {
				t.Errorf("%06x is released", c)
			}
		})
	}
}

// shapedCover is a window that gets a hole after a while.
func shapedCover(p *painter) xproto.Window {
	id := opaqueCover(p)
	shapeOf(p, id, image.Rect(0, 0, 10, 10))
	p.sync()
	return id
}

// shapeOf gives a window a shape.
func shapeOf(p *painter, id xproto.Window, r image.Rectangle) {
	p.tb.Helper()
	ext, err := xproto.QueryExtension(p.c, 5, "SHAPE").Reply()
	if err != nil || !ext.Present {
		p.tb.Fatal("no SHAPE on this display", err)
	}
	const rectangles = 1
	x := &connection{c: p.c}
	x.tell(ext.MajorOpcode, rectangles, 0, uint32(id), 0,
		uint32(r.Min.X)|uint32(r.Min.Y)<<16, uint32(r.Dx())|uint32(r.Dy())<<16)
}

// alphaCover is a window with 32 bits a pixel.
func alphaCover(p *painter) xproto.Window {
	for _, depth := range xproto.Setup(p.c).DefaultScreen(p.c).AllowedDepths {
		if depth.Depth != 32 || len(depth.Visuals) == 0 {
			continue
		}
		visual := depth.Visuals[0].VisualId
		colours, _ := xproto.NewColormapId(p.c)
		xproto.CreateColormap(p.c, xproto.ColormapAllocNone, colours, p.root, visual)
		id, _ := xproto.NewWindowId(p.c)
		xproto.CreateWindow(p.c, 32, id, p.root, 20, 0, 180, 200, 0, xproto.WindowClassInputOutput, visual,
			xproto.CwBackPixel|xproto.CwBorderPixel|xproto.CwColormap, []uint32{green, 0, uint32(colours)})
		xproto.MapWindow(p.c, id)
		p.sync()
		return id
	}
	p.tb.Fatal("no visual of 32 bits on this display")
	return 0
}

func TestCompositorEndsCovers(t *testing.T) {
	t.Parallel()
	s, p, id := behind(t, opaqueCover)
	if c := at(s.release(), 50, 30); c != green {
		t.Fatalf("cover is %06x", c)
	}
	const name = "_NET_WM_CM_S0"
	atom, err := xproto.InternAtom(p.c, false, uint16(len(name)), name).Reply()
	if err != nil {
		t.Fatal(err)
	}
	xproto.SetSelectionOwner(p.c, id, atom.Atom, xproto.TimeCurrentTime)
	p.sync()
	s.calm()
	if c := at(s.release(), 50, 30); c != Grey {
		t.Errorf("with a compositor, %06x is released", c)
	}
	xproto.SetSelectionOwner(p.c, 0, atom.Atom, xproto.TimeCurrentTime)
	p.sync()
	s.until(50, 30, green)
}

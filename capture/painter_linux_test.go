package capture_test

import (
	"image"
	"testing"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/composite"
	"github.com/jezek/xgb/shape"
	"github.com/jezek/xgb/xproto"

	"telestrator/capture/capturetest"
)

// painter is a program with windows that no window manager touches.
type painter struct {
	tb     testing.TB
	c      *xgb.Conn
	root   xproto.Window
	hand   xproto.Cursor
	gcs    map[byte]xproto.Gcontext // by depth
	visual map[byte]xproto.Visualid // by depth
	depth  map[xproto.Drawable]byte // of its windows
}

func newPainter(tb testing.TB, d *capturetest.Display) *painter {
	tb.Helper()
	p := &painter{tb: tb, c: d.Conn(tb), gcs: map[byte]xproto.Gcontext{}, visual: map[byte]xproto.Visualid{}, depth: map[xproto.Drawable]byte{}}
	screen := xproto.Setup(p.c).DefaultScreen(p.c)
	p.root = screen.Root
	p.depth[xproto.Drawable(p.root)] = screen.RootDepth
	for _, depth := range screen.AllowedDepths {
		if len(depth.Visuals) > 0 {
			p.visual[depth.Depth] = depth.Visuals[0].VisualId
		}
	}
	p.visual[screen.RootDepth] = screen.RootVisual
	go p.forget()
	p.extension("SHAPE")
	p.extension("Composite")
	p.extension("X-Resource")
	p.cursor()
	return p
}

// forget takes events and errors, of which only so many can wait, until the
// connection ends.
func (p *painter) forget() {
	for ev, err := p.c.WaitForEvent(); ev != nil || err != nil; {
		ev, err = p.c.WaitForEvent()
	}
}

// cursor gives all windows but the root a pointer of their own: the server
// draws it anew whenever a window comes below it.
func (p *painter) cursor() {
	p.tb.Helper()
	font, _ := xproto.NewFontId(p.c)
	p.hand, _ = xproto.NewCursorId(p.c)
	xproto.OpenFont(p.c, font, 6, "cursor")
	if err := xproto.CreateGlyphCursorChecked(p.c, p.hand, font, font, 60, 61, 0, 0, 0, 0xffff, 0xffff, 0xffff).Check(); err != nil {
		p.tb.Fatal(err)
	}
}

// extension makes xgb able to use an extension without its Init, which races
// with other connections. It reports whether the server has it.
func (p *painter) extension(name string) bool {
	p.tb.Helper()
	ext, err := xproto.QueryExtension(p.c, uint16(len(name)), name).Reply()
	if err != nil {
		p.tb.Fatal(err)
	}
	if ext.Present {
		p.c.Extensions[name] = ext.MajorOpcode
	}
	return ext.Present
}

// pane describes a window.
type pane struct {
	area   image.Rectangle // inside its border
	border int
	colour uint32
	alpha  bool // 32 bits a pixel
	lazy   bool // nobody paints its background
}

// create makes a window, unmapped.
func (p *painter) create(l pane) xproto.Window {
	p.tb.Helper()
	id, err := xproto.NewWindowId(p.c)
	if err != nil {
		p.tb.Fatal(err)
	}
	depth := p.depth[xproto.Drawable(p.root)]
	if l.alpha {
		depth = 32
	}
	colours, _ := xproto.NewColormapId(p.c)
	xproto.CreateColormap(p.c, xproto.ColormapAllocNone, colours, p.root, p.visual[depth])
	mask, values := uint32(xproto.CwBackPixel), []uint32{l.colour}
	if l.lazy {
		mask, values = xproto.CwBackPixmap, []uint32{xproto.BackPixmapNone}
	}
	values = append(values, l.colour^0xffffff, 1, uint32(colours), uint32(p.hand))
	r := l.area
	xproto.CreateWindow(p.c, depth, id, p.root, int16(r.Min.X-l.border), int16(r.Min.Y-l.border), uint16(r.Dx()), uint16(r.Dy()),
		uint16(l.border), xproto.WindowClassInputOutput, p.visual[depth],
		mask|xproto.CwBorderPixel|xproto.CwOverrideRedirect|xproto.CwColormap|xproto.CwCursor, values)
	xproto.FreeColormap(p.c, colours)
	p.depth[xproto.Drawable(id)] = depth
	return id
}

// show makes and maps a window.
func (p *painter) show(l pane) xproto.Window {
	p.tb.Helper()
	id := p.create(l)
	xproto.MapWindow(p.c, id)
	p.sync()
	return id
}

// fill draws a rectangle in a window, or on the root and all windows on it.
func (p *painter) fill(id xproto.Window, r image.Rectangle, pixel uint32) {
	depth := p.depth[xproto.Drawable(id)]
	gc, made := p.gcs[depth]
	if !made {
		gc, _ = xproto.NewGcontextId(p.c)
		xproto.CreateGC(p.c, gc, xproto.Drawable(id), 0, nil)
		p.gcs[depth] = gc
	}
	xproto.ChangeGC(p.c, gc, xproto.GcForeground, []uint32{pixel})
	xproto.PolyFillRectangle(p.c, xproto.Drawable(id), gc, rectangles(r))
}

func rectangles(all ...image.Rectangle) (out []xproto.Rectangle) {
	for _, r := range all {
		out = append(out, xproto.Rectangle{X: int16(r.Min.X), Y: int16(r.Min.Y), Width: uint16(r.Dx()), Height: uint16(r.Dy())})
	}
	return out
}

// shape gives a window this shape and no other.
func (p *painter) shape(id xproto.Window, all ...image.Rectangle) {
	shape.Rectangles(p.c, shape.SoSet, shape.SkBounding, xproto.ClipOrderingUnsorted, id, 0, 0, rectangles(all...))
}

func (p *painter) move(id xproto.Window, to image.Point) {
	xproto.ConfigureWindow(p.c, id, xproto.ConfigWindowX|xproto.ConfigWindowY, []uint32{uint32(int32(to.X)), uint32(int32(to.Y))})
}

func (p *painter) size(id xproto.Window, to image.Point) {
	xproto.ConfigureWindow(p.c, id, xproto.ConfigWindowWidth|xproto.ConfigWindowHeight, []uint32{uint32(to.X), uint32(to.Y)})
}

func (p *painter) stack(id xproto.Window, mode uint32) {
	xproto.ConfigureWindow(p.c, id, xproto.ConfigWindowStackMode, []uint32{mode})
}

func (p *painter) background(pixel uint32) {
	xproto.ChangeWindowAttributes(p.c, p.root, xproto.CwBackPixel, []uint32{pixel})
	xproto.ClearArea(p.c, false, p.root, 0, 0, 0, 0)
}

// keep gives all windows pixels of their own, as looking beneath does.
func (p *painter) keep() {
	composite.RedirectSubwindows(p.c, p.root, composite.RedirectAutomatic)
}

// sync returns when the server has done what was asked.
func (p *painter) sync() { p.c.Sync() }

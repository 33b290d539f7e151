package privacy

import (
	"image"
	"testing"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// painter is a program with windows of one colour.
type painter struct {
	tb   testing.TB
	c    *xgb.Conn
	root xproto.Window
}

func newPainter(tb testing.TB, c *xgb.Conn) *painter {
	return &painter{tb, c, xproto.Setup(c).DefaultScreen(c).Root}
}

// pane describes a window. The server paints its background, unless it is
// lazy: then nobody does.
type pane struct {
	area         image.Rectangle
	colour       uint32
	class, title string
	override     bool // no business of the window manager
	lazy         bool
	parent       xproto.Window // the root if zero
	border       uint16
}

// create makes a window, unmapped.
func (p *painter) create(l pane) xproto.Window {
	p.tb.Helper()
	id, err := xproto.NewWindowId(p.c)
	if err != nil {
		p.tb.Fatal(err)
	}
	if l.parent == 0 {
		l.parent = p.root
	}
	mask, values := uint32(xproto.CwBackPixel|xproto.CwBorderPixel), []uint32{l.colour, l.colour}
	if l.lazy {
		mask, values = xproto.CwBackPixmap|xproto.CwBorderPixel, []uint32{xproto.BackPixmapNone, l.colour}
	}
	if l.override {
		mask, values = mask|xproto.CwOverrideRedirect, append(values, 1)
	}
	r := l.area
	xproto.CreateWindow(p.c, 0, id, l.parent, int16(r.Min.X), int16(r.Min.Y), uint16(r.Dx()), uint16(r.Dy()),
		l.border, xproto.WindowClassInputOutput, 0, mask, values)
	if l.class != "" {
		p.set(id, xproto.AtomWmClass, l.class+"\x00"+l.class+"\x00")
	}
	if l.title != "" {
		p.set(id, xproto.AtomWmName, l.title)
	}
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

func (p *painter) set(id xproto.Window, name xproto.Atom, value string) {
	xproto.ChangeProperty(p.c, xproto.PropModeReplace, id, name, xproto.AtomString, 8, uint32(len(value)), []byte(value))
}

func (p *painter) move(id xproto.Window, to image.Point) {
	xproto.ConfigureWindow(p.c, id, xproto.ConfigWindowX|xproto.ConfigWindowY, []uint32{uint32(to.X), uint32(to.Y)})
}

func (p *painter) stack(id xproto.Window, mode uint32) {
	xproto.ConfigureWindow(p.c, id, xproto.ConfigWindowStackMode, []uint32{mode})
}

// sync returns when the server has done what was asked.
func (p *painter) sync() { p.c.Sync() }

//go:build linux

package main

import (
	"context"
	"image"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"telestrator/capture/capturetest"
)

// scene is the busiest screen: a film over all of it, a page that scrolls, and a
// window that is dragged, in turn. All of it is generated.
type scene struct {
	tb    testing.TB
	x     *xgb.Conn
	size  image.Point
	gc    xproto.Gcontext
	stage xproto.Window   // over the whole screen
	card  xproto.Window   // that is dragged
	film  []xproto.Pixmap // its pictures, as large as the screen
	page  xproto.Pixmap   // pageRows high
	frame int             // drawn so far
}

const (
	filmPictures = 5
	pageRows     = 2048
	turn         = 4 * time.Second // that each act takes
	scrollBy     = 8               // rows a frame
)

var cardSize = image.Pt(420, 300)

// newScene draws the pictures, and shows the page.
func newScene(tb testing.TB, display *capturetest.Display, size image.Point) *scene {
	tb.Helper()
	s := &scene{tb: tb, x: display.Conn(tb), size: size}
	root := xproto.Drawable(xproto.Setup(s.x).DefaultScreen(s.x).Root)
	s.gc, _ = xproto.NewGcontextId(s.x)
	xproto.CreateGC(s.x, s.gc, root, xproto.GcGraphicsExposures, []uint32{0})
	s.page = s.picture(image.Pt(size.X, pageRows), mosaic)
	for n := range filmPictures {
		s.film = append(s.film, s.picture(size, func(x, y int) uint32 { return filmed(x, y, n) }))
	}
	s.stage = s.window(size, s.page)
	s.card = s.window(cardSize, s.picture(cardSize, func(x, y int) uint32 { return mosaic(x+7, y/12) }))
	xproto.MapWindow(s.x, s.stage)
	s.sync()
	return s
}

// filmed is a picture of a film: slopes with grain, all of them moving.
func filmed(x, y, n int) uint32 {
	v := (uint32(x)*2654435761 ^ uint32(y)*2246822519 ^ uint32(n)*374761393) * 3266489917
	shade := func(at, grain uint32) uint32 { return (at/5+grain%8)%200 + 20 }
	return shade(uint32(x+40*n), v>>8)<<16 | shade(uint32(y+30*n), v>>12)<<8 | shade(uint32(x+y), v>>16)
}

// picture makes a pixmap.
func (s *scene) picture(size image.Point, colour func(x, y int) uint32) xproto.Pixmap {
	const most = 250_000 // bytes in a request
	root := xproto.Drawable(xproto.Setup(s.x).DefaultScreen(s.x).Root)
	p, _ := xproto.NewPixmapId(s.x)
	xproto.CreatePixmap(s.x, 24, p, root, uint16(size.X), uint16(size.Y))
	rows := most / (4 * size.X)
	for top := 0; top < size.Y; top += rows {
		var data []byte
		for y := top; y < min(top+rows, size.Y); y++ {
			for x := range size.X {
				c := colour(x, y)
				data = append(data, byte(c), byte(c>>8), byte(c>>16), 0)
			}
		}
		xproto.PutImage(s.x, xproto.ImageFormatZPixmap, xproto.Drawable(p), s.gc, uint16(size.X), uint16(len(data)/4/size.X), 0, int16(top), 0, 24, data)
	}
	return p
}

// window makes one with a picture, which no window manager touches.
func (s *scene) window(size image.Point, back xproto.Pixmap) xproto.Window {
	screen := xproto.Setup(s.x).DefaultScreen(s.x)
	w, _ := xproto.NewWindowId(s.x)
	xproto.CreateWindow(s.x, screen.RootDepth, w, screen.Root, 0, 0, uint16(size.X), uint16(size.Y), 0,
		xproto.WindowClassInputOutput, screen.RootVisual, xproto.CwBackPixmap|xproto.CwOverrideRedirect, []uint32{uint32(back), 1})
	return w
}

// sync waits until the X server has drawn.
func (s *scene) sync() {
	s.tb.Helper()
	if _, err := xproto.GetInputFocus(s.x).Reply(); err != nil {
		s.tb.Error(err)
	}
}

// play plays until ctx ends. Then the screen stands still.
func (s *scene) play(ctx context.Context) {
	for ctx.Err() == nil {
		s.act(ctx, 30, s.showFilm)
		s.act(ctx, 60, s.scroll)
		s.act(ctx, 60, s.drag)
		xproto.UnmapWindow(s.x, s.card)
	}
	s.sync()
}

// act draws so many frames a second for a turn.
func (s *scene) act(ctx context.Context, rate time.Duration, draw func()) {
	ctx, end := context.WithTimeout(ctx, turn)
	defer end()
	beat := time.NewTicker(time.Second / rate)
	defer beat.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-beat.C:
			s.frame++
			draw()
			s.sync() // a busy X server is not driven into the ground
		}
	}
}

func (s *scene) showFilm() {
	xproto.CopyArea(s.x, xproto.Drawable(s.film[s.frame%filmPictures]), xproto.Drawable(s.stage), s.gc, 0, 0, 0, 0, uint16(s.size.X), uint16(s.size.Y))
}

func (s *scene) scroll() {
	stage, kept := xproto.Drawable(s.stage), s.size.Y-scrollBy
	from := s.frame * scrollBy % (pageRows - scrollBy)
	xproto.CopyArea(s.x, stage, stage, s.gc, 0, scrollBy, 0, 0, uint16(s.size.X), uint16(kept))
	xproto.CopyArea(s.x, xproto.Drawable(s.page), stage, s.gc, 0, int16(from), 0, int16(kept), uint16(s.size.X), scrollBy)
}

func (s *scene) drag() {
	room := s.size.Sub(cardSize)
	x, y := 5*s.frame%(2*room.X), 3*s.frame%(2*room.Y)
	place := []uint32{uint32(min(x, 2*room.X-x)), uint32(min(y, 2*room.Y-y)), xproto.StackModeAbove}
	xproto.ConfigureWindow(s.x, s.card, xproto.ConfigWindowX|xproto.ConfigWindowY|xproto.ConfigWindowStackMode, place)
	xproto.MapWindow(s.x, s.card)
}

// typeOne shows a character of the page beside the last one.
func (s *scene) typeOne() {
	const wide, high = 8, 16
	x, y := wide*(s.frame%150), 100+high*(s.frame/150%40)
	xproto.CopyArea(s.x, xproto.Drawable(s.page), xproto.Drawable(s.stage), s.gc, 0, int16(s.frame*high%1000), int16(x), int16(y), wide, high)
}

package main

import (
	"context"
	"fmt"
	"image"
	"math/rand/v2"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"telestrator/capture/capturetest"
)

// TestMotionInABrowser shows a film and a scroll to a real browser: the film
// comes in far fewer bytes than it has information, so as JPEGs, and so does the
// scroll, as copies; and when they rest, the picture is exact.
func TestMotionInABrowser(t *testing.T) {
	const grain, size = 8, 320 * 256
	display := capturetest.StartXvfb(t, "640x480x24")
	d := startDemo(t, "--display", display.Name())
	browser := newBrowser(t)
	perform(t, browser, chromedp.Navigate(d.Console))
	d.grant()
	becomes(t, browser, `telestrator.state === "live" && telestrator.frames > 0`)
	p := painter{t, display.Conn(t)}

	rnd := rand.New(rand.NewPCG(1, 2))
	least := shortest(t, browser, 10, func(n int) {
		p.paint(image.Rect(100, 80, 420, 336), func(x, y int) uint32 {
			v := rnd.Uint32()
			return uint32(60+x/4+8*n)<<16 + uint32(60+y/4)<<8 + 90 + v%grain<<16 + v>>8%grain<<8 + v>>16%grain
		})
	})
	if information := size * 3 * 3 / 8; least > information/2 { // 3 bits of grain in each channel
		t.Errorf("a frame of the film took %d bytes, and has %d of information", least, information)
	}
	exact(t, browser, display)

	p.paint(image.Rect(0, 0, 640, 480), mosaic)
	exact(t, browser, display)
	least = shortest(t, browser, 10, func(n int) { p.scroll(8, 480+8*n) })
	if information := 640 / 8 * 480 * 3; least > information/8 {
		t.Errorf("a scroll took %d bytes of a screen with %d of information", least, information)
	}
	exact(t, browser, display)
}

// shortest lets something happen several times, each time until the browser
// shows something new, and returns the fewest bytes that one of them took.
func shortest(t *testing.T, browser context.Context, times int, happen func(n int)) int {
	t.Helper()
	least := 1 << 30
	for n := range times {
		before := value[int](t, browser, "telestrator.bytes")
		updates := value[int](t, browser, "telestrator.updates")
		happen(n)
		becomes(t, browser, fmt.Sprintf("telestrator.updates > %d", updates))
		least = min(least, value[int](t, browser, "telestrator.bytes")-before)
	}
	return least
}

// mosaic is a picture without end, of pieces 8 pixels wide, each of a colour of
// its own.
func mosaic(x, y int) uint32 {
	v := (uint32(x/8)*2654435761 ^ uint32(y)*2246822519) * 3266489917
	return (v ^ v>>15) & 0xffffff
}

// painter draws on the root window.
type painter struct {
	t    *testing.T
	conn *xgb.Conn
}

// draw makes a graphics context and draws with it.
func (p painter) draw(f func(root xproto.Drawable, gc xproto.Gcontext)) {
	p.t.Helper()
	root := xproto.Drawable(xproto.Setup(p.conn).DefaultScreen(p.conn).Root)
	gc, err := xproto.NewGcontextId(p.conn)
	if err != nil {
		p.t.Fatal(err)
	}
	xproto.CreateGC(p.conn, gc, root, 0, nil)
	f(root, gc)
	if err := xproto.FreeGCChecked(p.conn, gc).Check(); err != nil {
		p.t.Fatal(err)
	}
}

// paint fills r, whose rows fit into a request.
func (p painter) paint(r image.Rectangle, colour func(x, y int) uint32) {
	p.t.Helper()
	p.draw(func(root xproto.Drawable, gc xproto.Gcontext) {
		const rows = 64
		for top := r.Min.Y; top < r.Max.Y; top += rows {
			var data []byte
			for y := top; y < min(top+rows, r.Max.Y); y++ {
				for x := r.Min.X; x < r.Max.X; x++ {
					c := colour(x, y)
					data = append(data, byte(c), byte(c>>8), byte(c>>16), 0)
				}
			}
			xproto.PutImage(p.conn, xproto.ImageFormatZPixmap, root, gc, uint16(r.Dx()), uint16(len(data)/4/r.Dx()),
				int16(r.Min.X), int16(top), 0, 24, data)
		}
	})
}

// scroll moves the screen up by some rows; the new ones are the mosaic's from
// one on.
func (p painter) scroll(rows, from int) {
	p.t.Helper()
	p.draw(func(root xproto.Drawable, gc xproto.Gcontext) {
		xproto.CopyArea(p.conn, root, root, gc, 0, int16(rows), 0, 0, 640, uint16(480-rows))
	})
	p.paint(image.Rect(0, 480-rows, 640, 480), func(x, y int) uint32 { return mosaic(x, from+y-480+rows) })
}

package privacy

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"image"
	"sync"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"telestrator/capture/capturetest"
)

// Colours of the tests' windows. Secret is that of hidden ones; no released
// picture may hold a pixel of it.
const (
	secret = 0xff00ff
	green  = 0x00c000
	blue   = 0x0000c0
)

// patience bounds waits for what normally takes milliseconds.
const patience = 90 * time.Second

// screen is a display with a running Guard and a plain GetImage for a capture.
type screen struct {
	*capturetest.Display
	t      *testing.T
	g      *Guard
	c      *xgb.Conn
	root   xproto.Window
	m      mirror
	before Picture
	ran    chan error // Run's result
	stop   context.CancelFunc

	released, bearing int // releases, and those whose mirror showed the secret
}

// newScreen starts a display and a Guard on it.
func newScreen(t *testing.T, p Policy) *screen {
	t.Helper()
	return newSettlingScreen(t, p, settle)
}

// newSettlingScreen is newScreen with another time to settle.
func newSettlingScreen(t *testing.T, p Policy, settle time.Duration) *screen {
	t.Helper()
	d := capturetest.StartXvfb(t, "320x200x24")
	g, err := Open(d.Name(), "", p)
	if err != nil {
		t.Fatal(err)
	}
	g.trackers[0].(*windows).model.settle = settle
	ctx, stop := context.WithCancel(context.Background())
	s := &screen{Display: d, t: t, g: g, c: d.Conn(t), ran: make(chan error, 1), stop: stop}
	s.root = xproto.Setup(s.c).DefaultScreen(s.c).Root
	go func() { s.ran <- g.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		<-s.ran
	})
	return s
}

// model is the Guard's window model, to be looked at while nothing happens.
func (s *screen) model() *model { return s.g.trackers[0].(*windows).model }

// grab reads the screen, as the capture does between Begin and Release.
func (s *screen) grab() {
	geometry, err := xproto.GetGeometry(s.c, xproto.Drawable(s.root)).Reply()
	if err != nil {
		s.t.Fatal(err)
	}
	reply, err := xproto.GetImage(s.c, xproto.ImageFormatZPixmap, xproto.Drawable(s.root),
		0, 0, geometry.Width, geometry.Height, ^uint32(0)).Reply()
	if err != nil {
		s.t.Fatal(err)
	}
	size := image.Pt(int(geometry.Width), int(geometry.Height))
	s.m = mirror{reply.Data, 4 * size.X, size}
}

// release goes through one span and checks what came out.
func (s *screen) release() *Picture {
	s.t.Helper()
	return s.during(func() {})
}

// during goes through one span in which something happens before the grab.
func (s *screen) during(happen func()) *Picture {
	s.t.Helper()
	for {
		s.g.Begin()
		happen()
		s.grab()
		p, news, err := s.g.Release(s.m.pix, s.m.stride, s.m.size, []image.Rectangle{s.m.bounds()}, false)
		if errors.Is(err, errNotRunning) {
			s.wait()
			continue
		}
		if err != nil {
			s.t.Fatal(err)
		}
		s.check(p, news)
		return p
	}
}

// wait waits until the Guard says that masks may have changed.
func (s *screen) wait() {
	s.t.Helper()
	select {
	case <-s.g.Changed():
	case <-time.After(patience):
		s.t.Fatal("masks do not change")
	}
}

func (s *screen) check(p *Picture, news []image.Rectangle) {
	s.t.Helper()
	if at, ok := find(p.pix, p.stride, p.size, secret); ok {
		s.t.Fatalf("secret released at %v, release %d; masks %v", at, s.released, s.g.masks)
	}
	if _, ok := find(s.m.pix, s.m.stride, s.m.size, secret); ok {
		s.bearing++
	}
	if s.released++; s.released%16 == 1 { // it is slow
		checkReported(s.t, p, &s.before, news)
	}
	if s.released%16 == 0 {
		s.before = Picture{bytes.Clone(p.pix), p.size, p.stride}
	}
}

// find looks for a colour.
func find(pix []byte, stride int, size image.Point, colour uint32) (image.Point, bool) {
	var want [4]byte
	binary.LittleEndian.PutUint32(want[:], colour)
	for y := range size.Y {
		row := pix[y*stride:][:4*size.X]
		for x := 0; ; x++ {
			i := bytes.Index(row[4*x:], want[:3])
			if i < 0 {
				break
			}
			if x += i / 4; i%4 == 0 {
				return image.Pt(x, y), true
			}
		}
	}
	return image.Point{}, false
}

// at is the colour of a pixel.
func at(p *Picture, x, y int) uint32 { return binary.LittleEndian.Uint32(p.Row(y)[4*x:]) }

// until releases until the pixel has the colour.
func (s *screen) until(x, y int, colour uint32) {
	s.t.Helper()
	s.untilTrue(func(p *Picture) bool { return at(p, x, y) == colour })
}

// untilTrue releases until the picture is as wanted.
func (s *screen) untilTrue(wanted func(p *Picture) bool) {
	s.t.Helper()
	for end := time.Now().Add(patience); !wanted(s.release()); {
		if time.Now().After(end) {
			s.t.Fatalf("the released picture is not as wanted; masks %v", s.g.masks)
		}
		select {
		case <-s.g.Changed():
		case <-time.After(20 * time.Millisecond): // a window may have painted
		}
	}
}

// calm waits until masks have settled, and releases.
func (s *screen) calm() *Picture {
	s.t.Helper()
	for {
		select {
		case <-s.g.Changed():
			s.release()
		case <-time.After(settle + settle/4):
			return s.release()
		}
	}
}

// script is what a test lets programs do while releases go on.
type script struct {
	end  chan struct{} // closed when enough was seen
	tick chan struct{} // receives after a release
}

// over reports whether the script is to end.
func (s script) over() bool {
	select {
	case <-s.end:
		return true
	default:
		return false
	}
}

// turn waits until there was a release, which may have begun before.
func (s script) turn() {
	select {
	case <-s.tick:
	case <-s.end:
	}
}

// while releases again and again while the script runs, until so many releases
// were of a screen with the secret on it that none in the pictures means something.
func (s *screen) while(bearing int, play func(script)) {
	s.t.Helper()
	it := script{make(chan struct{}), make(chan struct{})}
	var run sync.WaitGroup
	run.Go(func() { play(it) })
	defer func() {
		close(it.end)
		run.Wait()
		if s.t.Failed() {
			s.t.FailNow() // the script could not
		}
	}()
	for until := s.bearing + bearing; s.bearing < until; {
		s.release()
		select {
		case it.tick <- struct{}{}:
		default:
		}
	}
	s.t.Logf("%d releases, %d of a screen with the secret", s.released, s.bearing)
}

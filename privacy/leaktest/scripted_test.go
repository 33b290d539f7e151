package leaktest_test

import (
	"image"
	"image/color"
	"testing"
	"time"

	"telestrator/capture"
	"telestrator/capture/capturetest"
	"telestrator/encode"
	"telestrator/privacy"
	"telestrator/protocol"
)

// every is the time between two grabs.
const every = time.Second / 60

// scripted is a screen that a test paints, and what a console is sent of it.
type scripted struct {
	t       *testing.T
	screen  *capturetest.Screen
	guard   *privacy.Guard
	canvas  *encode.Canvas
	stream  *encode.Stream
	frame   capture.Frame
	updates []protocol.Update
	sent    []byte
	grabs   int
}

func newScripted(t *testing.T) *scripted {
	t.Helper()
	s := &scripted{t: t, screen: capturetest.NewScreen(192, 128), canvas: encode.NewCanvas()}
	s.mask(pane)
	s.stream = s.canvas.NewStream()
	s.stream.Use(true, true)
	return s
}

func (s *scripted) unmask() { s.mask() }

func (s *scripted) mask(fields ...image.Rectangle) {
	s.t.Helper()
	var err error
	if s.guard, err = privacy.NewFixed(privacy.Policy{Unknown: privacy.Allow, Rects: fields}); err != nil {
		s.t.Fatal(err)
	}
}

// enter shows what has been typed: a mark for each letter, which is one of the
// letter's own where the password is legible, and a caret.
func (s *scripted) enter(typed string) {
	s.screen.Paint(pane, color.White)
	x := pane.Min.X + 3
	for _, letter := range []byte(typed) {
		s.screen.Paint(image.Rect(x, pane.Min.Y+4, x+5, pane.Max.Y-4), color.RGBA{letter, letter * 7, letter * 13, 255})
		x += 6
	}
	s.screen.Paint(image.Rect(x, pane.Min.Y+2, x+1, pane.Max.Y-2), color.Black)
}

// step shows the console what changed, if anything did, as the daemon does, and
// returns the bytes that it is sent.
func (s *scripted) step() []byte {
	s.t.Helper()
	s.sent = s.sent[:0]
	select {
	case <-s.screen.Changed():
		s.grab()
	default:
	}
	select {
	case <-s.stream.Stale():
	default:
		return nil
	}
	var err error
	if s.updates, err = s.stream.Next(s.updates[:0]); err != nil {
		s.t.Fatal(err)
	}
	for i := range s.updates {
		if s.sent, err = protocol.Append(s.sent, &s.updates[i]); err != nil {
			s.t.Fatal(err)
		}
	}
	return s.sent
}

func (s *scripted) grab() {
	s.t.Helper()
	s.grabs++
	s.guard.Begin()
	if err := s.screen.Grab(&s.frame); err != nil {
		s.t.Fatal(err)
	}
	f := &s.frame
	picture, news, err := s.guard.Release(f.Pix, f.Stride, f.Size, f.Damage, f.Reset)
	if err != nil {
		s.t.Fatal(err)
	}
	s.canvas.Compare(picture, news, encode.Geometry{Generation: 1, Monitors: f.Monitors})
}

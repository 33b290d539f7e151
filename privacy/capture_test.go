package privacy

import (
	"bytes"
	"context"
	"errors"
	"image"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"telestrator/capture"
	"telestrator/capture/capturetest"
)

// pair is a capture and a Guard on one display, as the daemon has them.
type pair struct {
	t      *testing.T
	source capture.Source
	guard  *Guard
	frame  capture.Frame
	last   *Picture
}

func newPair(t *testing.T, d *capturetest.Display, p Policy) *pair {
	t.Helper()
	return newSettlingPair(t, d, p, settle)
}

// newSettlingPair is newPair with another time to settle.
func newSettlingPair(t *testing.T, d *capturetest.Display, p Policy, settle time.Duration) *pair {
	t.Helper()
	source, err := capture.Open(d.Name())
	if err != nil {
		t.Fatal(err)
	}
	guard, err := Open(d.Name(), "", p)
	if err != nil {
		t.Fatal(err)
	}
	guard.trackers[0].(*windows).model.settle = settle
	ctx, stop := context.WithCancel(context.Background())
	var run sync.WaitGroup
	run.Go(func() { source.Run(ctx) })
	run.Go(func() { guard.Run(ctx) })
	t.Cleanup(func() {
		stop()
		run.Wait()
		source.Close()
	})
	return &pair{t: t, source: source, guard: guard}
}

// step waits for a change and releases it. It reports whether there was one
// within the time.
func (p *pair) step(within time.Duration) bool {
	p.t.Helper()
	select {
	case <-p.source.Changed():
	case <-p.guard.Changed():
	case <-time.After(within):
		return false
	}
	f := &p.frame
	p.guard.Begin()
	if err := p.source.Grab(f); err != nil {
		p.t.Fatal(err)
	}
	picture, _, err := p.guard.Release(f.Pix, f.Stride, f.Size, f.Damage, f.Reset)
	if errors.Is(err, errNotRunning) {
		return true // it says when
	}
	if err != nil {
		p.t.Fatal(err)
	}
	if at, ok := find(picture.pix, picture.stride, picture.size, secret); ok {
		p.t.Fatalf("secret released at %v; masks %v", at, p.guard.masks)
	}
	p.last = picture
	return true
}

// TestWithCapture releases only what the capture says has changed, and only
// when it or the Guard says that something has: in the end nothing is missing.
func TestWithCapture(t *testing.T) {
	t.Parallel()
	d := capturetest.StartXvfb(t, "320x200x24")
	p := newPair(t, d, vault)
	d.Start(t, "xterm", "-geometry", "20x6+0+0", "-e", "for i in $(seq 500); do date; done; read")
	it := script{make(chan struct{}), nil}
	painter := newPainter(t, d.Conn(t))
	var play sync.WaitGroup
	play.Go(func() { churn(painter, rand.New(rand.NewPCG(7, 8)), it) })
	for range 150 {
		p.step(patience)
	}
	close(it.end)
	play.Wait()
	for p.step(3 * settle) {
	}
	want := d.Picture(t)
	for y := range 200 {
		for x := range 320 {
			c := want.RGBAAt(x, y)
			if contains(p.guard.masks, image.Pt(x, y)) {
				c.R, c.G, c.B = Grey>>16, Grey>>8&0xff, Grey&0xff
			}
			if got := p.last.Row(y)[4*x:][:4]; !bytes.Equal(got, []byte{c.B, c.G, c.R, 0}) {
				t.Fatalf("pixel %d,%d is %v on the screen and released as %v", x, y, c, got)
			}
		}
	}
}

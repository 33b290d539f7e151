package capture_test

import (
	"context"
	"errors"
	"image"
	"testing"
	"time"

	"telestrator/capture"
	"telestrator/capture/capturetest"
)

// patience is how long a test waits for what normally takes milliseconds.
const patience = 20 * time.Second

// viewer is a caller of a Source that knows nothing but what Frames say: its
// picture is made of the damaged parts alone.
type viewer struct {
	tb     testing.TB
	source capture.Source
	ended  chan error // what Run returned
	frame  capture.Frame
	seen   *image.RGBA
	resets int
	cursor *capture.Cursor
}

// watch runs a source until the end of the test.
func watch(tb testing.TB, source capture.Source, err error) *viewer {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	v := &viewer{tb: tb, source: source, ended: make(chan error, 1)}
	go func() { v.ended <- source.Run(ctx) }()
	tb.Cleanup(func() {
		cancel()
		<-v.ended
		source.Close()
	})
	return v
}

// grab takes a frame and adds its damage to what was seen. It waits while the
// screen is being resized.
func (v *viewer) grab() {
	v.tb.Helper()
	end := time.After(patience)
	err := v.source.Grab(&v.frame)
	for ; err != nil; err = v.source.Grab(&v.frame) {
		if errors.Is(err, capture.ErrGone) {
			v.tb.Fatal(err)
		}
		select {
		case <-v.source.Changed():
		case <-end:
			v.tb.Fatalf("still after %v: %v", patience, err)
		}
	}
	v.look()
}

func (v *viewer) look() {
	v.tb.Helper()
	f := &v.frame
	bounds := image.Rectangle{Max: f.Size}
	if f.Reset {
		v.resets++
		v.seen = image.NewRGBA(bounds)
	}
	if v.seen == nil || v.seen.Rect != bounds {
		v.tb.Fatalf("the picture became %v without a reset", f.Size)
	}
	if f.Cursor != nil {
		c := *f.Cursor
		v.cursor = &c
	}
	for _, r := range f.Damage {
		if r.Empty() || !r.In(bounds) {
			v.tb.Fatalf("damage %v is not inside %v", r, bounds)
		}
		show(v.seen, f, r)
	}
}

// show copies a damaged rectangle. Without the race detector, which would make
// it tens of times slower.
//
//go:norace
func show(seen *image.RGBA, f *capture.Frame, r image.Rectangle) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		from := f.Pix[y*f.Stride+r.Min.X*4:][:r.Dx()*4]
		to := seen.Pix[seen.PixOffset(r.Min.X, y):][:r.Dx()*4]
		for i := 0; i < len(from); i += 4 {
			to[i], to[i+1], to[i+2], to[i+3] = from[i+2], from[i+1], from[i], 255
		}
	}
}

// wait waits for the source to say that something changed.
func (v *viewer) wait() {
	v.tb.Helper()
	select {
	case <-v.source.Changed():
	case <-time.After(patience):
		v.tb.Fatalf("no change within %v", patience)
	}
}

// drain forgets what the source has said so far.
func (v *viewer) drain() {
	for len(v.source.Changed()) > 0 {
		<-v.source.Changed()
	}
}

// same compares what was seen with the X server's own picture.
func (v *viewer) same(d *capturetest.Display) {
	v.tb.Helper()
	v.is(d.Picture(v.tb))
}

// is compares what was seen with a picture.
func (v *viewer) is(want *image.RGBA) {
	v.tb.Helper()
	if v.seen.Rect != want.Rect {
		v.tb.Fatalf("the picture is %v, the screen %v", v.seen.Rect, want.Rect)
	}
	if wrong, first := differences(v.seen, want); wrong > 0 {
		v.tb.Fatalf("%d pixels are wrong, the first at %v: %v, not %v",
			wrong, first, v.seen.RGBAAt(first.X, first.Y), want.RGBAAt(first.X, first.Y))
	}
}

// differences counts the pixels that differ, and finds the first.
//
//go:norace
func differences(a, b *image.RGBA) (n int, first image.Point) {
	for i := 0; i < len(b.Pix); i += 4 {
		if [4]byte(a.Pix[i:]) != [4]byte(b.Pix[i:]) {
			if n++; n == 1 {
				first = image.Pt(i%b.Stride/4, i/b.Stride)
			}
		}
	}
	return n, first
}

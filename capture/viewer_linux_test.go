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
		for y := r.Min.Y; y < r.Max.Y; y++ {
			for x := r.Min.X; x < r.Max.X; x++ {
				from, to := f.Pix[y*f.Stride+x*4:], v.seen.Pix[v.seen.PixOffset(x, y):]
				to[0], to[1], to[2], to[3] = from[2], from[1], from[0], 255
			}
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

// same compares what was seen with the X server's own picture.
func (v *viewer) same(d *capturetest.Display) {
	v.tb.Helper()
	want := d.Picture(v.tb)
	if v.seen.Rect != want.Rect {
		v.tb.Fatalf("the picture is %v, the screen %v", v.seen.Rect, want.Rect)
	}
	wrong, first := 0, image.Point{}
	for i := 0; i < len(want.Pix); i += 4 {
		if [4]byte(want.Pix[i:]) != [4]byte(v.seen.Pix[i:]) {
			if wrong++; wrong == 1 {
				first = image.Pt(i%want.Stride/4, i/want.Stride)
			}
		}
	}
	if wrong > 0 {
		v.tb.Fatalf("%d pixels differ from the X server's, the first at %v: %v, not %v",
			wrong, first, v.seen.RGBAAt(first.X, first.Y), want.RGBAAt(first.X, first.Y))
	}
}

package capturetest_test

import (
	"context"
	"errors"
	"image"
	"image/color"
	"math/rand/v2"
	"slices"
	"testing"

	"telestrator/capture"
	"telestrator/capture/capturetest"
)

var red = color.RGBA{R: 255, A: 255}

// show paints the damaged parts of a frame into seen, as a viewer would.
func show(f *capture.Frame, seen *image.RGBA) *image.RGBA {
	if f.Reset {
		seen = image.NewRGBA(image.Rectangle{Max: f.Size})
	}
	for _, r := range f.Damage {
		for y := r.Min.Y; y < r.Max.Y; y++ {
			for x := r.Min.X; x < r.Max.X; x++ {
				p := f.Pix[y*f.Stride+x*4:]
				seen.SetRGBA(x, y, color.RGBA{p[2], p[1], p[0], 255})
			}
		}
	}
	return seen
}

func TestScreenShowsWhatIsPainted(t *testing.T) {
	t.Parallel()
	s := capturetest.NewScreen(100, 80)
	var f capture.Frame
	var seen *image.RGBA
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range 300 {
		if i%50 == 49 {
			s.Resize(1+rng.IntN(200), 1+rng.IntN(200))
		}
		for range rng.IntN(40) {
			at := image.Pt(rng.IntN(120)-10, rng.IntN(120)-10)
			r := image.Rectangle{at, at.Add(image.Pt(rng.IntN(30), rng.IntN(30)))}
			s.Paint(r, color.RGBA{byte(rng.Uint32()), byte(rng.Uint32()), byte(rng.Uint32()), 255})
		}
		if err := s.Grab(&f); err != nil {
			t.Fatal(err)
		}
		if len(f.Damage) > 16 {
			t.Fatalf("%d damaged rectangles", len(f.Damage))
		}
		seen = show(&f, seen)
		if want := s.Picture(); string(want.Pix) != string(seen.Pix) {
			t.Fatalf("frame %d differs from the screen", i)
		}
	}
}

func TestScreenStandsStillBetweenGrabs(t *testing.T) {
	t.Parallel()
	s := capturetest.NewScreen(4, 4)
	var f capture.Frame
	if err := s.Grab(&f); err != nil {
		t.Fatal(err)
	}
	s.Paint(image.Rect(0, 0, 4, 4), red)
	if f.Pix[2] != 0 {
		t.Error("painting changed a frame that had been grabbed")
	}
	if err := s.Grab(&f); err != nil || f.Pix[2] != 255 || f.Reset {
		t.Errorf("after painting: pixel %v, reset %v, error %v", f.Pix[:4], f.Reset, err)
	}
	if err := s.Grab(&f); err != nil || len(f.Damage) != 0 || f.Cursor != nil {
		t.Errorf("nothing changed, but damage %v, cursor %v, error %v", f.Damage, f.Cursor, err)
	}
}

func TestScreenMonitorsAndCursor(t *testing.T) {
	t.Parallel()
	s := capturetest.NewScreen(20, 10)
	var f capture.Frame
	if err := s.Grab(&f); err != nil || f.Cursor == nil || len(f.Monitors) != 1 {
		t.Fatalf("first: cursor %v, monitors %v, error %v", f.Cursor, f.Monitors, err)
	}
	s.SetMonitors(image.Rect(0, 0, 10, 10), image.Rect(10, 0, 20, 10))
	s.MoveCursor(3, 4)
	if err := s.Grab(&f); err != nil || !f.Reset || len(f.Monitors) != 2 {
		t.Errorf("monitors %v, reset %v, error %v", f.Monitors, f.Reset, err)
	}
	if f.Cursor == nil || f.Cursor.Pos != image.Pt(3, 4) {
		t.Errorf("cursor %v", f.Cursor)
	}
}

func TestScreenFailsAndEnds(t *testing.T) {
	t.Parallel()
	s := capturetest.NewScreen(4, 4)
	run := make(chan error, 1)
	go func() { run <- s.Run(t.Context()) }()
	broken := errors.New("broken")
	s.Fail(broken)
	<-s.Changed()
	var f capture.Frame
	if err := s.Grab(&f); !errors.Is(err, broken) {
		t.Errorf("failing Grab: %v", err)
	}
	<-s.Changed() // says that trying again is worthwhile
	if err := s.Grab(&f); err != nil || !f.Reset {
		t.Errorf("Grab after a failed one: %v, reset %v", err, f.Reset)
	}
	s.End()
	<-s.Changed()
	if err := <-run; !errors.Is(err, capture.ErrGone) {
		t.Errorf("Run: %v", err)
	}
	if err := s.Grab(&f); !errors.Is(err, capture.ErrGone) {
		t.Errorf("Grab: %v", err)
	}
}

func TestScreenRunEndsWithContext(t *testing.T) {
	t.Parallel()
	s := capturetest.NewScreen(4, 4)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Run(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Run: %v", err)
	}
	if err := s.Grab(new(capture.Frame)); !errors.Is(err, capture.ErrGone) {
		t.Errorf("Grab after Run: %v", err)
	}
}

func TestScreenLooksBeneath(t *testing.T) {
	t.Parallel()
	s := capturetest.NewScreen(4, 4)
	for _, windows := range [][]uint32{{7, 8}, nil} {
		<-s.Changed()
		if err := s.Beneath(windows); err != nil || !slices.Equal(s.LooksBeneath(), windows) {
			t.Errorf("beneath %v it looks beneath %v, error %v", windows, s.LooksBeneath(), err)
		}
	}
}

func TestScreenShowsOnly(t *testing.T) {
	t.Parallel()
	s := capturetest.NewScreen(4, 4)
	for _, c := range []struct {
		windows []uint32
		on      bool
	}{{[]uint32{7, 8}, true}, {nil, true}, {nil, false}} {
		<-s.Changed()
		err := s.Only(c.windows, c.on)
		if windows, on := s.ShowsOnly(); err != nil || !slices.Equal(windows, c.windows) || on != c.on {
			t.Errorf("of %v it shows %v, %v, error %v", c, windows, on, err)
		}
	}
}

package capture

import (
	"context"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// poster is a screen that shows what the test put there, and counts looks.
type poster struct {
	mu    sync.Mutex // guards what follows
	now   shot
	err   error
	looks int
	took  time.Duration // that a look takes
}

func newPoster(width, height int) *poster {
	return &poster{now: shot{image.NewRGBA(image.Rect(0, 0, width, height)), []image.Rectangle{image.Rect(0, 0, width, height)}}}
}

func (p *poster) shoot() (shot, error) {
	p.mu.Lock()
	p.looks++
	took := p.took
	p.mu.Unlock()
	time.Sleep(took)
	p.mu.Lock()
	defer p.mu.Unlock()
	return shot{p.copy(), slices.Clone(p.now.monitors)}, p.err
}

// change changes what is shown, or how.
func (p *poster) change(f func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f()
}

func (p *poster) copy() *image.RGBA {
	c := *p.now.img
	c.Pix = slices.Clone(c.Pix)
	return &c
}

func (p *poster) paint(r image.Rectangle, c color.Color) {
	draw.Draw(p.now.img, r, image.NewUniform(c), image.Point{}, draw.Src)
}

// TestPortablePicture: a viewer that takes the damaged parts alone has every
// pixel, and damage lies inside, apart and not everywhere.
func TestPortablePicture(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	for _, size := range []image.Point{{200, 150}, {1, 1}, {97, 33}, {640, 480}} {
		p := newPoster(size.X, size.Y)
		s, f := newPortable(p.shoot), new(Frame)
		seen := make([]byte, 4*size.X*size.Y)
		for round := range 60 {
			for range rng.IntN(5) {
				at := image.Pt(rng.IntN(size.X), rng.IntN(size.Y))
				p.paint(image.Rectangle{at, at.Add(image.Pt(1+rng.IntN(50), 1+rng.IntN(50)))}, color.RGBA{byte(rng.Uint32()), byte(rng.Uint32()), 7, 255})
			}
			if err := s.Grab(f); err != nil {
				t.Fatal(err)
			}
			if f.Reset != (round == 0) || f.Size != size || (f.Cursor != nil) != (round == 0) {
				t.Fatalf("round %d: reset %v, size %v, cursor %v", round, f.Reset, f.Size, f.Cursor)
			}
			for i, r := range f.Damage {
				if r.Empty() || !r.In(image.Rectangle{Max: size}) || slices.ContainsFunc(f.Damage[:i], r.Overlaps) || len(f.Damage) > maxRects {
					t.Fatalf("damage %v", f.Damage)
				}
				for y := r.Min.Y; y < r.Max.Y; y++ {
					copy(seen[4*(y*size.X+r.Min.X):4*(y*size.X+r.Max.X)], f.Pix[y*f.Stride+4*r.Min.X:])
				}
			}
			samePixels(t, p.now.img, seen)
		}
		if err := s.Grab(f); err != nil || len(f.Damage) > 0 {
			t.Errorf("nothing changed: damage %v, error %v", f.Damage, err)
		}
	}
}

// samePixels compares a picture with BGRX pixels.
func samePixels(t *testing.T, want *image.RGBA, got []byte) {
	t.Helper()
	for i := 0; i < len(want.Pix); i += 4 {
		if got[i] != want.Pix[i+2] || got[i+1] != want.Pix[i+1] || got[i+2] != want.Pix[i] {
			t.Fatalf("pixel %d is %v, want %v", i/4, got[i:i+3], want.Pix[i:i+3])
		}
	}
}

func TestPortableLayout(t *testing.T) {
	t.Parallel()
	p := newPoster(100, 50)
	s, f := newPortable(p.shoot), new(Frame)
	for _, change := range []func(){
		func() {},
		func() { p.now.monitors = []image.Rectangle{image.Rect(50, 0, 100, 50), image.Rect(0, 0, 50, 50)} },
		func() { p.now = newPoster(70, 50).now },
	} {
		change()
		for _, reset := range []bool{true, false} {
			if err := s.Grab(f); err != nil || f.Reset != reset || f.Size != p.now.img.Rect.Max || !slices.Equal(f.Monitors, p.now.monitors) {
				t.Errorf("reset %v of size %v, monitors %v, error %v", f.Reset, f.Size, f.Monitors, err)
			}
			if reset != slices.Equal(f.Damage, []image.Rectangle{p.now.img.Rect}) {
				t.Errorf("reset %v with damage %v", reset, f.Damage)
			}
		}
	}
}

// TestPortableLooks: how often it looks, and that it tells of changes alone.
func TestPortableLooks(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPoster(64, 64)
		s := newPortable(p.shoot)
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- s.Run(ctx) }()
		<-s.Changed() // the first picture is news
		looksIn := func(d time.Duration) (n int) {
			p.change(func() { p.looks = 0 })
			time.Sleep(d)
			synctest.Wait()
			p.change(func() { n = p.looks })
			return n
		}
		told := func() bool { return len(s.Changed()) > 0 }
		if n := looksIn(10 * time.Second); n != 0 || told() {
			t.Errorf("%d looks before anybody has grabbed", n)
		}
		grab(t, s)
		if n := looksIn(10*time.Second + pollEvery/2); n != 100 || told() {
			t.Errorf("%d looks at a still screen in ten seconds, told: %v", n, told())
		}
		p.change(func() { p.took = pollEvery })
		if n := looksIn(10 * time.Second); n < 9 || n > 11 || told() {
			t.Errorf("%d slow looks in ten seconds, told: %v", n, told())
		}
		p.change(func() {
			p.took = 0
			p.paint(image.Rect(1, 1, 2, 2), color.White)
		})
		if looksIn(2 * time.Second); !told() {
			t.Error("a change was not told")
		}
		if n := looksIn(10 * time.Second); n != 0 {
			t.Errorf("%d looks while a change waits to be grabbed", n)
		}
		<-s.Changed()
		grab(t, s)
		p.change(func() { p.err = errBlind })
		if err := s.Grab(new(Frame)); !errors.Is(err, errBlind) {
			t.Errorf("Grab: %v", err)
		}
		if looksIn(time.Second); told() {
			t.Error("told of a change though nothing can be seen")
		}
		p.change(func() { p.err = nil })
		if looksIn(time.Second); !told() {
			t.Error("that it can be seen again was not told")
		}
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("Run: %v", err)
		}
		if err := s.Grab(new(Frame)); !errors.Is(err, ErrGone) {
			t.Errorf("Grab after the end: %v", err)
		}
	})
}

func grab(t *testing.T, s Source) {
	t.Helper()
	if err := s.Grab(new(Frame)); err != nil {
		t.Fatal(err)
	}
}

func TestPortableCloses(t *testing.T) {
	t.Parallel()
	s := newPortable(newPoster(4, 4).shoot)
	ended := make(chan error, 1)
	go func() { ended <- s.Run(t.Context()) }()
	s.Close()
	s.Close()
	if err := <-ended; !errors.Is(err, ErrGone) {
		t.Errorf("Run: %v", err)
	}
	if err := s.Grab(new(Frame)); !errors.Is(err, ErrGone) {
		t.Errorf("Grab: %v", err)
	}
}

// TestChangesLimit: as many parts as may be are told, one more and it is the
// rectangle around them.
func TestChangesLimit(t *testing.T) {
	t.Parallel()
	p := newPoster(cell*2*(maxRects+1), 5)
	before := p.copy()
	for i := range maxRects {
		p.paint(image.Rect(2*i*cell, 1, 2*i*cell+1, 2), color.White)
	}
	if got := changes(nil, before, p.now.img); len(got) != maxRects {
		t.Errorf("%d parts became %v", maxRects, got)
	}
	p.paint(image.Rect(2*maxRects*cell, 1, 2*maxRects*cell+1, 2), color.White)
	if got := changes(nil, before, p.now.img); !slices.Equal(got, []image.Rectangle{image.Rect(0, 0, (2*maxRects+1)*cell, 5)}) {
		t.Errorf("%d parts became %v", maxRects+1, got)
	}
}

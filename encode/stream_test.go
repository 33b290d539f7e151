package encode

import (
	"errors"
	"image"
	"slices"
	"testing"
	"time"

	"telestrator/protocol"
)

// What is decoded is what was encoded, whatever changes, however slow a viewer
// is, and whenever it comes or begins anew.
func TestStreamsShowTheScreen(t *testing.T) {
	t.Parallel()
	rnd := seeded(t)
	s, c := newScreen(t, 200, 150), NewCanvas()
	var viewers []*viewer
	for round := range rounds(600) {
		if round%10 == 0 && len(viewers) < 8 {
			viewers = append(viewers, newViewer(t, c))
		}
		if rnd.IntN(40) == 0 {
			s.resize(1+rnd.IntN(300), 1+rnd.IntN(200))
		}
		for range rnd.IntN(4) {
			s.scribble(rnd)
		}
		s.show(c)
		for i, v := range viewers {
			if rnd.IntN(30) == 0 {
				v.stream.Reset()
			}
			if round%(i*i+1) == 0 {
				v.catchUp()
				v.sees(s)
			}
		}
	}
	for _, v := range viewers {
		v.catchUp()
		v.sees(s)
	}
}

func TestFirstUpdateResets(t *testing.T) {
	t.Parallel()
	s, c := newScreen(t, 130, 70), NewCanvas()
	v := newViewer(t, c)
	if v.stale() || v.next() {
		t.Fatal("an update before there is a picture")
	}
	s.show(c)
	if !v.stale() || !v.next() {
		t.Fatal("no update of the first picture")
	}
	if want := whole(1, 130, 70, 0, 0, 130, 70); !slices.Equal(v.updates[0].Reset, want) {
		t.Fatalf("reset %v, want %v", v.updates[0].Reset, want)
	}
	v.sees(s)
	if v.next() {
		t.Fatal("an update of nothing")
	}
	if late := newViewer(t, c); !late.stale() {
		t.Fatal("a stream on a canvas with a picture is not told")
	}
}

func TestNothingChangedMakesNoUpdate(t *testing.T) {
	t.Parallel()
	s, c := newScreen(t, 200, 200), NewCanvas()
	s.fill(s.bounds(), glyphs(seeded(t)))
	s.show(c)
	v := newViewer(t, c)
	v.catchUp()
	for v.stale() {
	}
	s.damage = append(s.damage, s.bounds(), image.Rect(-50, 190, 1000, 1000))
	s.show(c)
	if v.stale() || v.next() {
		t.Fatal("damage without a change made an update")
	}
}

// A changed geometry begins anew, with the same pixels too.
func TestGeometryResetsStreams(t *testing.T) {
	t.Parallel()
	changes := map[string]func(*screen){
		"size":       func(s *screen) { s.resize(90, 60) },
		"generation": func(s *screen) { s.geometry.Generation++ },
		"monitors":   func(s *screen) { s.geometry.Monitors = []image.Rectangle{image.Rect(0, 0, 50, 80)} },
	}
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			s, c := newScreen(t, 100, 80), NewCanvas()
			s.show(c)
			a, b := newViewer(t, c), newViewer(t, c)
			a.catchUp()
			for a.stale() {
			}
			change(s)
			s.show(c)
			if !a.stale() || !a.next() || len(a.updates[0].Reset) == 0 {
				t.Fatal("no reset")
			}
			a.sees(s)
			if b.catchUp() != 1 {
				t.Fatal("a viewer that never looked gets more than the newest picture")
			}
			g := a.decoder.Geometry()
			if g.Generation != s.geometry.Generation || !slices.Equal(g.Monitors, s.geometry.Monitors) {
				t.Fatalf("geometry %v, want %v", g, s.geometry)
			}
		})
	}
}

func TestMonitorsAreWithinTheProtocol(t *testing.T) {
	t.Parallel()
	s, c := newScreen(t, 100, 80), NewCanvas()
	s.geometry.Monitors = []image.Rectangle{image.Rect(50, -10, 200, 100), image.Rect(100, 0, 150, 80)}
	for range protocol.MaxMonitors {
		s.geometry.Monitors = append(s.geometry.Monitors, s.bounds())
	}
	s.show(c)
	v := newViewer(t, c)
	v.catchUp()
	got := v.decoder.Geometry().Monitors
	if len(got) != protocol.MaxMonitors || got[0] != image.Rect(50, 0, 100, 80) || got[1] != s.bounds() {
		t.Fatalf("monitors %v", got)
	}
}

func TestNumbersAndTime(t *testing.T) {
	t.Parallel()
	rnd := seeded(t)
	s, c := newScreen(t, 320, 240), NewCanvas()
	v := newViewer(t, c)
	clock := time.Duration(0)
	v.stream.Clock = func() time.Duration { return clock }
	number := uint32(0)
	for moment := range uint32(5) {
		clock += 1500 * time.Microsecond
		s.fill(s.bounds(), noise(rnd))
		s.show(c)
		updates, err := v.stream.Next(nil)
		if err != nil || len(updates) < 2 {
			t.Fatalf("%d updates of a whole picture, %v", len(updates), err)
		}
		for i, u := range updates {
			number++
			if u.Number != number || u.Moment != moment+1 || u.Last != (i == len(updates)-1) {
				t.Fatalf("update %d of %d is %d, moment %d, last %v", i, len(updates), u.Number, u.Moment, u.Last)
			}
			if want := uint64(clock.Microseconds()); u.Time != want {
				t.Fatalf("time %d, want %d", u.Time, want)
			}
		}
	}
}

func TestNextAppends(t *testing.T) {
	t.Parallel()
	s, c := newScreen(t, 10, 10), NewCanvas()
	s.show(c)
	before := protocol.Update{Number: 77}
	updates, err := c.NewStream().Next([]protocol.Update{before})
	if err != nil || len(updates) != 2 || updates[0].Number != 77 || updates[1].Number != 1 {
		t.Fatalf("%v, %v", updates, err)
	}
}

// A session ends before its numbers would wrap.
func TestNumbersRunOut(t *testing.T) {
	t.Parallel()
	s, c := newScreen(t, 100, 100), NewCanvas()
	s.show(c)
	stream := c.NewStream()
	stream.number = protocol.MaxNumber - 1
	if updates, err := stream.Next(nil); err != nil || updates[0].Number != protocol.MaxNumber {
		t.Fatalf("the last number: %v", err)
	}
	stream.Reset()
	updates, err := stream.Next(nil)
	var refused *protocol.Error
	if len(updates) > 0 || !errors.As(err, &refused) || refused.Code != protocol.Sequence {
		t.Fatalf("one past the last number: %v", err)
	}
}

// A first picture of more than one moment: several updates, one reset, and
// Stale fires until the viewer has it all.
func TestLargePictureComesInMoments(t *testing.T) {
	t.Parallel()
	s, c := newScreen(t, 640, 640), NewCanvas()
	s.fill(s.bounds(), noise(seeded(t)))
	s.show(c)
	v := newViewer(t, c)
	moments := 0
	for ; v.stale(); moments++ {
		if !v.next() {
			t.Fatalf("stale, and nothing to send after %d moments", moments)
		}
		for i, u := range v.updates {
			if (len(u.Reset) > 0) != (moments == 0 && i == 0) {
				t.Fatalf("moment %d, update %d: reset %v", moments+1, i+1, u.Reset)
			}
		}
		if len(v.updates) < 2 {
			t.Fatalf("%d updates in moment %d", len(v.updates), moments+1)
		}
	}
	if moments != 2 {
		t.Fatalf("%d moments for 1.6 MiB", moments)
	}
	v.sees(s)
}

// A change at the top, as large as a moment, leaves the rest its turn.
func TestNoPartStarves(t *testing.T) {
	t.Parallel()
	rnd := seeded(t)
	s, c := newScreen(t, 640, 640), NewCanvas()
	s.show(c)
	v := newViewer(t, c)
	v.catchUp()
	top := image.Rect(0, 0, 640, 448) // more than maxMoment when it is noise
	s.fill(image.Rect(0, 600, 10, 610), solid(0xff0000))
	s.fill(top, noise(rnd))
	s.show(c)
	for moments := 0; v.decoder.Picture().RGBAAt(5, 605).R != 0xff; moments++ {
		if moments == 3 {
			t.Fatal("the bottom did not come in three moments")
		}
		if !v.next() {
			t.Fatal("nothing to send")
		}
		s.fill(top, noise(rnd))
		s.show(c)
	}
	v.catchUp()
	v.sees(s)
}

func TestClosedStreamHearsNothing(t *testing.T) {
	t.Parallel()
	s, c := newScreen(t, 100, 100), NewCanvas()
	s.show(c)
	v, other := newViewer(t, c), newViewer(t, c)
	v.catchUp()
	for v.stale() {
	}
	v.stream.Close()
	v.stream.Close()
	s.fill(s.bounds(), solid(1))
	s.show(c)
	if v.stale() || v.next() {
		t.Fatal("a closed stream is told of changes")
	}
	other.catchUp()
	other.sees(s)
}

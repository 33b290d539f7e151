package encode

import (
	"image"
	"testing"
	"testing/synctest"
	"time"
)

// Photographs, text and scrolls, viewers that are fast, slow and new: what is
// exact is right, what is lossy is near and known to both ends, and all is
// exact within a second of the last change.
func TestPhotosAndScrollsShowTheScreen(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rnd := seeded(t)
		s, c := newScreen(t, 520, 430), NewCanvas()
		s.fill(s.bounds(), waves(1))
		s.show(c)
		viewers := []*viewer{keen(t, c), keen(t, c), keen(t, c), using(t, c, false, true)}
		idle := func(i int) bool { return viewers[i].jpegs < rounds(200)/20 || i < 3 && viewers[i].copies == 0 }
		for round := 0; round < rounds(200) || round < 400 && (idle(0) || idle(1) || idle(2) || idle(3)); round++ {
			for range rnd.IntN(3) {
				s.change(rnd)
			}
			s.show(c)
			if rnd.IntN(20) == 0 {
				viewers[rnd.IntN(len(viewers))].stream.Reset()
			}
			for i, v := range viewers {
				if round%(i+1) == 0 {
					v.next()
				}
				if v.stream.whole() && len(v.stream.moves) == 0 && !v.stream.fresh {
					v.agrees(s)
				}
			}
			time.Sleep(time.Duration(rnd.IntN(150)) * time.Millisecond)
		}
		for i, v := range viewers {
			if idle(i) {
				t.Errorf("viewer %d: %d JPEGs, %d copies", i, v.jpegs, v.copies)
			}
			if took := v.settle(); took > time.Second {
				t.Errorf("viewer %d: exact after %v", i, took)
			}
			v.sees(s)
			v.stream.Close()
		}
	})
}

// A large photograph comes as JPEGs at once, and exactly when it has been
// still: in portions, without being asked for, and then there is peace.
func TestRefinementEndsExact(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, c := newScreen(t, 1000, 700), NewCanvas()
		v := upToDate(t, s, c)
		s.fill(s.bounds(), waves(2))
		s.show(c)
		<-v.stream.Stale()
		v.next()
		v.agrees(s)
		if n := count(v.decoder.Lossy().Pix); n < 690000 || v.jpegs > 12 {
			t.Fatalf("%d pixels lossy, %d JPEGs", n, v.jpegs)
		}
		first := v.size
		began := time.Now()
		<-v.stream.Stale()
		if waited := time.Since(began); waited != quiet {
			t.Errorf("refined after %v", waited)
		}
		for moments := 0; v.next(); moments++ {
			if n := v.updates[0].Inflated; n > mostPortion+uint32(worst(c.grid.cell(0))) || len(v.updates) > 2 {
				t.Errorf("a portion of %d updates, the first of %d bytes", len(v.updates), n)
			}
			time.Sleep(10 * time.Millisecond)
			v.agrees(s)
		}
		v.sees(s)
		if took := time.Since(began); took > time.Second || v.size < 3*first {
			t.Errorf("exact after %v, %d bytes, %d of them at once", took, v.size, first)
		}
		v.settle()
		select {
		case <-v.stream.Stale():
			t.Error("stale although all is exact")
		case <-time.After(time.Hour):
		}
		v.stream.Close()
	})
}

// A film is never refined while it runs, and the rest of the screen is.
func TestFilmIsNotRefined(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, c := newScreen(t, 500, 400), NewCanvas()
		v := upToDate(t, s, c)
		film, still := image.Rect(64, 64, 320, 192), image.Rect(320, 192, 500, 400)
		s.fill(still, waves(3))
		for n := range uint32(40) {
			s.fill(film, waves(n))
			s.show(c)
			v.next()
			v.agrees(s)
			time.Sleep(33 * time.Millisecond)
		}
		for y := range 400 {
			for x := range 500 {
				if lossy := v.decoder.shown.px[500*y+x]&lossy != 0; lossy != image.Pt(x, y).In(film) {
					t.Fatalf("lossy at %d,%d: %v", x, y, lossy)
				}
			}
		}
		v.settle()
		v.sees(s)
		v.stream.Close()
	})
}

// A slow link gets small portions, and smaller ones beside a change.
func TestPortionsFollowTheLink(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, c := newScreen(t, 1000, 700), NewCanvas()
		v := upToDate(t, s, c)
		s.fill(s.bounds(), waves(4))
		s.show(c)
		v.next()
		time.Sleep(quiet)
		tile := worst(c.grid.cell(0))
		for n := range 20 {
			v.next()
			if got := int(v.updates[0].Inflated); got > leastPortion+tile {
				t.Fatalf("portion %d of %d bytes, taken in %v", n, got, 2*slow)
			}
			time.Sleep(2 * slow)
		}
		for n := range 20 {
			s.fill(image.Rect(0, 0, 10, 10), solid(uint32(n)))
			s.show(c)
			v.next()
			if got := int(v.updates[0].Inflated); got > leastPortion/4+tile+worst(image.Rect(0, 0, 10, 10)) || got < leastPortion/4 {
				t.Fatalf("portion %d of %d bytes beside a change", n, got)
			}
			time.Sleep(2 * slow)
		}
		v.settle()
		v.sees(s)
		v.stream.Close()
	})
}

// A part of a lossy cell that is sent as a tile does not make the rest exact.
func TestPartOfALossyCell(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, c := newScreen(t, 512, 512), NewCanvas()
		v := upToDate(t, s, c)
		s.fill(s.bounds(), waves(5))
		s.show(c)
		v.next()
		s.fill(image.Rect(5, 5, 20, 20), solid(1))
		s.show(c)
		v.next()
		v.agrees(s)
		if n := count(v.decoder.Lossy().Pix); n != 512*512-15*15 {
			t.Errorf("%d pixels lossy", n)
		}
		v.settle()
		v.sees(s)
		v.stream.Close()
	})
}

// A closed stream wakes nobody, whatever is lossy.
func TestClosedStreamHasNoAlarm(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, c := newScreen(t, 512, 512), NewCanvas()
		v := upToDate(t, s, c)
		s.fill(s.bounds(), waves(6))
		s.show(c)
		<-v.stream.Stale()
		v.next()
		v.stream.Close()
		time.Sleep(time.Hour)
		if v.stale() || v.jpegs == 0 {
			t.Errorf("woken after the end, %d JPEGs", v.jpegs)
		}
	})
}

// A reset forgets what was lossy: the new picture has what it has.
func TestResetOfALossyPicture(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, c := newScreen(t, 512, 512), NewCanvas()
		v := upToDate(t, s, c)
		s.fill(s.bounds(), waves(7))
		s.show(c)
		v.next()
		s.resize(130, 70)
		s.fill(s.bounds(), text(7))
		s.show(c)
		v.settle()
		v.sees(s)
		if v.stream.losses.any() {
			t.Error("losses of another picture")
		}
		v.stream.Close()
	})
}

// A lossy cell that goes on changing is left alone, even where only a corner
// of it does.
func TestLossyCellThatChangesWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, c := newScreen(t, 512, 512), NewCanvas()
		v := upToDate(t, s, c)
		s.fill(s.bounds(), waves(8))
		s.show(c)
		v.next()
		for n := range uint32(40) {
			s.fill(image.Rect(70, 70, 80, 80), solid(n))
			s.show(c)
			v.next()
			v.agrees(s)
			time.Sleep(quick - 1)
		}
		if n := count(v.decoder.Lossy().Pix); n != 64*64-10*10 {
			t.Errorf("%d pixels lossy", n)
		}
		if took := v.settle(); took != quiet-quick+1 {
			t.Errorf("refined %v after the change", took+quick-1)
		}
		v.sees(s)
		v.stream.Close()
	})
}

// Portions double while the link takes them quickly, stay, and are halved when
// it is slow; both have an end. After a pause they begin anew.
func TestPortions(t *testing.T) {
	t.Parallel()
	var r refinement
	now := time.Duration(0)
	for _, c := range []struct {
		after time.Duration
		busy  bool
		want  int
	}{
		{0, false, leastPortion},
		{quick - 1, false, 2 * leastPortion},
		{quick - 1, true, leastPortion},
		{quick, false, 4 * leastPortion},
		{slow, false, 4 * leastPortion},
		{quick - 1, false, 8 * leastPortion},
		{slow + 1, false, 4 * leastPortion},
		{slow + 1, false, 2 * leastPortion},
		{slow + 1, false, leastPortion},
		{slow + 1, false, leastPortion},
		{0, false, 2 * leastPortion},
		{0, false, 4 * leastPortion},
		{0, false, 8 * leastPortion},
		{0, false, 16 * leastPortion},
		{0, false, mostPortion},
		{0, false, mostPortion},
		{0, true, mostPortion / 4},
		{quiet, false, mostPortion / 2},
		{quiet + 1, false, mostPortion / 8},
		{quiet + 1, false, mostPortion / 32},
		{quiet + 1, false, leastPortion},
	} {
		now += c.after
		if got := r.room(now, leastPortion, c.busy); got != c.want {
			t.Fatalf("%v after %v, busy %v: %d bytes, want %d", now, c.after, c.busy, got, c.want)
		}
	}
}

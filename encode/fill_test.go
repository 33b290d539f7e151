package encode

import (
	"image"
	"testing"
	"testing/synctest"
	"time"
)

// What changes rarely and is not large comes exactly at once; what changes
// again and again comes as a JPEG from the third time on.
func TestSmallPhotosAreExactUntilTheyMove(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, c := newScreen(t, 640, 480), NewCanvas()
		v := upToDate(t, s, c)
		area := image.Rect(64, 64, 256, 256)
		for n := range uint32(4) {
			s.fill(area, waves(n))
			s.show(c)
			v.next()
			v.sees(s)
			time.Sleep(haste + 1)
		}
		if v.jpegs > 0 {
			t.Fatal("a JPEG of what changes rarely")
		}
		time.Sleep(time.Hour)
		for n := range uint32(5) {
			s.fill(area, waves(n))
			s.show(c)
			v.next()
			if want := max(0, int(n)+2-changes); v.jpegs != want {
				t.Errorf("%d JPEGs after change %d", v.jpegs, n+1)
			}
			time.Sleep(haste)
		}
		v.settle()
		v.sees(s)
		v.stream.Close()
	})
}

// A little film would be longer as a JPEG, because of what JPEGs begin with.
func TestLittleFilmIsExact(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, c := newScreen(t, 640, 480), NewCanvas()
		v := upToDate(t, s, c)
		for n := range uint32(3 * changes) {
			s.fill(image.Rect(70, 70, 110, 120), waves(n))
			s.fill(image.Rect(200, 136, 300, 176), waves(n)) // of 4,000 pixels
			s.show(c)
			v.next()
			v.sees(s)
			time.Sleep(33 * time.Millisecond)
		}
		if v.jpegs > 0 {
			t.Errorf("%d JPEGs", v.jpegs)
		}
		s.fill(image.Rect(200, 135, 300, 176), waves(30)) // of 4,100
		s.show(c)
		v.next()
		if v.jpegs != 1 {
			t.Errorf("%d JPEGs of a film that is large enough", v.jpegs)
		}
		v.stream.Close()
	})
}

func TestJPEGsOnlyForWhoKnowsThem(t *testing.T) {
	t.Parallel()
	s, c := newScreen(t, 640, 480), NewCanvas()
	s.fill(s.bounds(), waves(1))
	s.show(c)
	for _, v := range []*viewer{newViewer(t, c), copying(t, c)} {
		v.catchUp()
		v.sees(s)
		if v.jpegs > 0 {
			t.Errorf("%d JPEGs", v.jpegs)
		}
	}
}

// A picture with more photographs than a moment may have comes in several.
func TestMostPhotosOfAMoment(t *testing.T) {
	t.Parallel()
	s, c := newScreen(t, 2048, 2048+64), NewCanvas()
	s.fill(s.bounds(), func(x, y int) uint32 { return uint32(x&63+y&31) * 0x010203 })
	s.show(c)
	v := keen(t, c)
	area := func() (sum int) {
		for _, u := range v.updates {
			for _, j := range u.JPEGs {
				sum += int(j.W) * int(j.H)
			}
		}
		return sum
	}
	v.next()
	if n := area(); n != maxPhotos {
		t.Errorf("%d pixels in a moment", n)
	}
	if !v.stale() || !v.next() || area() != 2048*64 {
		t.Errorf("%d pixels in the next", area())
	}
	v.stream.Close()
}

// Photographs get their turn, however full the moments are of other things.
func TestNoPhotoStarves(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		rnd := seeded(t)
		s, c := newScreen(t, 640, 704), NewCanvas()
		v := upToDate(t, s, c)
		top, bottom := image.Rect(0, 0, 640, 512), image.Rect(0, 512, 640, 704)
		s.fill(bottom, waves(1))
		for moments := 0; v.decoder.Picture().RGBAAt(320, 600).R == 0; moments++ {
			if moments == 3 {
				t.Fatal("the photograph did not come in three moments")
			}
			s.fill(top, noise(rnd)) // more than maxMoment
			s.show(c)
			v.next()
			time.Sleep(20 * time.Millisecond)
		}
		v.settle()
		v.sees(s)
		v.stream.Close()
	})
}

// A photograph that is no large one, and for which the moment has no room as a
// tile, is a JPEG of its cell.
func TestPhotoOfAFullMoment(t *testing.T) {
	t.Parallel()
	s, c := newScreen(t, 128, 64), NewCanvas()
	s.fill(s.bounds(), waves(1))
	s.show(c)
	v := keen(t, c)
	v.stream.begin()
	v.stream.batch.code = make([]byte, maxMoment-100)
	if !v.stream.fill(0) || len(v.stream.batch.jpegs) != 2 || !v.stream.losses.any() {
		t.Errorf("%d JPEGs", len(v.stream.batch.jpegs))
	}
}

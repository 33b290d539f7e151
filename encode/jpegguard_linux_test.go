package encode

import (
	"bytes"
	"image"
	"math"
	"os"
	"testing"

	"golang.org/x/sys/unix"
)

// guarded returns n bytes between two pages that nobody may touch: at their end,
// or at their beginning.
func guarded(t *testing.T, n int, atEnd bool) []byte {
	t.Helper()
	page := os.Getpagesize()
	size := (n + page - 1) / page * page
	all, err := unix.Mmap(-1, 0, size+2*page, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_PRIVATE|unix.MAP_ANON)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := unix.Munmap(all); err != nil {
			t.Error(err)
		}
	})
	for _, guard := range [][]byte{all[:page], all[page+size:]} {
		if err := unix.Mprotect(guard, unix.PROT_NONE); err != nil {
			t.Fatal(err)
		}
	}
	from := page
	if atEnd {
		from += size - n
	}
	return all[from : from+n : from+n]
}

// Nothing outside of a picture is read, whatever its size and wherever in it a
// JPEG lies; and nothing of it is written.
func TestJPEGStaysInside(t *testing.T) {
	t.Parallel()
	rnd := seeded(t)
	for n := range rounds(150) {
		w, h := 1+rnd.IntN(70), 1+rnd.IntN(70)
		src := raster{guarded(t, 4*w*h, n%2 == 0), 4 * w}
		hardPixels(rnd, src.pix)
		before := bytes.Clone(src.pix)
		whole := image.Rect(0, 0, w, h)
		for _, area := range []image.Rectangle{whole, image.Rect(rnd.IntN(w), rnd.IntN(h), w, h)} {
			wide, plain := jpegWriter{}, jpegWriter{plain: true}
			got, _ := wide.append(nil, src, area, quality, math.MaxInt)
			want, _ := plain.append(nil, src, area, quality, math.MaxInt)
			if !bytes.Equal(got, want) {
				t.Fatalf("%v of %v: the ways differ", area, whole)
			}
		}
		if !bytes.Equal(src.pix, before) {
			t.Fatalf("%v: the picture has changed", whole)
		}
	}
}

package encode

import (
	"bytes"
	"image"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"telestrator/protocol"
)

// A mask hides what is under it at every time, and a change under it makes no
// traffic: not a byte depends on the secret.
func TestMaskedPixelsNeverDecode(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	mask := image.Rect(50, 30, 170, 100)
	run := func(secret uint64) (chunks [][]byte) {
		rnd, hidden := rand.New(rand.NewPCG(seed, 1)), rand.New(rand.NewPCG(seed, secret))
		s, c := newScreen(t, 256, 128, mask), NewCanvas()
		v := newViewer(t, c)
		for range rounds(100) {
			s.scribble(rnd)
			s.fill(mask, noise(hidden))
			s.show(c)
			for v.next() {
				for _, u := range v.updates {
					chunks = append(chunks, slices.Clone(u.Tiles))
				}
			}
			v.sees(s)
			flat(t, v.decoder.Picture(), mask)
		}
		return chunks
	}
	if a, b := run(10), run(11); !slices.EqualFunc(a, b, slices.Equal[[]byte]) {
		t.Fatalf("the secret shows in the bytes; seed %#x", seed)
	}
}

// The same with all that a viewer may understand: photographs, text and scrolls
// around the mask and under it. What is sent does not depend on the secret by a
// byte, at no time; and while the rest stands still, nothing is sent.
func TestMaskedPixelsNeitherMoveNorBlur(t *testing.T) {
	t.Parallel()
	mask := image.Rect(100, 90, 330, 270)
	run := func(seed, secret uint64) (sent []byte, full bool) {
		synctest.Test(t, func(t *testing.T) {
			rnd, hidden := rand.New(rand.NewPCG(seed, 1)), rand.New(rand.NewPCG(seed, secret))
			s, c := newScreen(t, 520, 430, mask), NewCanvas()
			v := keen(t, c)
			for range rounds(60) + 10 {
				s.fill(mask, solid(7)) // what scrolls out is not the secret
				s.change(rnd)
				s.conceal(mask, hidden)
				s.show(c)
				for range 2 {
					v.next()
					for i := range v.updates {
						sent = append(sent, wireOf(t, &v.updates[i])...)
					}
					v.agrees(s)
					s.conceal(mask, hidden)
					s.show(c)
				}
				time.Sleep(time.Duration(rnd.IntN(150)) * time.Millisecond)
			}
			full = v.copies > 0 && v.jpegs > 0
			v.settle()
			flat(t, v.decoder.Picture(), mask)
			for range 5 {
				s.scroll(mask, 5, noise(hidden))
				s.conceal(mask, hidden)
				s.show(c)
				if v.stale() || v.next() {
					t.Fatal("the secret alone made an update")
				}
			}
			v.stream.Close()
		})
		return sent, full
	}
	for range 20 { // until there were copies and JPEGs to tell by
		seed := rand.Uint64()
		a, full := run(seed, 10)
		if b, _ := run(seed, 11); !bytes.Equal(a, b) {
			t.Fatalf("the secret shows in the bytes; seed %#x", seed)
		}
		if full {
			return
		}
	}
	t.Error("no run had both copies and JPEGs")
}

// conceal changes what is under a mask.
func (s *screen) conceal(mask image.Rectangle, hidden *rand.Rand) {
	switch hidden.IntN(3) {
	case 0:
		s.fill(mask, noise(hidden))
	case 1:
		s.fill(mask, waves(hidden.Uint32()))
	default:
		s.fill(mask, text(hidden.Uint32()))
	}
}

func wireOf(tb testing.TB, u *protocol.Update) []byte {
	tb.Helper()
	wire, err := protocol.Append(nil, u)
	if err != nil {
		tb.Fatal(err)
	}
	return wire
}

// flat checks that all of r has one colour.
func flat(tb testing.TB, img *image.RGBA, r image.Rectangle) {
	tb.Helper()
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if img.RGBAAt(x, y) != img.RGBAAt(r.Min.X, r.Min.Y) {
				tb.Fatalf("the mask is not flat at %d,%d", x, y)
			}
		}
	}
}

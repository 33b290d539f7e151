package agentd

import (
	"bytes"
	"image"
	"math/rand/v2"
	"testing"

	"telestrator/encode"
	"telestrator/privacy"
)

// TestGlassMostMoments: a picture of more moments than are joined is complete
// after the next look, and one of as many at once.
func TestGlassMostMoments(t *testing.T) {
	for rows, looks := range map[int]int{400: 1, 600: 2} {
		size := image.Pt(2400, rows) // of noise: one moment for 100 rows
		pix := make([]byte, 4*size.X*size.Y)
		noise := rand.NewChaCha8([32]byte{})
		_, _ = noise.Read(pix)
		guard, err := privacy.NewFixed(privacy.Policy{Unknown: privacy.Allow})
		if err != nil {
			t.Fatal(err)
		}
		guard.Begin()
		released, damage, err := guard.Release(pix, 4*size.X, size, nil, true)
		if err != nil {
			t.Fatal(err)
		}
		canvas := encode.NewCanvas()
		canvas.Compare(released, damage, encode.Geometry{Generation: 1})
		g := newGlass(canvas, eyes{})
		for n := 1; ; n++ {
			if changed, err := g.read(); err != nil || !changed {
				t.Fatalf("look %d at %d rows: %t, %v", n, rows, changed, err)
			}
			complete := exact(g.decoder.Picture(), released)
			if complete != (n == looks) {
				t.Errorf("%d rows are complete after look %d: %t", rows, n, complete)
			}
			if n == looks {
				break
			}
		}
		g.stream.Close()
	}
}

// exact says whether a decoded picture is the released one.
func exact(got *image.RGBA, want *privacy.Picture) bool {
	for y := range want.Bounds().Dy() {
		row := bytes.Clone(want.Row(y))
		for i := 0; i < len(row); i += 4 {
			row[i], row[i+2], row[i+3] = row[i+2], row[i], 0xff
		}
		if !bytes.Equal(row, got.Pix[y*got.Stride:][:len(row)]) {
			return false
		}
	}
	return true
}

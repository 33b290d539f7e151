package capture

import (
	"image"
	"testing"
)

func TestStraight(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ bgra, want [4]byte }{
		{[4]byte{10, 20, 30, 255}, [4]byte{30, 20, 10, 255}},
		{[4]byte{0, 0, 0, 0}, [4]byte{}},
		{[4]byte{0, 64, 128, 128}, [4]byte{255, 128, 0, 128}},
		{[4]byte{200, 1, 0, 1}, [4]byte{0, 255, 255, 1}}, // brighter than its alpha allows
	} {
		if got := straight(c.bgra[:], image.Pt(1, 1)); [4]byte(got) != c.want {
			t.Errorf("%v became %v, want %v", c.bgra, got, c.want)
		}
	}
}

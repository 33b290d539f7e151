package ink

import (
	"encoding/binary"
	"image"
	"reflect"
	"testing"

	"telestrator/fuzz/bound"
	"telestrator/protocol"
)

// FuzzSheet reads any bytes as a stroke that grows. The marks lie on the
// screen, none over another, and are those of a stroke drawn at once.
func FuzzSheet(f *testing.F) {
	f.Add([]byte{4, 1, 0, 10, 0, 10, 0, 200, 0, 10, 0, 200, 0, 150})
	f.Add([]byte{64, 3, 0, 0, 0, 0, 255, 255, 255, 255, 0, 5, 0, 7, 0, 5, 0, 7, 1, 5, 0, 9})
	f.Fuzz(func(t *testing.T, script []byte) {
		bound.Check(t, func() {
			script := script
			if len(script) < 6 || len(script) > 400 {
				return
			}
			area := image.Rect(-20, 10, 280, 210)
			s := Stroke{Owner: "a", Number: 1, Width: 1 + int(script[0]%protocol.MaxWidth)}
			step := 1 + int(script[1]%8)
			for script = script[2:]; len(script) >= 4; script = script[4:] {
				x, y := binary.BigEndian.Uint16(script), binary.BigEndian.Uint16(script[2:])
				s.Points = append(s.Points, image.Pt(int(x), int(y)))
			}
			var sheet Sheet
			for n := 1; n < len(s.Points); n += step {
				sheet.Marks([]Stroke{s.upTo(n)}, area)
			}
			got := sheet.Marks([]Stroke{s}, area)
			if want := new(Sheet).Marks([]Stroke{s}, area); len(got) != len(want) || len(got) > 0 && !reflect.DeepEqual(got, want) {
				t.Fatalf("grown, it has %d marks, at once %d", len(got), len(want))
			}
			for _, n := range rasterOf(area, got).cover {
				if n > 1 {
					t.Fatal("marks of one stroke overlap")
				}
			}
		})
	})
}

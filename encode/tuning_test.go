package encode

import (
	"testing"

	"telestrator/protocol"
)

// A moment of photographs has room for as many as JPEGs of late let expect: what
// the first ones were taken for is forgotten.
func TestDensityIsLearnt(t *testing.T) {
	t.Parallel()
	s := NewCanvas().NewStream()
	s.tuning.Most = 100_000
	s.photos.area = 1 << 20
	if !s.enough() {
		t.Error("a quarter of a byte for each of a million pixels fits into 100,000 bytes")
	}
	jpegs := []protocol.JPEG{{W: 1000, H: 500, Data: make([]byte, 15_000)}, {W: 100, H: 100, Data: make([]byte, 300)}}
	for range 20 {
		s.weigh([]protocol.Update{{JPEGs: jpegs}, {}})
	}
	if s.enough() {
		t.Errorf("%.3f bytes a pixel after JPEGs of 0.03", s.density)
	}
	s.photos.area *= 4
	if !s.enough() {
		t.Errorf("four million pixels of %.3f bytes fit into 100,000 bytes", s.density)
	}
}

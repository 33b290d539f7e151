package encode

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"testing"
)

func TestJPEGsRefused(t *testing.T) {
	t.Parallel()
	good := encoded(t, 20, 10, color.White)
	frame := bytes.Index(good, []byte{0xff, markerSOF0})
	with := func(at int, b byte) []byte {
		data := bytes.Clone(good)
		data[at] = b
		return data
	}
	cases := []struct {
		name string
		data []byte
		size image.Point
		want error
	}{
		{"as it is", good, image.Pt(20, 10), nil},
		{"nothing", nil, image.Pt(20, 10), errNoJPEG},
		{"start only", good[:2], image.Pt(20, 10), errNoJPEG},
		{"cut before its size", good[:frame+6], image.Pt(20, 10), errNoJPEG},
		{"no start", with(0, 0), image.Pt(20, 10), errNoJPEG},
		{"wider", good, image.Pt(21, 10), errOfSize},
		{"lower", good, image.Pt(20, 9), errOfSize},
		{"progressive", with(frame+1, 0xc2), image.Pt(20, 10), errNoJPEG},
		{"arithmetic", with(frame+1, 0xc9), image.Pt(20, 10), errNoJPEG},
		{"scan first", with(frame+1, 0xda), image.Pt(20, 10), errNoJPEG},
		{"no length", with(frame+3, 1), image.Pt(20, 10), errNoJPEG},
		{"two components", with(frame+9, 2), image.Pt(20, 10), errNoJPEG},
		{"four components", with(frame+9, 4), image.Pt(20, 10), errNoJPEG},
		{"states the largest", with(frame+5, 0xff), image.Pt(20, 10), errOfSize},
	}
	for _, c := range cases {
		if _, err := decodeJPEG(c.data, c.size); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	if _, err := decodeJPEG(good[:len(good)-30], image.Pt(20, 10)); err == nil {
		t.Error("a JPEG without its end is taken")
	}
}

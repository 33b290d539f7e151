package frame

import (
	"bytes"
	"errors"
	"testing"

	"telestrator/fuzz/bound"
)

// FuzzFrame: what decodes encodes to the same bytes, and what does not has a
// reason with a sentence.
func FuzzFrame(f *testing.F) {
	for _, x := range examples {
		f.Add(raw(f, x.bytes), x.from == Device)
	}
	f.Add([]byte{}, true)
	f.Add([]byte{0x82, 0x03, 0xbf, 0x01, 0x01, 0xff}, true)
	f.Add([]byte{0x82, 0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xa0}, false)
	f.Fuzz(func(t *testing.T, data []byte, fromDevice bool) {
		bound.Check(t, func() {
			from := Desk
			if fromDevice {
				from = Device
			}
			got, err := Decode(data, from)
			if err != nil {
				var refused *Error
				if !errors.As(err, &refused) || refused.Reason.String() == "" {
					t.Fatalf("refused without a reason: %v", err)
				}
				return
			}
			again, err := Encode(got)
			if err != nil || !bytes.Equal(again, data) {
				t.Fatalf("%x decodes to %+v, which encodes to %x, %v", data, got, again, err)
			}
		})
	})
}

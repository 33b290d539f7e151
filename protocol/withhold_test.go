package protocol

import (
	"bytes"
	"testing"
)

// TestWithhold: what is typed is in no recording of a device, everything else
// is there as it was.
func TestWithhold(t *testing.T) {
	t.Parallel()
	typed := map[Kind]Message{
		KindKey:  &Key{10, 4, WithheldCode, true},
		KindHeld: &Held{11, 4, nil},
		KindText: &Text{12, 4, WithheldText},
	}
	for k, m := range samples() {
		if kinds[k].channels[ToDevice] == 0 {
			continue
		}
		wire, err := Append(nil, m)
		if err != nil {
			t.Fatal(err)
		}
		want := wire
		if other := typed[k]; other != nil {
			if want, err = Append(nil, other); err != nil {
				t.Fatal(err)
			}
		}
		if got := Withhold(wire); !bytes.Equal(got, want) {
			t.Errorf("%s: %x, want %x", k, got, want)
		}
	}
}

// TestWithholdWhole: nothing is kept of what is not a message of a console.
func TestWithholdWhole(t *testing.T) {
	t.Parallel()
	text, err := Append(nil, &Text{1, 1, "secret"})
	if err != nil {
		t.Fatal(err)
	}
	welcome, err := Append(nil, samples()[KindWelcome])
	if err != nil {
		t.Fatal(err)
	}
	sloppy := append([]byte{0x82, 0x18, 0x06, 0xa1, 0x01}, 0x01) // kind 6 in two bytes
	for name, wire := range map[string][]byte{
		"nothing": nil, "half": text[:len(text)-1], "more": append(bytes.Clone(text), 0),
		"unknown kind": {0x82, 0x14, 0xa1, 0x01, 0x66, 's', 'e', 'c', 'r', 'e', 't'},
		"other keys":   {0x82, 0x06, 0xa1, 0x02, 0x01}, "other type": {0x82, 0x06, 0xa1, 0x01, 0x66, 's', 'e', 'c', 'r', 'e', 't'},
		"of a device": welcome, "not canonical": sloppy,
	} {
		if got := Withhold(wire); got != nil {
			t.Errorf("%s: %x is kept", name, got)
		}
	}
}

package protocol

import (
	"encoding/hex"
	"path/filepath"
	"slices"
	"testing"

	"telestrator/fuzz/bound"
)

// FuzzDecode decides any bytes in any direction, channel and state. Nothing
// panics, what is accepted encodes to itself, and what is refused has a code.
func FuzzDecode(f *testing.F) {
	files, _ := filepath.Glob("testdata/vectors/*.json")
	for _, file := range files {
		for _, v := range readVectors(f, file) {
			wire, _ := hex.DecodeString(v.Hex)
			f.Add(wire, slices.Index(wayNames, v.Direction) == 1,
				uint8(slices.Index(channelNames, v.Channel)), uint8(slices.Index(stateNames[:], v.State)))
		}
	}
	f.Fuzz(func(t *testing.T, wire []byte, toConsole bool, on, in uint8) {
		bound.Check(t, func() {
			way := ToDevice
			if toConsole {
				way = ToConsole
			}
			m, _, err := Decode(wire, way, Channel(on%8), State(in%uint8(Over+1)))
			if err == nil {
				again, err := Append(nil, m)
				if err != nil || string(again) != string(wire) {
					t.Errorf("%x was accepted and encodes to %x (%v)", wire, again, err)
				}
			} else if _, code := verdictOf(wire, way, Channel(on%8), State(in%uint8(Over+1))); code == 0 {
				t.Errorf("%x: %v has no code", wire, err)
			}
		})
	})
}

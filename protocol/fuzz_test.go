package protocol

import (
	"testing"

	"telestrator/fuzz/bound"
)

// FuzzDecode decides any bytes in any direction, channel and state. Nothing
// panics, what is accepted encodes to itself, and what is refused has a code.
func FuzzDecode(f *testing.F) {
	seeds := allVectors(f)
	for _, c := range ReadConversations(f) {
		for _, m := range c.Messages {
			seeds = append(seeds, m.vector)
		}
	}
	for _, v := range seeds {
		q := asQuestion(f, v)
		f.Add(q.wire, q.way == ToConsole, uint8(q.on), uint8(q.in))
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

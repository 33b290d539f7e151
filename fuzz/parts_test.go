package fuzz

import (
	"bytes"
	"testing"

	"telestrator/fuzz/bound"
	"telestrator/protocol"
)

// Parts of long messages enter on screen, in order, and on evt, in any order.
// A script of them is played to a joiner: what it gives is what was sent, at
// most as long as it may be, and no message comes twice.

func FuzzPartsOrdered(f *testing.F)   { parts(f, false) }
func FuzzPartsUnordered(f *testing.F) { parts(f, true) }

func parts(f *testing.F, unordered bool) {
	f.Add([]byte{1, 0, 2, 5, 1, 1, 2, 5, 2, 1, 3, 9, 2, 0, 3, 9, 2, 2, 3, 9})
	f.Add([]byte{1, 0, 3, 1, 1, 2, 3, 1, 1, 1, 3, 1, 1, 1, 3, 1})
	f.Add([]byte{1, 0, 2, 1, 2, 0, 2, 1, 1, 1, 2, 1, 2, 1, 2, 1})
	f.Add(bytes.Repeat([]byte{7, 0, 255, 250}, 60))
	for i, long := 0, []byte{}; i < 18; i++ {
		if long = append(long, 9, byte(i), 18, 254); i == 17 {
			f.Add(long)
		}
	}
	f.Fuzz(func(t *testing.T, script []byte) {
		bound.Check(t, func() { join(t, &protocol.Joiner{Unordered: unordered}, script) })
	})
}

// content is what all parts are cut from: neighbours differ.
var content = func() []byte {
	all := make([]byte, 2*protocol.MaxPart)
	for i := range all {
		all[i] = byte(i*7 + i>>8)
	}
	return all
}()

// join plays a script of four bytes a part: message, index, count, length.
func join(t *testing.T, j *protocol.Joiner, script []byte) {
	sent := map[uint32]map[uint32][]byte{}
	done := uint32(0)
	for ; len(script) >= 4; script = script[4:] {
		p := &protocol.Part{Message: uint32(script[0]), Index: uint32(script[1]), Count: uint32(script[2]),
			Bytes: content[script[1]:][:int(script[3])*protocol.MaxPart/255]}
		if _, err := protocol.Append(nil, p); err != nil {
			continue // no reader lets it come so far
		}
		if !j.Unordered && sent[p.Message] != nil && p.Index == 0 {
			clear(sent[p.Message])
		}
		if sent[p.Message] == nil {
			sent[p.Message] = map[uint32][]byte{}
		}
		if sent[p.Message][p.Index] == nil {
			sent[p.Message][p.Index] = p.Bytes
		}
		whole, err := j.Add(p)
		if err != nil {
			if codeOf(t, err) != protocol.BadData {
				t.Fatal(err)
			}
			return // it ends the connection
		}
		if whole == nil {
			continue
		}
		if p.Message <= done {
			t.Fatalf("message %d after message %d", p.Message, done)
		}
		done = p.Message
		joined(t, whole, sent[p.Message], p.Count)
	}
}

// joined compares a whole message with the parts that were sent.
func joined(t *testing.T, whole []byte, pieces map[uint32][]byte, count uint32) {
	t.Helper()
	var want []byte
	for i := range count {
		want = append(want, pieces[i]...)
	}
	if !bytes.Equal(whole, want) || len(whole) > protocol.MaxJoined {
		t.Fatalf("%d bytes were joined out of %d, at most %d", len(whole), len(want), protocol.MaxJoined)
	}
}

// FuzzJoined decides any bytes as a message that was joined from parts.
func FuzzJoined(f *testing.F) {
	for _, s := range samples(f, protocol.ToConsole) {
		f.Add(s.wire, uint8(s.on), uint8(s.in))
	}
	f.Fuzz(func(t *testing.T, wire []byte, on, in uint8) {
		bound.Check(t, func() {
			m, _, err := protocol.DecodeJoined(wire, protocol.Channel(on%8), protocol.State(in%uint8(protocol.Over+1)))
			switch {
			case err != nil:
				codeOf(t, err)
			case m.Kind() == protocol.KindPart:
				t.Fatal("a part inside parts")
			default:
				same(t, wire, m)
			}
		})
	})
}

package fuzz

import (
	"bytes"
	"errors"
	"testing"

	"telestrator/fuzz/bound"
	"telestrator/protocol"
)

// A data channel, in a direction, is where messages enter. Its target decides
// any bytes in any state: nothing panics, what is accepted encodes to itself,
// what is refused has a code, and the verdict is the table's.

func FuzzCtl(f *testing.F)            { channel(f, protocol.ToDevice, protocol.ChannelCtl) }
func FuzzInput(f *testing.F)          { channel(f, protocol.ToDevice, protocol.ChannelInput) }
func FuzzMove(f *testing.F)           { channel(f, protocol.ToDevice, protocol.ChannelMove) }
func FuzzInk(f *testing.F)            { channel(f, protocol.ToDevice, protocol.ChannelInk) }
func FuzzPingToDevice(f *testing.F)   { channel(f, protocol.ToDevice, protocol.ChannelPing) }
func FuzzScreenToDevice(f *testing.F) { channel(f, protocol.ToDevice, protocol.ChannelScreen) }
func FuzzEvt(f *testing.F)            { channel(f, protocol.ToConsole, protocol.ChannelEvt) }
func FuzzPingToConsole(f *testing.F)  { channel(f, protocol.ToConsole, protocol.ChannelPing) }
func FuzzScreen(f *testing.F)         { channel(f, protocol.ToConsole, protocol.ChannelScreen) }

func channel(f *testing.F, way protocol.Direction, on protocol.Channel) {
	for _, v := range vectors(f) {
		if v.way == way && v.on == on {
			f.Add(v.wire, uint8(v.in))
		}
	}
	for _, s := range samples(f, way) {
		f.Add(s.wire, uint8(s.in))
	}
	f.Fuzz(func(t *testing.T, wire []byte, in uint8) {
		bound.Check(t, func() { decide(t, wire, way, on, protocol.State(in%uint8(protocol.Over+1))) })
	})
}

// verdict is what becomes of a message: taken, dropped or refused for a code.
type verdict struct {
	drop bool
	code protocol.Code
}

// verdictOf decides once, without touching the bytes.
func verdictOf(t *testing.T, wire []byte, way protocol.Direction, on protocol.Channel, in protocol.State) (protocol.Message, verdict) {
	t.Helper()
	before := bytes.Clone(wire)
	m, drop, err := protocol.Decode(wire, way, on, in)
	if !bytes.Equal(wire, before) {
		t.Fatalf("%x was written to", before)
	}
	if err == nil {
		return m, verdict{drop: drop}
	}
	return nil, verdict{code: codeOf(t, err)}
}

// codeOf is the code of a refusal, which has one, and a reason without bytes in
// it that a log or a page could not show.
func codeOf(t *testing.T, err error) protocol.Code {
	t.Helper()
	var failure *protocol.Error
	if !errors.As(err, &failure) || failure.Code == 0 || failure.Code == protocol.Internal || failure.Reason == "" {
		t.Fatalf("refused without a code or reason: %v", err)
	}
	if i := bytes.IndexFunc([]byte(failure.Reason), func(r rune) bool { return r < ' ' || r > '~' }); i >= 0 {
		t.Fatalf("a reason with foreign bytes: %q", failure.Reason)
	}
	return failure.Code
}

func decide(t *testing.T, wire []byte, way protocol.Direction, on protocol.Channel, in protocol.State) {
	m, got := verdictOf(t, wire, way, on, in)
	if again, twice := verdictOf(t, wire, way, on, in); twice != got || (again == nil) != (m == nil) {
		t.Fatalf("%x is decided as %v and then as %v", wire, got, twice)
	}
	if m != nil {
		same(t, wire, m)
	}
	elsewhen(t, wire, way, on)
}

// same holds an accepted message to encoding to itself.
func same(t *testing.T, wire []byte, m protocol.Message) {
	t.Helper()
	again, err := protocol.Append(nil, m)
	if err != nil || !bytes.Equal(again, wire) {
		t.Fatalf("%x was accepted as %s and encodes to %x (%v)", wire, m.Kind(), again, err)
	}
}

// elsewhen compares the verdicts of all states: the table alone makes the
// difference, and what is wrong in itself is wrong in every state in which the
// table lets it come so far.
func elsewhen(t *testing.T, wire []byte, way protocol.Direction, on protocol.Channel) {
	t.Helper()
	kind, known := protocol.KindOf(wire)
	var itself *protocol.Code
	for in := protocol.Opening; in <= protocol.Over; in++ {
		_, v := verdictOf(t, wire, way, on, in)
		if v.code == protocol.BadState {
			if known && protocol.Judge(way, in, kind) != protocol.End {
				t.Fatalf("%s is refused while %s, against the table", kind, in)
			}
			continue
		}
		if v.code == 0 && v.drop != (protocol.Judge(way, in, kind) == protocol.Drop) {
			t.Fatalf("%s while %s: drop %v, against the table", kind, in, v.drop)
		}
		if itself == nil {
			itself = &v.code
		}
		if *itself != v.code {
			t.Fatalf("%x is refused for %v or for %v, by the state", wire, *itself, v.code)
		}
	}
}

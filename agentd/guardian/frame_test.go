package guardian

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestFrameLimit(t *testing.T) {
	empty := bytes.Buffer{}
	if err := writeFrame(&empty, report{Kind: reportDone}); err != nil {
		t.Fatal(err)
	}
	spare := maxFrame - (empty.Len() - 4) - len(`,"error":""`)
	var wire bytes.Buffer
	long := report{Kind: reportDone, Error: strings.Repeat("x", spare)}
	if err := writeFrame(&wire, long); err != nil || wire.Len() != 4+maxFrame {
		t.Fatalf("%d bytes: %v", wire.Len(), err)
	}
	var got report
	if err := readFrame(&wire, &got); err != nil || got.Error != long.Error {
		t.Errorf("at the limit: %v", err)
	}
	long.Error += "x"
	if err := writeFrame(io.Discard, long); !errors.Is(err, errLong) {
		t.Errorf("one more was written: %v", err)
	}
	head := binary.BigEndian.AppendUint32(nil, maxFrame+1)
	if err := readFrame(bytes.NewReader(head), &got); !errors.Is(err, errLong) {
		t.Errorf("one more was read: %v", err)
	}
}

// TestHeartbeat is a frame without anything in it.
func TestHeartbeat(t *testing.T) {
	var wire bytes.Buffer
	o := order{}
	if err := writeBeat(&wire); err != nil || readFrame(&wire, &o) != nil || o.Kind != orderBeat || wire.Len() > 0 {
		t.Errorf("%v: %+v, %d bytes left", err, o, wire.Len())
	}
}

func TestBadFrames(t *testing.T) {
	for name, body := range map[string]string{
		"no JSON": "{", "unknown key": `{"kind":"beat","colour":1}`, "wrong type": `{"kind":1}`,
	} {
		wire := append(binary.BigEndian.AppendUint32(nil, uint32(len(body))), body...)
		var o order
		if err := readFrame(bytes.NewReader(wire), &o); err == nil {
			t.Errorf("%s was read: %+v", name, o)
		}
		if len(body) > 0 {
			if err := readFrame(bytes.NewReader(wire[:len(wire)-1]), &o); err == nil {
				t.Errorf("%s, cut short, was read", name)
			}
		}
	}
}

// FuzzFrame reads frames as either side does: whatever comes, it ends.
func FuzzFrame(f *testing.F) {
	for _, v := range []any{order{Kind: orderBeat}, order{Kind: orderWire, Session: "s", Wire: []byte{0x82}}, report{Kind: reportCounts, Counts: &Counts{}}} {
		var wire bytes.Buffer
		if err := writeFrame(&wire, v); err != nil {
			f.Fatal(err)
		}
		f.Add(wire.Bytes())
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, v := range []any{new(order), new(report), new(setup)} {
			in := bytes.NewReader(data)
			for readFrame(in, v) == nil {
			}
		}
	})
}

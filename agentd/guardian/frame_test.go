package guardian

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"io"
	"math"
	"slices"
	"strings"
	"testing"

	"telestrator/fuzz/bound"
	"telestrator/ink"
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

// TestHiddenLimit: the most areas that get an outline fit into a frame wherever
// they are; of a daemon that says more nothing is taken any more.
func TestHiddenLimit(t *testing.T) {
	corner := image.Pt(math.MinInt32, math.MinInt32)
	most := slices.Repeat([]image.Rectangle{{corner, corner.Add(image.Pt(1, 1))}}, ink.MaxHidden)
	var wire bytes.Buffer
	var got order
	if err := writeFrame(&wire, order{Kind: orderHidden, Areas: most}); err != nil {
		t.Fatal(err)
	}
	if err := readFrame(&wire, &got); err != nil || !slices.Equal(got.Areas, most) {
		t.Errorf("read: %v, %v", err, got.Areas)
	}
	k := keeper{hidden: newNewest()}
	if err := k.take(got); err != nil {
		t.Errorf("at the limit: %v", err)
	}
	got.Areas = append(got.Areas, most[0])
	if err := k.take(got); err == nil {
		t.Error("one more was taken")
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
	for _, v := range []any{order{Kind: orderBeat}, order{Kind: orderWire, Session: "s", Wire: []byte{0x82}},
		order{Kind: orderHidden, Areas: []image.Rectangle{image.Rect(1, 2, 3, 4)}}, report{Kind: reportCounts, Counts: &Counts{}}} {
		var wire bytes.Buffer
		if err := writeFrame(&wire, v); err != nil {
			f.Fatal(err)
		}
		f.Add(wire.Bytes())
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		bound.Check(t, func() {
			for _, v := range []any{new(order), new(report), new(setup)} {
				in := bytes.NewReader(data)
				for readFrame(in, v) == nil {
				}
			}
		})
	})
}

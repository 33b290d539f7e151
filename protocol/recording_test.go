package protocol

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

func TestRecording(t *testing.T) {
	t.Parallel()
	var file bytes.Buffer
	r, err := NewRecorder(&file)
	if err != nil {
		t.Fatal(err)
	}
	whole := make([]byte, MaxToConsole)
	for _, data := range [][]byte{nil, []byte("one"), whole} {
		if err := r.Write(ChannelScreen, ToConsole, data); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Write(ChannelScreen, ToConsole, append(whole, 0)); err == nil {
		t.Error("a message that is too long was recorded")
	}
	var sizes []int
	collect := func(r Record) bool { sizes = append(sizes, len(r.Bytes)); return true }
	if err := ReadRecording(iotest.OneByteReader(&file), collect); err != nil || len(sizes) != 3 || sizes[2] != len(whole) {
		t.Fatalf("%v, %v", sizes, err)
	}
}

// record is the bytes of a record as they stand in a file.
func record(t *testing.T, r Record) []byte {
	t.Helper()
	data, err := appendRecord(nil, r)
	if err != nil {
		t.Fatal(err)
	}
	return framed(data)
}

func framed(data []byte) []byte {
	return append(binary.BigEndian.AppendUint32(nil, uint32(len(data))), data...)
}

// TestBrokenRecording: a file that is damaged or cut says where and why, and
// what came before is read.
func TestBrokenRecording(t *testing.T) {
	t.Parallel()
	good := record(t, Record{Time: 5, Channel: ChannelCtl, Bytes: []byte{1}})
	at := int64(len(recordingHeader) + len(good))
	for name, c := range map[string]struct {
		more []byte
		cut  bool
		why  string
	}{
		"length cut":    {[]byte{0, 0, 0}, true, "within the length"},
		"record cut":    {good[:len(good)-1], true, "ends after"},
		"too long":      {binary.BigEndian.AppendUint32(nil, maxRecord+1), false, "at most"},
		"longest, cut":  {binary.BigEndian.AppendUint32(nil, maxRecord), true, "ends after 0"},
		"no record":     {framed(nil), false, "not a map"},
		"channel":       {record(t, Record{Time: 5, Channel: ChannelScreen + 1}), false, "channel"},
		"direction":     {record(t, Record{Time: 5, Direction: 2}), false, "direction"},
		"time":          {record(t, Record{Time: 4}), false, "time"},
		"end of time":   {record(t, Record{Time: MaxInteger + 1}), false, "time"},
		"message":       {record(t, Record{Time: 5, Bytes: make([]byte, MaxToConsole+1)}), false, "at most 65535"},
		"fewer keys":    {framed([]byte{0xa3, 1, 5, 2, 0, 3, 0}), false, "one form"},
		"more keys":     {framed([]byte{0xa5, 1, 5, 2, 0, 3, 0, 4, 0x40, 5, 0}), false, "not a map"},
		"another form":  {framed([]byte{0xa4, 1, 0x18, 5, 2, 0, 3, 0, 4, 0x40}), false, "one form"},
		"more after it": {framed([]byte{0xa4, 1, 5, 2, 0, 3, 0, 4, 0x40, 0}), false, "not a map"},
	} {
		file := append(append([]byte(recordingHeader), good...), c.more...)
		read := 0
		err := ReadRecording(bytes.NewReader(file), func(Record) bool { read++; return true })
		var bad *BadRecording
		if !errors.As(err, &bad) || !errors.Is(err, ErrRecording) || bad.Offset != at || bad.Record != 2 || bad.Cut != c.cut ||
			!strings.Contains(bad.Why, c.why) || read != 1 {
			t.Errorf("%s: %v after %d records, %+v", name, err, read, bad)
		}
	}
}

func TestNoRecording(t *testing.T) {
	t.Parallel()
	for text, cut := range map[string]bool{"": true, "tsrec": true, "tsreq": false, "tsrec\x00\x00\x02": false} {
		var bad *BadRecording
		if _, err := NewRecordingReader(strings.NewReader(text)); !errors.As(err, &bad) || bad.Cut != cut || bad.Record != 0 {
			t.Errorf("%q: %v", text, err)
		}
	}
	broken := errors.New("the disk")
	r := io.MultiReader(strings.NewReader(recordingHeader), iotest.ErrReader(broken))
	if err := ReadRecording(r, func(Record) bool { return true }); !errors.Is(err, broken) || errors.Is(err, ErrRecording) {
		t.Errorf("a disk that fails: %v", err)
	}
}

func TestKindOf(t *testing.T) {
	t.Parallel()
	for k, m := range samples() {
		wire, err := Append(nil, m)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := KindOf(wire); got != k || !ok {
			t.Errorf("%s is a %s, %v", k, got, ok)
		}
		if got, ok := ParseKind(k.String()); got != k || !ok {
			t.Errorf("%s by name is %s, %v", k, got, ok)
		}
		if got, ok := KindOf(wire[:len(wire)-1]); ok {
			t.Errorf("half a %s is a %s", k, got)
		}
	}
	for _, wire := range [][]byte{nil, {0x82, 0x14, 0xa0}, {0x82, 0x19, 0x01, 0x01, 0xa0}} {
		if got, ok := KindOf(wire); ok {
			t.Errorf("%x is a %s", wire, got)
		}
	}
	if _, ok := ParseKind("unknown"); ok {
		t.Error("unknown is a kind")
	}
}

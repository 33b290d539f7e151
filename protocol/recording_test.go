package protocol

import (
	"bytes"
	"errors"
	"testing"
)

func TestRecording(t *testing.T) {
	var file bytes.Buffer
	r, err := NewRecorder(&file)
	if err != nil {
		t.Fatal(err)
	}
	whole := make([]byte, MaxToConsole)
	for _, data := range [][]byte{[]byte("one"), whole} {
		if err := r.Write(ChannelScreen, ToConsole, data); err != nil {
			t.Fatal(err)
		}
	}
	var sizes []int
	collect := func(r Record) bool { sizes = append(sizes, len(r.Bytes)); return true }
	if err := ReadRecording(bytes.NewReader(file.Bytes()), collect); err != nil || len(sizes) != 2 || sizes[1] != len(whole) {
		t.Fatalf("%v, %v", sizes, err)
	}
	for _, broken := range [][]byte{nil, file.Bytes()[:5], file.Bytes()[:file.Len()-1], append([]byte(recordingHeader), 255, 255, 255, 255)} {
		if err := ReadRecording(bytes.NewReader(broken), collect); !errors.Is(err, ErrRecording) {
			t.Errorf("%d bytes: %v", len(broken), err)
		}
	}
}

func TestKindOf(t *testing.T) {
	for k, m := range samples() {
		wire, err := Append(nil, m)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := KindOf(wire); got != k || !ok {
			t.Errorf("%s is a %s, %v", k, got, ok)
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
}

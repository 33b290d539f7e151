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

package protocol

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"testing"
)

// TestScopes goes through names of scopes there and back.
func TestScopes(t *testing.T) {
	for set := range AllScopes + 1 {
		back, ok := ParseScopes(set.Names())
		if !ok || back != set {
			t.Errorf("%q came back as %q, %v", set, back, ok)
		}
	}
	if got := (View | Keyboard).String(); got != "view,keyboard" {
		t.Errorf("view and keyboard are %q", got)
	}
	if set, ok := ParseScopes([]string{"view", "sound"}); ok || set != 0 {
		t.Errorf("sound is a scope: %v", set)
	}
}

// TestWords sees what is said of what has no name.
func TestWords(t *testing.T) {
	if got := Code(7).String(); got != "code 7" {
		t.Errorf("code 7 is %q", got)
	}
	if got := Kind(20).String(); got != "unknown" {
		t.Errorf("kind 20 is %q", got)
	}
	if got := (&Error{Flood, "too fast"}).Error(); got != "protocol: flood: too fast" {
		t.Errorf("an error says %q", got)
	}
	if ToDevice.Other() != ToConsole || ToConsole.Other() != ToDevice {
		t.Error("the other direction is not the other one")
	}
	if got, err := Diagnose([]byte{0x82, 0x03, 0xa0}); err != nil || got != "[3, {}]" {
		t.Errorf("ready is %q, %v", got, err)
	}
}

// TestAppendRefuses sees that what a reader would refuse is not written, and
// that what was written before stays.
func TestAppendRefuses(t *testing.T) {
	for name, m := range map[string]Message{
		"text that is not UTF-8": &Text{1, 1, "\xff"}, "time": &Ping{1, false, MaxInteger + 1},
		"half a point": &StrokePoints{1, 0, []uint16{1}}, "short session": &Welcome{1, nil, "0", "", WelcomeLimits()},
		"tiles of nothing":      &Update{1, 1, true, 0, nil, nil, 0, []byte{1}, nil},
		"no cursor with pixels": &Cursor{1, 0, 0, 0, 0, 0, 0, []byte{1}},
	} {
		var failure *Error
		dst, err := Append([]byte("before"), m)
		if !errors.As(err, &failure) || failure.Code != BadRange || string(dst) != "before" {
			t.Errorf("%s: %q, %v", name, dst, err)
		}
	}
}

// TestSplitAtItsLimits sees what goes whole, what in parts, and what not at all.
func TestSplitAtItsLimits(t *testing.T) {
	for _, c := range []struct{ length, size, pieces int }{
		{MaxWhole, MaxWhole, 1}, {MaxWhole + 1, MaxPart, 2}, {MinPart, MinPart, 1}, {MinPart + 1, MinPart, 2},
		{MaxJoined, MaxPart, 17}, {MaxJoined, MinPart, 129},
	} {
		wire, used, err := Split(make([]byte, c.length), 1, c.size)
		if err != nil || len(wire) != c.pieces || used != (c.pieces > 1) {
			t.Errorf("%d bytes in %d: %d pieces, %v, %v", c.length, c.size, len(wire), used, err)
		}
	}
	if _, _, err := Split(make([]byte, MaxJoined+1), 1, MaxPart); err == nil {
		t.Error("one byte more than parts may be was split")
	}
	if _, _, err := Split(make([]byte, MaxJoined), 1, MaxPart+1); err == nil {
		t.Error("parts of a byte too many were made")
	}
}

// TestDecodeJoined sees that a joined message is judged as any other, and that
// parts are not nested.
func TestDecodeJoined(t *testing.T) {
	whole := fullUpdate(t, MaxToConsole)
	if m, drop, err := DecodeJoined(whole, ChannelScreen, Live); err != nil || drop || m.Kind() != KindUpdate {
		t.Errorf("an update: %v, %v, %v", m, drop, err)
	}
	part, _ := Append(nil, samples()[KindPart])
	for code, wire := range map[Code][]byte{BadData: part, Form: whole[:9], Size: make([]byte, MaxJoined+1)} {
		var failure *Error
		if _, _, err := DecodeJoined(wire, ChannelScreen, Live); !errors.As(err, &failure) || failure.Code != code {
			t.Errorf("%s: %v", code, err)
		}
	}
}

// full is a file with no room left after so many bytes.
type full struct{ left int }

func (f *full) Write(data []byte) (int, error) {
	if f.left -= len(data); f.left < 0 {
		return 0, io.ErrShortWrite
	}
	return len(data), nil
}

// TestRecorderOnAFullDisk sees that it says so.
func TestRecorderOnAFullDisk(t *testing.T) {
	r, err := NewRecorder(&full{len(recordingHeader)})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Write(ChannelEvt, ToConsole, []byte{1}); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("written without room: %v", err)
	}
}

// TestReadRecordingRefuses gives it records that are none.
func TestReadRecordingRefuses(t *testing.T) {
	record := func(channel Channel, way Direction) []byte {
		var file bytes.Buffer
		r, _ := NewRecorder(&file)
		_ = r.Write(channel, way, []byte{1})
		return file.Bytes()
	}
	good := record(ChannelScreen, ToConsole)
	for name, file := range map[string][]byte{
		"a channel beyond the seven": record(ChannelScreen+1, ToConsole), "a third direction": record(ChannelEvt, ToConsole+1),
		"no map": slices.Concat([]byte(recordingHeader), []byte{0, 0, 0, 1, 0x80}), "two bytes of a length": good[:len(recordingHeader)+2],
	} {
		if err := ReadRecording(bytes.NewReader(file), func(Record) bool { return true }); !errors.Is(err, ErrRecording) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := ReadRecording(bytes.NewReader(good), func(Record) bool { return false }); err != nil {
		t.Errorf("a reader who has seen enough: %v", err)
	}
}

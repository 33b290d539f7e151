package main

import (
	"bytes"
	"errors"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"telestrator/peer"
	"telestrator/protocol"
)

const sample = "../../protocol/testdata/recordings/demo"

// replayed plays a recording without waiting, and returns what it came to.
func replayed(t *testing.T, records []protocol.Record) (report, []byte, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.rec")
	var file bytes.Buffer
	r, err := protocol.NewRecorder(&file)
	if err != nil {
		t.Fatal(err)
	}
	for _, record := range records {
		if err := r.Put(record); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(path, file.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	var got report
	o := &options{Replay: path, Raw: path + ".raw"}
	err = o.play(t.Context(), func(r report) error { got = r; return nil })
	raw, _ := os.ReadFile(path + ".raw")
	return got, raw, err
}

func sampleRecords(t *testing.T) (all []protocol.Record) {
	t.Helper()
	data, err := os.ReadFile(sample + ".rec")
	if err != nil {
		t.Fatal(err)
	}
	err = protocol.ReadRecording(bytes.NewReader(data), func(r protocol.Record) bool { all = append(all, r); return true })
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// samplePixels is the picture beside the sample recording.
func samplePixels(t *testing.T) []byte {
	t.Helper()
	file, err := os.Open(sample + ".png")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	img, err := png.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	picture := image.NewRGBA(img.Bounds())
	draw.Draw(picture, picture.Rect, img, image.Point{}, draw.Src)
	return picture.Pix
}

// TestReplay: a recording of a console, and what a device keeps of the same
// session, lead to the picture that was shown, and to the report of a session.
func TestReplay(t *testing.T) {
	t.Parallel()
	all, want := sampleRecords(t), samplePixels(t)
	begin := 0
	for i, r := range all {
		if kind, _ := protocol.KindOf(r.Bytes); kind == protocol.KindGrants {
			begin = i
		}
	}
	for name, records := range map[string][]protocol.Record{"console's": all, "device's": all[begin:]} {
		got, raw, err := replayed(t, records)
		if err != nil || !bytes.Equal(raw, want) {
			t.Errorf("%s: %v, and another picture: %v", name, err, !bytes.Equal(raw, want))
		}
		if got.Frames != 5 || got.Width != 1280 || got.Height != 800 || got.Masks.Last != 1 || len(got.Scopes) != 1 ||
			got.Seconds < 2.2 || got.Seconds > 2.3 || got.RoundTrip.P50 < 0.1 || got.RoundTrip.P50 > 5 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// TestReplayEnds: how a recording ends, and what is wrong in it, is the exit code.
func TestReplayEnds(t *testing.T) {
	t.Parallel()
	all := sampleRecords(t)
	bye, err := protocol.Append(nil, &protocol.Bye{Code: protocol.Stopped, Text: "enough"})
	if err != nil {
		t.Fatal(err)
	}
	last := all[len(all)-1].Time
	said := protocol.Record{Time: last, Channel: protocol.ChannelEvt, Direction: protocol.ToConsole, Bytes: bye}
	if got, _, err := replayed(t, append(all[:len(all):len(all)], said)); err != nil || got.Errors["stopped"] != 1 {
		t.Errorf("with a bye: %v, %+v", err, got.Errors)
	}
	said.Bytes = []byte("nothing")
	var broken *broken
	if _, _, err := replayed(t, append(all[:len(all):len(all)], said)); !errors.As(err, &broken) || codeOf(err) != exitBroken {
		t.Errorf("what is no message: %v", err)
	}
	for i, r := range all { // a picture is missing
		if kind, _ := protocol.KindOf(r.Bytes); kind == protocol.KindUpdate {
			rest := append(all[:i:i], all[i+1:]...)
			if _, _, err := replayed(t, rest); codeOf(err) != exitBroken {
				t.Errorf("without the first picture: %v", err)
			}
			break
		}
	}
}

func TestReplayRefuses(t *testing.T) {
	t.Parallel()
	none := func(report) error { return nil }
	for _, o := range []options{
		{Replay: filepath.Join(t.TempDir(), "none")}, {Replay: sample + ".png"}, {Replay: sample + ".rec", Speed: -1},
		{Replay: sample + ".rec", Speed: maxSpeed + 1},
	} {
		if err := o.play(t.Context(), none); codeOf(err) != exitUsage {
			t.Errorf("%+v: %v", o, err)
		}
	}
	cut, err := os.ReadFile(sample + ".rec")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "cut.rec")
	if err := os.WriteFile(path, cut[:len(cut)-1], 0o600); err != nil {
		t.Fatal(err)
	}
	var frames int
	o := options{Replay: path}
	if err := o.play(t.Context(), func(r report) error { frames = r.Frames; return nil }); codeOf(err) != exitUsage || frames != 5 {
		t.Errorf("a cut file: %v after %d pictures", err, frames)
	}
	if err := (&options{}).run(t.Context()); codeOf(err) != exitUsage {
		t.Errorf("neither a desk nor a file: %v", err)
	}
	if err := (silence{}).Send(peer.Ctl, nil); err != nil {
		t.Error(err)
	}
}

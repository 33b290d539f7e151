package main

import (
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"telestrator/capture/capturetest"
	"telestrator/privacy"
	"telestrator/protocol"
)

// TestMasks hides a window in which text never stands still, and moves it: the
// console is told where it is, which is where the picture is flat, and nothing
// is told of the text.
func TestMasks(t *testing.T) {
	capturetest.Require(t, "xterm", "xdotool")
	display := capturetest.StartXvfb(t, "600x400x24")
	pattern(t, display)
	display.Start(t, "xterm", "-class", "Secret", "-geometry", "30x8+40+30", "-e", "sh", "-c", "while :; do date +%N; sleep 0.02; done")
	window := awaitWindow(t, display, "Secret")
	d := startDemo(t, "--display", display.Name(), "--config", hiding(t))
	folder := t.TempDir()
	recording, got := filepath.Join(folder, "recording"), filepath.Join(folder, "got.raw")
	p := d.probe(d.Code, "--seconds", "4", "--record", recording, "--raw", got)
	d.grant()
	display.Run(t, "xdotool", "windowmove", window, "200", "150")
	report, code := p.wait(t)
	if code != 0 {
		t.Fatalf("probe: exit %d, %+v; %s", code, report, &p.errors)
	}
	list := masksOf(t, recording)
	if n := report.Masks.Messages; n != len(list) || n == 0 || n > 20 || report.Masks.Last != 1 || report.Masks.Most < 1 {
		t.Fatalf("%d masks messages of %+v", len(list), report.Masks)
	}
	t.Logf("%d masks messages, %d pictures, of four seconds in which the text never stood still", len(list), report.Frames)
	area := list[len(list)-1].Areas
	where := image.Rect(int(area[1]), int(area[2]), int(area[1]+area[3]), int(area[2]+area[4]))
	if area[0] != protocol.RuledWindow || where.Min != image.Pt(200, 150) {
		t.Errorf("the last of the masks is %v", area)
	}
	flat(t, got, image.Pt(600, 400), where)
	out, err := exec.Command(filepath.Join(programs, "inspect"), recording).Output()
	if err != nil || len(regexp.MustCompile(`<- evt +masks +\[12, `).FindAll(out, -1)) != len(list) {
		t.Errorf("inspect: %v; %.300s", err, out)
	}
}

// flat wants the picture to be flat where it is, and nowhere beside it.
func flat(t *testing.T, file string, size image.Point, where image.Rectangle) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	seen := &image.RGBA{Pix: raw, Stride: 4 * size.X, Rect: image.Rectangle{Max: size}}
	around := where.Inset(-1)
	for y := around.Min.Y; y < around.Max.Y; y++ {
		for x := around.Min.X; x < around.Max.X; x++ {
			c := seen.RGBAAt(x, y)
			grey := c.R == privacy.Grey>>16 && c.G == privacy.Grey>>8&255 && c.B == privacy.Grey&255
			if inside := (image.Point{X: x, Y: y}).In(where); grey != inside {
				t.Fatalf("at %d, %d, flat is %v, and told %v", x, y, grey, inside)
			}
		}
	}
}

// masksOf is every masks message of a recording. Each came after a grants
// message that grants view.
func masksOf(t *testing.T, recording string) (list []*protocol.Masks) {
	t.Helper()
	file, err := os.Open(recording)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var held protocol.Scopes
	err = protocol.ReadRecording(file, func(r protocol.Record) bool {
		if r.Channel != protocol.ChannelEvt {
			return true
		}
		kind, _ := protocol.KindOf(r.Bytes)
		if !slices.Contains([]protocol.Kind{protocol.KindGrants, protocol.KindMasks}, kind) {
			return true
		}
		m, _, err := protocol.Decode(r.Bytes, protocol.ToConsole, protocol.ChannelEvt, protocol.Live)
		if err != nil {
			t.Fatal(err)
		}
		switch m := m.(type) {
		case *protocol.Grants:
			held = m.Scopes
		case *protocol.Masks:
			if list = append(list, m); held&protocol.View == 0 {
				t.Errorf("told before the grant: %+v", m)
			}
		}
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

package main

import (
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"telestrator/capture/capturetest"
	"telestrator/encode"
	"telestrator/privacy"
	"telestrator/protocol"
)

// secret is the colour of the window that is hidden; nothing else has it.
var secret = [3]uint8{0xfe, 0x01, 0xfd}

// TestHidden drags a window about that a rule hides, below and above another
// one, while everything sent is recorded. No picture of the recording has one
// of its pixels, and what it uncovers is right at once.
func TestHidden(t *testing.T) {
	display := applications(t, "1000x700x24")
	d := startDemo(t, "--display", display.Name(), "--config", hiding(t))
	recording := filepath.Join(t.TempDir(), "recording")
	got := filepath.Join(t.TempDir(), "got.raw")
	p := d.probe(d.Code, "--seconds", "8", "--record", recording, "--raw", got)
	d.grant()
	display.Start(t, "xterm", "-class", "Secret", "-geometry", "40x12+400+300", "-bg", "#fe01fd", "-fg", "#fe01fd",
		"-cr", "#fe01fd", "-e", "sleep", "1000")
	window := awaitWindow(t, display, "Secret")
	for i := range 60 {
		display.Run(t, "xdotool", "windowmove", window, strconv.Itoa(i*13%600), strconv.Itoa(i*29%400))
		if i%10 == 5 {
			display.Run(t, "xdotool", "search", "--onlyvisible", "--name", "Sign in", "windowraise")
		} else if i%10 == 0 {
			display.Run(t, "xdotool", "windowraise", window)
		}
	}
	display.Run(t, "xdotool", "windowkill", window)
	if report, code := p.wait(t); code != 0 || report.Frames < 10 {
		t.Fatalf("probe: exit %d, %+v; %s", code, report, &p.errors)
	}
	pictures := everyPicture(t, recording)
	t.Logf("%d pictures decoded", pictures)
	observe(t, display).alone()
	shot := display.Picture(t)
	raw, err := os.ReadFile(got)
	if err != nil {
		t.Fatal(err)
	}
	if n, where := differences(&image.RGBA{Pix: raw, Stride: shot.Stride, Rect: shot.Rect}, shot); n != 0 {
		t.Errorf("after the window has gone, %d pixels differ, in %v", n, where)
	}
}

// hiding is a configuration that hides windows of the class Secret.
func hiding(t *testing.T) string {
	return configured(t, "privacy: {unknown: allow, windows: [{class: '^Secret$'}]}\n")
}

// awaitWindow waits for a window of a class and returns its id.
func awaitWindow(t *testing.T, display *capturetest.Display, class string) string {
	t.Helper()
	end := time.Now().Add(patience)
	for time.Now().Before(end) {
		cmd := exec.Command("xdotool", "search", "--onlyvisible", "--class", class)
		cmd.Env = append(os.Environ(), "DISPLAY="+display.Name())
		if out, err := cmd.Output(); err == nil && len(out) > 1 {
			return string(out[:len(out)-1])
		}
	}
	t.Fatalf("no window of class %s", class)
	return ""
}

// everyPicture decodes all that was sent and looks for the secret in each
// picture that was shown.
func everyPicture(t *testing.T, recording string) (pictures int) {
	t.Helper()
	file, err := os.Open(recording)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	decoder, receiver := encode.NewDecoder(), protocol.Receiver{}
	err = protocol.ReadRecording(file, func(r protocol.Record) bool {
		if r.Channel != protocol.ChannelScreen || r.Direction != protocol.ToConsole {
			return true
		}
		m, _, err := receiver.Read(r.Bytes, protocol.ChannelScreen, protocol.Live)
		if err != nil {
			t.Fatal(err)
		}
		u, whole := m.(*protocol.Update)
		if !whole {
			return true
		}
		if err := decoder.Decode(u); err != nil {
			t.Fatal(err)
		}
		if u.Last {
			pictures++
			if n := secrets(decoder.Picture()); n > 0 {
				t.Errorf("picture %d has %d pixels of the hidden window", pictures, n)
			}
		}
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	return pictures
}

func secrets(p *image.RGBA) (n int) {
	for i := 0; i < len(p.Pix); i += 4 {
		if [3]uint8(p.Pix[i:i+3]) == secret {
			n++
		}
	}
	return n
}

// TestPanelIsHidden opens the panel on the screen that is shown: the agent
// sees a flat area where the user decides.
func TestPanelIsHidden(t *testing.T) {
	capturetest.Require(t, "chromium", "xdotool")
	display := capturetest.StartXvfb(t, "900x700x24")
	pattern(t, display)
	d := startDemo(t, "--display", display.Name())
	window := image.Rect(100, 80, 700, 600)
	display.Start(t, "chromium", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--password-store=basic", "--test-type", "--no-default-browser-check",
		"--user-data-dir="+t.TempDir(), "--window-position=100,80", "--window-size=600,520", "--app="+d.Panel)
	comesUp(t, display, "Telestrator panel")
	display.WaitStill(t)
	got := filepath.Join(t.TempDir(), "got.raw")
	p := d.probe(d.Code, "--seconds", "3", "--raw", got)
	d.grant()
	if report, code := p.wait(t); code != 0 {
		t.Fatalf("probe: exit %d, %+v; %s", code, report, &p.errors)
	}
	raw, err := os.ReadFile(got)
	if err != nil {
		t.Fatal(err)
	}
	seen := &image.RGBA{Pix: raw, Stride: 4 * 900, Rect: image.Rect(0, 0, 900, 700)}
	for y := window.Min.Y; y < window.Max.Y; y++ {
		for x := window.Min.X; x < window.Max.X; x++ {
			if c := seen.RGBAAt(x, y); c.R != privacy.Grey>>16 || c.G != privacy.Grey>>8&255 || c.B != privacy.Grey&255 {
				t.Fatalf("the panel shows at %d, %d: %v", x, y, c)
			}
		}
	}
}

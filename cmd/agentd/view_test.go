package main

import (
	"fmt"
	"image"
	"image/png"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"telestrator/agentd/panel"
	"telestrator/capture/capturetest"
	"telestrator/privacy"
)

// view asks the panel for what agents see; nil when there is nothing new.
func (d *daemon) view(after string) (status int, number string, picture image.Image) {
	d.t.Helper()
	token, err := os.ReadFile(d.TokenFile)
	if err != nil {
		d.t.Fatal(err)
	}
	origin, _, _ := strings.Cut(d.Panel, "/#")
	request, err := http.NewRequestWithContext(d.t.Context(), "GET", origin+"/api/view?after="+after, nil)
	if err != nil {
		d.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+strings.TrimSpace(string(token)))
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		d.t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return response.StatusCode, "", nil
	}
	if picture, err = png.Decode(response.Body); err != nil {
		d.t.Fatal(err)
	}
	return response.StatusCode, response.Header.Get("View-Number"), picture
}

// TestView: the user is shown what the agent has, the panel's own window in it is
// flat however much goes on there, and without an agent there is nothing.
func TestView(t *testing.T) {
	capturetest.Require(t, "chromium", "xdotool")
	display := capturetest.StartXvfb(t, "900x700x24")
	pattern(t, display)
	d := startDemo(t, "--display", display.Name(), "--config", about(t, "{unknown: allow}"))
	window := image.Rect(100, 80, 700, 600)
	display.Start(t, "chromium", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--password-store=basic", "--test-type", "--no-default-browser-check",
		"--user-data-dir="+t.TempDir(), "--window-position=100,80", "--window-size=600,520", "--app="+d.Panel)
	comesUp(t, display, "Telestrator panel")
	if status, _, _ := d.view("0"); status != http.StatusConflict {
		t.Errorf("before anybody sees the screen: %d", status)
	}
	got := filepath.Join(t.TempDir(), "got.raw")
	p := d.probe(d.Code, "--seconds", "8", "--raw", got)
	d.grant()
	number, seen := d.still()
	for y := window.Min.Y; y < window.Max.Y; y++ {
		for x := window.Min.X; x < window.Max.X; x++ {
			if r, g, b, _ := seen.At(x, y).RGBA(); r>>8 != privacy.Grey>>16 || g>>8 != privacy.Grey>>8&255 || b>>8 != privacy.Grey&255 {
				t.Fatalf("the panel shows at %d, %d", x, y)
			}
		}
	}
	if status, _, _ := d.view(number); status != http.StatusNoContent {
		t.Errorf("the panel's own changes made another picture: %d", status)
	}
	if report, code := p.wait(t); code != 0 {
		t.Fatalf("probe: exit %d, %+v; %s", code, report, &p.errors)
	}
	raw, err := os.ReadFile(got)
	if err != nil {
		t.Fatal(err)
	}
	agents := &image.RGBA{Pix: raw, Stride: 4 * 900, Rect: image.Rect(0, 0, 900, 700)}
	if n, where := differences(seen, agents); n != 0 {
		t.Errorf("what the user is shown differs from what the agent has in %d pixels, in %v", n, where)
	}
	d.until("over", func(s panel.State) bool { return s.State == panel.Over })
	if status, _, _ := d.view("0"); status != http.StatusConflict {
		t.Errorf("after the agent has left: %d", status)
	}
}

// about is a configuration that says this about privacy.
func about(t *testing.T, privacy string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "agentd.yaml")
	if err := os.WriteFile(path, []byte("privacy: "+privacy+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestShowAWindow: a window that nobody can vouch for is flat until the user
// shows it, and then it is there, for the user who looks too.
func TestShowAWindow(t *testing.T) {
	capturetest.Require(t, "xterm", "xdotool")
	display := capturetest.StartXvfb(t, "900x700x24")
	pattern(t, display)
	d := startDemo(t, "--display", display.Name(), "--config", about(t, "{unknown: ask, shown: []}"))
	display.Start(t, "xterm", "-class", "Asked", "-geometry", "40x12+400+300", "-bg", "#fe01fd", "-fg", "#fe01fd", "-cr", "#fe01fd", "-e", "sleep", "1000")
	awaitWindow(t, display, "Asked")
	d.probe(d.Code, "--seconds", "60")
	d.grant()
	is := func(state string) func(panel.State) bool {
		return func(s panel.State) bool {
			return slices.ContainsFunc(s.Privacy.Windows, func(w panel.Window) bool { return w.State == state })
		}
	}
	asked := d.until("unsure", is(panel.WindowUnsure)).Privacy.Windows[0]
	if _, seen := d.still(); shows(seen) {
		t.Error("a window is shown that nobody vouched for")
	}
	d.call("POST", fmt.Sprintf("/api/windows/%d/show", asked.ID), nil, nil)
	d.until("shown", is(panel.WindowShown))
	for end := time.Now().Add(patience); ; {
		if _, seen := d.still(); shows(seen) {
			break
		}
		if time.Now().After(end) {
			t.Fatal("the window that the user has shown is not seen")
		}
	}
	d.call("POST", "/api/stop", nil, nil)
}

// shows says whether the secret is in a picture.
func shows(seen image.Image) bool {
	for y := range seen.Bounds().Dy() {
		for x := range seen.Bounds().Dx() {
			if r, g, b, _ := seen.At(x, y).RGBA(); [3]uint8{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8)} == secret {
				return true
			}
		}
	}
	return false
}

// still looks until nothing new comes.
func (d *daemon) still() (number string, picture image.Image) {
	d.t.Helper()
	number = "0"
	for end := time.Now().Add(patience); time.Now().Before(end); {
		status, next, newer := d.view(number)
		switch {
		case newer != nil:
			number, picture = next, newer
		case status == http.StatusNoContent && picture != nil:
			return number, picture
		}
	}
	d.t.Fatal("what agents see does not come to rest")
	return "", nil
}

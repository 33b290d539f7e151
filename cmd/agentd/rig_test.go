package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"telestrator/agentd/panel"
	"telestrator/capture/capturetest"
	"telestrator/protocol"
)

// The tests of this package run the real programs, as a user would.

const patience = 30 * time.Second

var programs string // folder of the built commands

func TestMain(m *testing.M) {
	os.Exit(func() int {
		folder, err := os.MkdirTemp("", "agentd-test-")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(folder)
		build := exec.Command("go", "build", "-o", folder+"/", "telestrator/cmd/...")
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := build.CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "build: %v\n%s", err, out)
			return 1
		}
		programs = folder
		return m.Run()
	}())
}

// daemon is a running agentd demo, with the panel's API at hand.
type daemon struct {
	t   testing.TB
	cmd *exec.Cmd
	links
	runtime string
	errors  bytes.Buffer
}

// configured is a configuration file.
func configured(t testing.TB, text string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "agentd.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// startDemo starts the demo, by default with a name and runtime folder of its
// own. On a display of the test's, where nobody speaks of password fields,
// unknown windows are shown unless a configuration says otherwise.
func startDemo(t testing.TB, args ...string) *daemon {
	t.Helper()
	return startProgram(t, filepath.Join(programs, "agentd"), args...)
}

// startProgram starts the demo of an agentd that may not be ours.
func startProgram(t testing.TB, agentd string, args ...string) *daemon {
	t.Helper()
	if slices.Contains(args, "--display") && !slices.Contains(args, "--config") {
		args = append(args, "--config", configured(t, "privacy: {unknown: allow}\n"))
	}
	d := &daemon{t: t, runtime: t.TempDir()}
	d.cmd = exec.Command(agentd, append([]string{"demo", "--json"}, args...)...)
	d.cmd.Env = append(os.Environ(), "XDG_RUNTIME_DIR="+d.runtime, "XDG_STATE_HOME="+d.runtime)
	d.cmd.Stderr = &d.errors
	out, err := d.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := d.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.end(syscall.SIGTERM) })
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &d.links)
	}
	if err != nil {
		t.Fatalf("the demo printed %q: %v; %s", line, err, &d.errors)
	}
	return d
}

// end ends the demo and returns its exit code.
func (d *daemon) end(sig os.Signal) int {
	if d.cmd.ProcessState == nil {
		_ = d.cmd.Process.Signal(sig)
		_ = d.cmd.Wait()
	}
	return d.cmd.ProcessState.ExitCode()
}

// call calls the panel's API as the user.
func (d *daemon) call(method, path string, body, answer any) {
	d.t.Helper()
	status, data := d.answer(method, path, body)
	if status != http.StatusOK {
		d.t.Fatalf("%s %s: %d: %s", method, path, status, data)
	}
	if answer != nil {
		if err := json.Unmarshal(data, answer); err != nil {
			d.t.Fatal(err)
		}
	}
}

// answer is call, whatever the answer.
func (d *daemon) answer(method, path string, body any) (status int, data []byte) {
	d.t.Helper()
	token, err := os.ReadFile(d.TokenFile)
	if err != nil {
		d.t.Fatal(err)
	}
	var content io.Reader
	if body != nil {
		data, _ := json.Marshal(body)
		content = bytes.NewReader(data)
	}
	origin, _, _ := strings.Cut(d.Panel, "/#")
	request, err := http.NewRequestWithContext(d.t.Context(), method, origin+path, content)
	if err != nil {
		d.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+strings.TrimSpace(string(token)))
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		d.t.Fatal(err)
	}
	defer response.Body.Close()
	data, _ = io.ReadAll(response.Body)
	return response.StatusCode, data
}

// until waits for a state of the panel.
func (d *daemon) until(what string, is func(panel.State) bool) (state panel.State) {
	d.t.Helper()
	end := time.Now().Add(patience)
	for number := uint64(0); time.Now().Before(end); number = state.Number {
		d.call("GET", fmt.Sprintf("/api/state?after=%d", number), nil, &state)
		if is(state) {
			return state
		}
	}
	d.t.Fatalf("not %s in %v, but %+v", what, patience, state)
	return state
}

// state is the panel's now.
func (d *daemon) state() (state panel.State) {
	d.t.Helper()
	d.call("GET", "/api/state", nil, &state)
	return state
}

// shows waits for what the panel shows without counting it as a change.
func (d *daemon) shows(what string, is func(panel.State) bool) {
	d.t.Helper()
	for end := time.Now().Add(patience); !is(d.state()); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			d.t.Fatalf("not %s in %v", what, patience)
		}
	}
}

// grant waits for somebody to ask, and allows view.
func (d *daemon) grant() { d.allow(protocol.View) }

// allow waits for somebody to ask, and allows some of it.
func (d *daemon) allow(scopes protocol.Scopes) {
	d.t.Helper()
	asked := d.until(panel.Asked, func(s panel.State) bool { return s.State == panel.Asked })
	d.call("POST", "/api/grants", map[string]any{"session": asked.Session.ID, "scopes": scopes.Names()}, nil)
}

// ring asks for a new code.
func (d *daemon) ring() (code string) {
	d.t.Helper()
	var state panel.State
	d.call("POST", "/api/ring", nil, &state)
	return state.Code
}

// probing is a running probe.
type probing struct {
	cmd         *exec.Cmd
	out, errors bytes.Buffer
}

func (d *daemon) probe(code string, args ...string) *probing {
	d.t.Helper()
	p := &probing{}
	p.cmd = exec.Command(filepath.Join(programs, "probe"), append([]string{"--desk", d.Desk, "--code", code, "--json"}, args...)...)
	p.cmd.Stdout, p.cmd.Stderr = &p.out, &p.errors
	if err := p.cmd.Start(); err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { _ = p.cmd.Process.Kill(); _ = p.cmd.Wait() })
	return p
}

// probed is the part of probe's report that tests look at.
type probed struct {
	Frames        int
	Bytes         uint64
	Channels      map[string]uint64
	Errors        map[string]int
	Masks         struct{ Messages, Most, Last, Protection int }
	Width, Height int
}

// wait waits for the report.
func (p *probing) wait(t testing.TB) (report probed, code int) {
	t.Helper()
	_ = p.cmd.Wait()
	if err := json.Unmarshal(p.out.Bytes(), &report); err != nil && p.out.Len() > 0 {
		t.Fatalf("probe printed %q", &p.out)
	}
	return report, p.cmd.ProcessState.ExitCode()
}

// applications is a display with applications that stand still: carets that do not
// blink, pages without animation.
func applications(t testing.TB, screen string) *capturetest.Display {
	t.Helper()
	capturetest.Require(t, "openbox", "xterm", "zenity", "chromium", "xdotool")
	still := t.TempDir()
	if err := os.MkdirAll(filepath.Join(still, "gtk-3.0"), 0o700); err != nil {
		t.Fatal(err)
	}
	settings := "[Settings]\ngtk-cursor-blink=0\ngtk-enable-animations=0\n"
	if err := os.WriteFile(filepath.Join(still, "gtk-3.0", "settings.ini"), []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("XDG_CONFIG_HOME", still)
	t.Setenv("NO_AT_BRIDGE", "1")
	d := capturetest.StartXvfb(t, screen)
	d.Start(t, "openbox")
	d.Start(t, "xterm", "-geometry", "60x20+30+40", "-e", "sh", "-c", "seq 1 40; exec sleep 1000")
	d.Start(t, "zenity", "--forms", "--title=Sign in", "--text=A form", "--add-entry=Name", "--add-password=Password")
	comesUp(t, d, "Sign in")
	return d
}

// comesUp waits for a window by its title.
func comesUp(t testing.TB, d *capturetest.Display, title string) {
	t.Helper()
	for end := time.Now().Add(patience); !shown(d, title); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("the window %q does not come up", title)
		}
	}
}

// browse opens a page in Chromium on the display.
func browse(t *testing.T, d *capturetest.Display) {
	page := filepath.Join(t.TempDir(), "page.html")
	content := "<title>A page</title><h1>A page</h1><p style='background:linear-gradient(90deg,red,blue);height:200px'>" + strings.Repeat("text ", 300)
	if err := os.WriteFile(page, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	d.Start(t, "chromium", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--password-store=basic", "--test-type", "--no-default-browser-check",
		"--user-data-dir="+t.TempDir(), "--window-size=600,500", "--window-position=600,40", "file://"+page)
	comesUp(t, d, "A page")
	d.WaitStill(t)
}

// shown says whether a window with the title is on the display.
func shown(d *capturetest.Display, title string) bool {
	cmd := exec.Command("xdotool", "search", "--onlyvisible", "--name", title)
	cmd.Env = append(os.Environ(), "DISPLAY="+d.Name())
	out, _ := cmd.Output()
	return len(out) > 0
}

// differences counts the pixels in which two pictures differ, and shows where.
func differences(a, b image.Image) (n int, where image.Rectangle) {
	if a.Bounds() != b.Bounds() {
		return -1, a.Bounds()
	}
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			r1, g1, b1, _ := a.At(x, y).RGBA()
			r2, g2, b2, _ := b.At(x, y).RGBA()
			if r1 != r2 || g1 != g2 || b1 != b2 {
				n++
				where = where.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return n, where
}

package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"telestrator/agentd/panel"
	"telestrator/capture/capturetest"
	"telestrator/protocol"
)

// TestRecorded: a daemon that is told to record makes a file of the session for
// its user alone, says so, and the file leads to the picture that was shown; the
// text that was typed is not in it.
func TestRecorded(t *testing.T) {
	display := capturetest.StartXvfb(t, "640x480x24")
	folder := t.TempDir()
	d := startDemo(t, "--display", display.Name(), "--record", filepath.Join(folder, "all.rec"))
	script := filepath.Join(folder, "script")
	if err := os.WriteFile(script, []byte(`{"t":0.5,"kind":"text","text":"geheim"}`+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	raw := filepath.Join(folder, "live.raw")
	p := d.probe(d.Code, "--seconds", "2", "--raw", raw, "--request", "view,keyboard", "--input", script)
	d.allow(protocol.View | protocol.Keyboard)
	d.until("recorded", func(s panel.State) bool { return s.Session != nil && s.Session.Recording == panel.RecordingOn })
	if text := d.status(); !strings.Contains(text, "is recorded on this device") {
		t.Errorf("status says nothing of it:\n%s", text)
	}
	live, code := p.wait(t)
	if code != 0 || live.Frames == 0 {
		t.Fatalf("probe: %d, %+v, %s", code, live, &p.errors)
	}
	d.until("over", func(s panel.State) bool { return s.Session == nil })
	d.end(os.Interrupt)
	files, _ := filepath.Glob(filepath.Join(folder, "all-*.rec"))
	if len(files) != 1 {
		t.Fatalf("%d recordings", len(files))
	}
	if info, err := os.Stat(files[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	replays(t, files[0], raw, live)
	if all, err := os.ReadFile(files[0]); err != nil || bytes.Contains(all, []byte("geheim")) {
		t.Errorf("what was typed is in the recording: %v", err)
	}
	if text := runs(t, "inspect", "--kind", "text", files[0]); !strings.Contains(text, `"*"`) {
		t.Errorf("inspect says %q", text)
	}
}

// replays compares the replay of a recording with the session itself.
func replays(t *testing.T, recording, raw string, live probed) {
	t.Helper()
	again := raw + ".again"
	runs(t, "probe", "--replay", recording, "--speed", "0", "--raw", again)
	want, err := os.ReadFile(raw)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(again); err != nil || !slices.Equal(got, want) || len(got) != 4*live.Width*live.Height {
		t.Errorf("the recording leads to another picture: %v", err)
	}
}

// runs runs one of the programs and returns what it printed.
func runs(t *testing.T, name string, args ...string) string {
	t.Helper()
	var trouble bytes.Buffer
	cmd := exec.Command(filepath.Join(programs, name), args...)
	cmd.Stderr = &trouble
	out, err := cmd.Output()
	if err != nil {
		t.Errorf("%s: %v: %s", name, err, &trouble)
	}
	return string(out)
}

// TestRecordedNowhere: a place that is none is said before anything begins.
func TestRecordedNowhere(t *testing.T) {
	t.Parallel()
	var trouble bytes.Buffer
	cmd := exec.Command(filepath.Join(programs, "agentd"), "run", "--desk", "http://127.0.0.1:1", "--record", filepath.Join(t.TempDir(), "none", "a.rec"))
	cmd.Env, cmd.Stderr = append(os.Environ(), "XDG_RUNTIME_DIR="+t.TempDir()), &trouble
	if err := cmd.Run(); err == nil || cmd.ProcessState.ExitCode() != exitUsage || !strings.Contains(trouble.String(), "--record") {
		t.Errorf("%v: %s", err, &trouble)
	}
}

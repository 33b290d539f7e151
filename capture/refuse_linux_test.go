package capture_test

import (
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"telestrator/capture"
	"telestrator/capture/capturetest"
)

// TestOpenRefuses: what cannot be shown is refused with a sentence that says
// what it was and what one can do.
func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ display, says string }{
		{":59999", "no X server answers there"},
		{"nonsense", `"nonsense" is not a display's name`},
		{":x", "is not a display's name"},
		{":-1", "is not a display's name"},
		{":0.x", "is not a display's name"},
		{"localhost:59999", "no X server answers there"},
	} {
		_, err := capture.Open(c.display)
		if err == nil || !strings.HasPrefix(err.Error(), "capture: open display ") || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q: %v", c.display, err)
		}
	}
}

func TestOpenRefusesScreens(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		screen string
		args   []string
		says   string
	}{
		{"640x480x8", nil, "palette"},
		{"16385x2x24", nil, "16385x2"},
		{"64x64x24", []string{"-extension", "DAMAGE"}, "DAMAGE"},
		{"64x64x24", []string{"-extension", "XFIXES"}, "XFIXES"},
	} {
		d := capturetest.StartXvfb(t, c.screen, c.args...)
		_, err := capture.Open(d.Name())
		if !errors.Is(err, capture.ErrUnsupported) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s %v: %v", c.screen, c.args, err)
		}
	}
	d := capturetest.StartXvfb(t, "64x64x24")
	if _, err := capture.Open(d.Name() + ".1"); err == nil || !strings.Contains(err.Error(), "no screen 1") {
		t.Errorf("second screen: %v", err)
	}
}

// TestWithoutExtras: monitors and the pointer's news are a luxury.
func TestWithoutExtras(t *testing.T) {
	t.Parallel()
	d := capturetest.StartXvfb(t, "64x48x24", "-extension", "RANDR")
	source, err := capture.Open(d.Name())
	v := watch(t, source, err)
	v.grab()
	if len(v.frame.Monitors) != 1 || v.frame.Monitors[0] != v.seen.Rect {
		t.Errorf("monitors %v", v.frame.Monitors)
	}
	v.same(d)
}

func TestNoDisplayNamed(t *testing.T) {
	t.Setenv("DISPLAY", "")
	if _, err := capture.Open(""); err == nil || !strings.Contains(err.Error(), "no display is named") {
		t.Errorf("%v", err)
	}
}

// TestAuthority: a server that demands a cookie gets the one in the authority
// file, and one that gets none says why it refuses.
func TestAuthority(t *testing.T) {
	const cookie = "0123456789abcdef"
	entry := []byte{0xff, 0xff, 0, 0, 0, 0} // any address, any display
	entry = append(binary.BigEndian.AppendUint16(entry, 18), "MIT-MAGIC-COOKIE-1"...)
	entry = append(binary.BigEndian.AppendUint16(entry, uint16(len(cookie))), cookie...)
	file := filepath.Join(t.TempDir(), "authority")
	if err := os.WriteFile(file, entry, 0o600); err != nil {
		t.Fatal(err)
	}
	d := capturetest.StartXvfb(t, "64x64x24", "-auth", file)
	t.Setenv("XAUTHORITY", file)
	source, err := capture.Open(d.Name())
	watch(t, source, err).grab()
	t.Setenv("XAUTHORITY", filepath.Join(t.TempDir(), "none"))
	if _, err := capture.Open(d.Name()); err == nil || !strings.Contains(err.Error(), "refuses the connection") {
		t.Errorf("without a cookie: %v", err)
	}
}

package main

import (
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"telestrator/capture/capturetest"
	"telestrator/privacy"
	"telestrator/protocol"
)

// TestDemoIsGuarded looks at the demo's own desktop: its terminal and form are
// seen as they are, but for the form's password field.
func TestDemoIsGuarded(t *testing.T) {
	capturetest.Require(t, "openbox", "xterm", "zenity", "xsetroot", "dbus-daemon", "xdotool")
	t.Setenv("DISPLAY", "")
	d := startDemo(t)
	t.Setenv("XAUTHORITY", d.cookie(t))
	o := observeName(t, d.Display)
	var mu sync.Mutex
	var last *image.RGBA
	var field image.Rectangle // where the picture is not the screen
	a := helping(t, d, d.Code, protocol.View)
	a.mu.Lock()
	a.seen = func(p *image.RGBA) {
		mu.Lock()
		defer mu.Unlock()
		last = &image.RGBA{Pix: append([]byte(nil), p.Pix...), Stride: p.Stride, Rect: p.Rect}
	}
	a.mu.Unlock()
	guarded := func() bool {
		mu.Lock()
		defer mu.Unlock()
		if last == nil {
			return false
		}
		_, field = differences(o.beside(last), o.beside(o.picture()))
		return fieldShaped(field) && allMasked(last, field)
	}
	t.Cleanup(func() { t.Logf("the picture is not the screen in %v", field) })
	wait(t, "seen but for a field", guarded)
	typing := exec.Command("xdotool", "mousemove", "--sync", strconv.Itoa(field.Max.X-40), strconv.Itoa((field.Min.Y+field.Max.Y)/2), "click", "1", "type", "secret")
	typing.Env = append(os.Environ(), "DISPLAY="+d.Display)
	before := o.picture()
	if out, err := typing.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	inside := field
	wait(t, "typed", func() bool { n, _ := differences(before.SubImage(inside), o.picture().SubImage(inside)); return n > 0 })
	wait(t, "seen but for the field that was typed into", guarded)
}

// fieldShaped reports whether something has the size of an entry.
func fieldShaped(r image.Rectangle) bool { return r.Dx() > 100 && r.Dy() > 20 && r.Dy() < 100 }

// allMasked reports whether a part of a picture is masked.
func allMasked(p *image.RGBA, part image.Rectangle) bool {
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if c := p.RGBAAt(x, y); int(c.R)<<16|int(c.G)<<8|int(c.B) != privacy.Grey {
				return false
			}
		}
	}
	return true
}

// TestDemoLeavesNothing ends demos in two ways, and looks for what their
// desktop has started.
func TestDemoLeavesNothing(t *testing.T) {
	capturetest.Require(t, "openbox", "xterm", "zenity", "dbus-daemon")
	t.Setenv("DISPLAY", "")
	for name, sig := range map[string]syscall.Signal{"told to end": syscall.SIGTERM, "killed": syscall.SIGKILL} {
		t.Run(name, func(t *testing.T) {
			d := startDemo(t)
			folder := filepath.Dir(d.cookie(t))
			wait(t, "with an accessibility bus", func() bool { return len(speaksOf(folder)) >= 4 })
			d.end(sig)
			wait(t, "gone", func() bool { return len(speaksOf(folder)) == 0 })
			if _, err := os.Stat(folder); sig == syscall.SIGTERM && !os.IsNotExist(err) {
				t.Errorf("its folder is left: %v", err)
			}
			_ = os.RemoveAll(folder)
		})
	}
}

// speaksOf are the processes whose environment has a folder in it.
func speaksOf(folder string) (found []string) {
	all, _ := filepath.Glob("/proc/[0-9]*/environ")
	for _, process := range all {
		if strings.Contains(content(process), folder) {
			found = append(found, content(filepath.Join(filepath.Dir(process), "comm")))
		}
	}
	return found
}

// TestDemoWithoutDBus goes on without a D-Bus session, and says what to install.
func TestDemoWithoutDBus(t *testing.T) {
	capturetest.Require(t, "Xvfb", "openbox", "xsetroot")
	t.Setenv("DISPLAY", "")
	path := t.TempDir()
	for _, name := range []string{"Xvfb", "openbox", "xsetroot"} {
		real, err := exec.LookPath(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(real, filepath.Join(path, name)); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", path)
	d := startDemo(t)
	d.end(syscall.SIGTERM)
	if says := d.errors.String(); !strings.Contains(says, "install the package dbus") || strings.Count(says, "\n") != 1 {
		t.Errorf("it says %q", says)
	}
}

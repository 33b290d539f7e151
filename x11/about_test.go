package x11_test

import (
	"testing"
	"time"

	"telestrator/capture/capturetest"
)

func TestHas(t *testing.T) {
	t.Parallel()
	c := dial(t, capturetest.StartXvfb(t, "64x48x24", "-extension", "Composite"))
	for name, want := range map[string]bool{"SHAPE": true, "Composite": false, "Nonsense": false} {
		if has, err := c.Has(name); err != nil || has != want {
			t.Errorf("%s: %v, error %v", name, has, err)
		}
	}
	if c.Setup.Vendor == "" || c.Setup.Release == 0 {
		t.Errorf("the server is %q %d", c.Setup.Vendor, c.Setup.Release)
	}
}

// TestManagers looks before and after a window manager and a compositor start.
func TestManagers(t *testing.T) {
	t.Parallel()
	capturetest.Require(t, "openbox", "picom")
	d := capturetest.StartXvfb(t, "64x48x24")
	c := dial(t, d)
	for name, ask := range map[string]func() (string, error){"Openbox": c.Manager, "picom": c.Compositor} {
		if got, err := ask(); got != "" || err != nil {
			t.Errorf("before %s starts: %q, error %v", name, got, err)
		}
	}
	d.Start(t, "openbox")
	d.Start(t, "picom", "--backend", "xrender")
	for name, ask := range map[string]func() (string, error){"Openbox": c.Manager, "picom": c.Compositor} {
		got, err := ask()
		for end := time.Now().Add(20 * time.Second); got != name && time.Now().Before(end); got, err = ask() {
			time.Sleep(20 * time.Millisecond)
		}
		if got != name || err != nil {
			t.Errorf("%q instead of %s, error %v", got, name, err)
		}
	}
}

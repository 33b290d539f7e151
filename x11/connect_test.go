package x11_test

import (
	"testing"

	"telestrator/capture/capturetest"
	"telestrator/x11"
)

// Connect takes the name that it is given and looks nowhere else for one.
func TestConnect(t *testing.T) {
	d := capturetest.StartXvfb(t, "64x64x24")
	t.Setenv("DISPLAY", d.Name())
	for _, name := range []string{"", "nonsense", ":29999"} {
		if nc, _, _, err := x11.Connect(name); err == nil {
			nc.Close()
			t.Errorf("display %q: connected", name)
		}
	}
	nc, cookie, screen, err := x11.Connect(d.Name() + ".3")
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	if cookie != nil || screen != 3 {
		t.Errorf("cookie %q, screen %d", cookie, screen)
	}
}

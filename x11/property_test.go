package x11_test

import (
	"strings"
	"testing"

	"telestrator/capture/capturetest"
	"telestrator/x11"
)

// TestProperties: what one client writes another reads, up to the length asked
// for.
func TestProperties(t *testing.T) {
	t.Parallel()
	d := capturetest.StartXvfb(t, "64x48x24")
	c := dial(t, d)
	c.AskAtom("UTF8_STRING")
	utf8, err := c.Atom()
	if err != nil || utf8 == 0 {
		t.Fatalf("atom %d, error %v", utf8, err)
	}
	const most = 64
	for n, want := range map[int]int{0: 0, 1: 1, most: most, most + 1: most} {
		c.SetText(c.Setup.Root, x11.AtomName, utf8, strings.Repeat("x", n))
		if err := c.Check(); err != nil {
			t.Fatal(err)
		}
		other := dial(t, d)
		other.AskText(other.Setup.Root, x11.AtomName, utf8, most)
		if got, err := other.Text(); err != nil || got != strings.Repeat("x", want) {
			t.Errorf("%d bytes written, %q read, error %v", n, got, err)
		}
	}
	c.AskText(c.Setup.Root, x11.AtomClass, x11.AtomString, most)
	if got, err := c.Text(); err != nil || got != "" {
		t.Errorf("without a property: %q, error %v", got, err)
	}
}

func dial(t *testing.T, d *capturetest.Display) *x11.Conn {
	t.Helper()
	c, err := x11.Dial(d.Name())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

package x11_test

import (
	"testing"
	"time"

	"telestrator/capture/capturetest"
	"telestrator/x11"
)

// TestDamageTellsOnce: however much is drawn, there is one event until the
// damage is taken, so a flood cannot fill any queue.
func TestDamageTellsOnce(t *testing.T) {
	t.Parallel()
	d := capturetest.StartXvfb(t, "320x240x24")
	c, err := x11.Dial(d.Name())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fixes, err := x11.OpenFixes(c)
	if err != nil || fixes == nil {
		t.Fatalf("XFIXES: %v", err)
	}
	damage, err := x11.OpenDamage(c)
	if err != nil || damage == nil {
		t.Fatalf("DAMAGE: %v", err)
	}
	region, watch := fixes.CreateRegion(), damage.Watch()
	damage.Subtract(watch, region)
	if err := c.Check(); err != nil {
		t.Fatal(err)
	}
	c.Handover()
	events := make(chan bool, 1000)
	go c.Pump(func(e x11.Event) { events <- damage.Drawn(e) })
	for round := range 3 {
		for _, place := range []string{"+0+0", "+150+0", "+0+120", "+150+120"} {
			d.Run(t, "xterm", "-geometry", "10x3"+place, "-e", "seq 1 50")
		}
		d.WaitStill(t)
		select {
		case drawn := <-events:
			if !drawn {
				t.Errorf("round %d: an event that is not DAMAGE's", round)
			}
		case <-time.After(20 * time.Second):
			t.Fatalf("round %d: no event", round)
		}
		damage.Subtract(watch, region)
		if err := c.Check(); err != nil {
			t.Fatal(err)
		}
		if len(events) > 0 {
			t.Errorf("round %d: %d events more than one", round, len(events))
		}
	}
}

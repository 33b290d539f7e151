package main

import (
	"testing"
	"time"

	"telestrator/agentd/panel"
	"telestrator/privacy/atspi/atspitest"
	"telestrator/privacy/leaktest"
)

// TestFaultyBus kills what tells of secret fields while one is on the screen:
// everything is flat until it is there again, and what cannot be asked any more
// stays flat.
func TestFaultyBus(t *testing.T) {
	display, session := secretDesk(t)
	d := startDemo(t, "--display", display.Name(), "--config", configured(t, strict))
	app := leaktest.Start(t, display.Name(), session, "gtk3")
	app.Do("appear", 40, 60)
	app.Do("spin", 1)
	o := d.lookOn(t, display)
	o.clear(lines)

	began := time.Now()
	session.Kill(t, atspitest.Registry)
	t.Logf("the registry is killed: all is flat after %v", o.flat(o.picture().Rect, began))
	o.clear(lines)
	t.Logf("and clear again after %v", time.Since(began))

	began = time.Now()
	session.KillBus(t)
	t.Logf("the bus is killed: all is flat after %v", o.flat(o.picture().Rect, began))
	d.shows("found again", func(s panel.State) bool { return s.Privacy.Protects })
	forget(t, display)
	o.explain(t, session, display, "Its program had a password field and cannot be asked any more.", "started before accessibility was switched on")
	startLiar(t, display, session)
	d.shows("another program looked into", func(s panel.State) bool {
		return stateOf(s, "Liar") == panel.WindowGuarded && stateOf(s, "Leak test") == panel.WindowRefused
	})
	o.saw(t)
}

// stateOf is the state of a window in the panel.
func stateOf(s panel.State, title string) string {
	for _, w := range s.Privacy.Windows {
		if w.Title == title {
			return w.State
		}
	}
	return ""
}

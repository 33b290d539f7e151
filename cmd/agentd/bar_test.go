package main

import (
	"image"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"telestrator/agentd/panel"
	"telestrator/capture/capturetest"
	"telestrator/input/inputtest"
	"telestrator/protocol"
)

// own is the user's own keyboard and mouse.
func own(t testing.TB, display *capturetest.Display) *inputtest.Device {
	t.Helper()
	d, err := inputtest.OpenDevice(display.Name())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// endButton is where End is on the bar.
func (o *observer) endButton() image.Point {
	o.t.Helper()
	bar := o.place("bar")
	return image.Pt(bar.Max.X-bar.Dy()/2-8, (bar.Min.Y+bar.Max.Y)/2)
}

// TestEndOnTheBar wants that End works by the user's own mouse, and not by the
// agent's.
func TestEndOnTheBar(t *testing.T) {
	display := capturetest.StartXvfb(t, "1024x768x24")
	d := startDemo(t, "--display", display.Name())
	o, mouse := observe(t, display), own(t, display)
	a := helping(t, d, d.Code, protocol.AllScopes)
	end := o.endButton()
	for x := o.place("bar").Min.X; x < o.place("bar").Max.X; x += 10 {
		a.click(x, end.Y)
	}
	a.click(end.X, end.Y)
	display.Run(t, "xdotool", "mousemove", "5", "700") // a program of the user's, by injection too
	d.shows("all refused", func(s panel.State) bool { return s.Session.Refused > 20 })
	if state := d.state(); state.State != panel.Live || !o.shown("bar") {
		t.Fatalf("the agent's clicks on the bar had an effect: %s", state.State)
	}
	press(t, mouse, end)
	t.Logf("the screen is clear %v after the click", wait(t, "clear", func() bool { return !o.shown("") }))
	d.until("over", func(s panel.State) bool { return s.State == panel.Over })
}

// TestEndOnTheBarOfABlockedDaemon stops the daemon's process first: the
// guardian clears the screen by itself, and ends what does not obey.
func TestEndOnTheBarOfABlockedDaemon(t *testing.T) {
	display := capturetest.StartXvfb(t, "1024x768x24")
	d := startDemo(t, "--display", display.Name())
	o, mouse := observe(t, display), own(t, display)
	a := helping(t, d, d.Code, protocol.AllScopes)
	a.button(200, 200, true)
	end := o.endButton()
	wait(t, "pressed", o.pressed)
	if err := d.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	press(t, mouse, end)
	wait(t, "clear", func() bool { return !o.pressed() && !o.shown("") })
	_ = d.cmd.Wait()
	if status := d.cmd.ProcessState.Sys().(syscall.WaitStatus); status.Signal() != syscall.SIGKILL {
		t.Errorf("the daemon ended with %v", status)
	}
}

// press clicks with the user's own mouse.
func press(t testing.TB, mouse *inputtest.Device, at image.Point) {
	t.Helper()
	if err := mouse.Click(at.X, at.Y); err != nil {
		t.Fatal(err)
	}
}

// TestNoGrantByInjection opens the panel on the very screen that an agent works,
// with a request before the user, and has the agent try everything: no sweep of
// clicks, Tab, Enter and Space grants anything.
func TestNoGrantByInjection(t *testing.T) {
	capturetest.Require(t, "chromium", "openbox")
	display := capturetest.StartXvfb(t, "1280x800x24")
	display.Start(t, "openbox")
	d := startDemo(t, "--display", display.Name())
	display.Start(t, "chromium", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--password-store=basic", "--test-type", "--no-default-browser-check",
		"--user-data-dir="+filepath.Join(t.TempDir(), "profile"), "--window-size=1200,700", "--window-position=0,60", d.Panel)
	comesUp(t, display, "Telestrator panel")
	a := helping(t, d, d.Code, protocol.AllScopes)
	sweep(a) // nobody asks: the panel is there with its buttons to take back
	state := d.state()
	if state.State != panel.Live || len(state.Session.Granted) != 4 {
		t.Fatalf("the sweep of the live panel led to %s with %+v, over: %+v", state.State, state.Session, state.Over)
	}
	b := connectAgent(t, d, d.ring(), protocol.AllScopes)
	d.until("asked", func(s panel.State) bool { return s.State == panel.Asked })
	sweep(a)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.grants.Scopes != 0 {
		t.Errorf("a sweep granted %s", b.grants.Scopes)
	}
	if after := d.state(); after.State != panel.Asked {
		t.Errorf("a sweep answered the request: %s", after.State)
	}
}

// sweep tries everything that might press a button.
func sweep(a *agent) {
	for y := 10; y < 800; y += 30 {
		for x := 10; x < 1280; x += 40 {
			a.click(x, y)
		}
		time.Sleep(80 * time.Millisecond) // below the rate at which clicks are dropped
	}
	for range 60 {
		for _, code := range []string{"Tab", "Enter", "Space"} {
			a.press(code)
		}
	}
}

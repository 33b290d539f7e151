package main

import (
	"os"
	"slices"
	"syscall"
	"testing"
	"time"

	"telestrator/agentd/panel"
	"telestrator/capture/capturetest"
	"telestrator/peer"
	"telestrator/protocol"
)

// trials is how often each fault is tried; make proof tries more.
func trials(few, many int) int {
	if os.Getenv("TELESTRATOR_PROOF") != "" {
		return many
	}
	return few
}

// TestReleased breaks a session in the middle of a drag, with Shift held and a
// stroke half drawn, in every way there is: nothing stays pressed, and neither
// ink nor sign stay on the screen.
func TestReleased(t *testing.T) {
	faults := map[string]func(w *work){
		"kill -9": func(w *work) { w.signal(syscall.SIGKILL) },
		"SIGTERM": func(w *work) { w.signal(syscall.SIGTERM) },
		"SIGSTOP": func(w *work) { w.signal(syscall.SIGSTOP); w.stopped = true },
		"disconnect": func(w *work) {
			_ = w.agent.conn.Close()
		},
		"stop":   func(w *work) { w.d.call("POST", "/api/stop", nil, nil) },
		"revoke": func(w *work) { w.d.call("DELETE", "/api/grants/view", nil, nil) },
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			w := begin(t)
			var released, clear []time.Duration
			for range trials(2, 50) {
				w.act()
				fault(w)
				released = append(released, wait(t, "released", func() bool { return !w.o.pressed() }))
				clear = append(clear, released[len(released)-1]+wait(t, "clear", func() bool { return !w.o.shown("") }))
				w.recover()
			}
			slices.Sort(released)
			slices.Sort(clear)
			n := len(released)
			t.Logf("%s, %d trials: all released after %v (longest %v), screen clear after %v (longest %v)",
				name, n, released[n/2], released[n-1], clear[n/2], clear[n-1])
		})
	}
}

// work is a session in which an agent works the device.
type work struct {
	t       *testing.T
	display *capturetest.Display
	o       *observer
	d       *daemon
	agent   *agent
	stopped bool // the daemon does not run, but is there
}

func begin(t *testing.T) *work {
	t.Helper()
	display := capturetest.StartXvfb(t, "640x480x24")
	return &work{t: t, display: display, o: observe(t, display)}
}

// act brings the agent in the middle of it all.
func (w *work) act() {
	w.t.Helper()
	w.d = startDemo(w.t, "--display", w.display.Name())
	w.agent = helping(w.t, w.d, w.d.Code, protocol.AllScopes)
	w.agent.key("ShiftLeft", true)
	w.agent.button(100, 100, true)
	for i := range 5 {
		w.agent.point(100+10*i, 120)
	}
	stroke := w.agent.begin(0xe53935, 6)
	w.agent.send(peer.Ink, &protocol.StrokePoints{Stroke: stroke, Points: []uint16{200, 200, 300, 220, 320, 300}})
	wait(w.t, "in the middle of it", func() bool {
		return w.o.pressed() && w.o.shown("ink") && w.o.shown("border") && w.o.shown("bar")
	})
}

func (w *work) signal(s syscall.Signal) {
	w.t.Helper()
	if err := w.d.cmd.Process.Signal(s); err != nil {
		w.t.Fatal(err)
	}
}

// recover makes ready for the next trial, with a new daemon. One that was
// stopped comes to itself first, and finds that it lost mouse and keyboard.
func (w *work) recover() {
	if w.stopped {
		w.stopped = false
		w.signal(syscall.SIGCONT)
		w.agent.until("without mouse and keyboard", func() bool {
			return w.agent.over || w.agent.grants.Scopes&(protocol.PointerScope|protocol.Keyboard) == 0
		})
	}
	w.agent.conn.Close()
	w.d.end(syscall.SIGKILL)
	w.d = nil
}

// TestReleasedByANewScreen kills the X server in the middle of it: the session
// goes on, and mouse and keyboard must be allowed anew.
func TestReleasedByANewScreen(t *testing.T) {
	w := begin(t)
	for range trials(1, 50) {
		w.act()
		w.display.Restart(t)
		w.agent.until("without mouse and keyboard", func() bool {
			return w.agent.grants.Scopes == protocol.View|protocol.Ink
		})
		w.o = observe(t, w.display)
		if w.o.pressed() {
			t.Error("something is pressed on the new screen")
		}
		w.agent.point(10, 10) // a straggler, without permission
		w.d.until("seen again", func(s panel.State) bool { return s.State == panel.Live && s.Screen == panel.ScreenOK })
		wait(t, "shown again", func() bool { return w.o.shown("bar") })
		if w.o.shown("ink") {
			t.Error("the ink of before is there")
		}
		w.recover()
	}
}

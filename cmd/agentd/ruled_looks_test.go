package main

import (
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/godbus/dbus/v5"

	"telestrator/agentd/panel"
	"telestrator/capture/capturetest"
	"telestrator/privacy"
	"telestrator/privacy/atspi/atspitest"
)

// ruled is a desktop on which rules hide windows, and an agent who looks on.
type ruled struct {
	t       *testing.T
	display *capturetest.Display
	session *atspitest.Session
	o       *onlooker
}

func newRuled(t *testing.T, config string, args ...any) *ruled {
	t.Helper()
	display, session := secretDesk(t)
	d := startDemo(t, "--display", display.Name(), "--config", configured(t, fmt.Sprintf(config, args...)))
	tick(t, display, session)
	return &ruled{t, display, session, d.lookOn(t, display)}
}

// secretly starts a program in the secret's colour, waits until the panel says
// what becomes of its window and an agent sees it flat, and ends it.
func (r *ruled) secretly(title, state, program string, args ...string) {
	r.t.Helper()
	c := r.session.Start(r.t, r.display.Name(), program, args...)
	comesUp(r.t, r.display, title)
	at := r.place(title)
	r.o.until(title+" flat", func() bool { return share(r.o.decoder.Picture(), at, privacy.Grey) == 1 })
	r.o.d.shows(title+" is "+state, func(s panel.State) bool { return stateOf(s, title) == state })
	r.o.meanwhile()
	_ = c.Process.Kill()
	r.o.until(title+" gone", func() bool { return share(r.o.decoder.Picture(), at, privacy.Grey) < 0.1 })
}

// place is where a window is.
func (r *ruled) place(title string) (at image.Rectangle) {
	r.t.Helper()
	return inside(r.t, r.display, "--name", title)
}

// terminal are the arguments of an xterm in the secret's colour.
func terminal(title string, more ...string) []string {
	return append([]string{"-T", title, "-geometry", "30x8+200+150", "-bg", "#fe01fd", "-fg", "#fe01fd", "-cr", "#fe01fd", "-b", "0"},
		append(more, "-e", "sleep", "1000")...)
}

// TestRuledWindows hides windows by class, title and program, and those that ask
// for passwords without being told to.
func TestRuledWindows(t *testing.T) {
	tool := filepath.Join(t.TempDir(), "ledger")
	copyFile(t, "xterm", tool)
	r := newRuled(t, "privacy: {unknown: allow, windows: [{class: ^Ledger$}, {title: ^Payroll}, {program: %s$}]}\n", tool)
	r.secretly("By class", panel.WindowHidden, "xterm", terminal("By class", "-class", "Ledger")...)
	r.secretly("Payroll 2026", panel.WindowHidden, "xterm", terminal("Payroll 2026")...)
	r.secretly("By program", panel.WindowHidden, tool, terminal("By program")...)
	r.secretly("Telestrator panel", panel.WindowHidden, "xterm", terminal("Telestrator panel")...)
	for _, class := range []string{"Gcr-prompter", "pinentry-gtk-2", "polkit-gnome-authentication-agent-1", "i3lock"} {
		r.secretly("Asks "+class, panel.WindowHidden, "xterm", terminal("Asks "+class, "-class", class)...)
	}
	r.session.Start(t, r.display.Name(), "xterm", "-T", "Another", "-geometry", "30x8+200+150", "-e", "sleep", "1000")
	comesUp(t, r.display, "Another")
	r.o.until("another one seen", func() bool { return share(r.o.decoder.Picture(), r.place("Another"), 0xffffff) > 0.5 })
	r.o.saw(t)
}

func copyFile(t *testing.T, program, to string) {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err == nil {
		err = os.WriteFile(to, data, 0o700)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestRuledNotification has a notification daemon show one in the secret's
// colour: it is never seen.
func TestRuledNotification(t *testing.T) {
	capturetest.Require(t, "dunst")
	r := newRuled(t, "privacy: {unknown: allow}\n")
	settings := filepath.Join(t.TempDir(), "dunstrc")
	look := "[global]\nfollow = none\norigin = top-left\noffset = 100x100\nframe_width = 0\nwidth = 300\nheight = 100\n" +
		"[urgency_normal]\nbackground = \"#fe01fd\"\nforeground = \"#fe01fd\"\ntimeout = 0\n"
	if err := os.WriteFile(settings, []byte(look), 0o600); err != nil {
		t.Fatal(err)
	}
	r.session.Start(t, r.display.Name(), "dunst", "-config", settings)
	notify(t, r.session)
	r.o.meanwhile()
	r.o.d.shows("hidden", func(s panel.State) bool { return stateOf(s, "Dunst") == panel.WindowHidden })
	r.o.until("flat", func() bool { return share(r.o.decoder.Picture(), image.Rect(110, 110, 390, 120), privacy.Grey) == 1 })
	r.o.saw(t)
}

// notify sends a notification, as any program does.
func notify(t *testing.T, session *atspitest.Session) {
	t.Helper()
	c, err := dbus.Connect(session.Address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	wait(t, "notified", func() bool {
		return c.Object("org.freedesktop.Notifications", "/org/freedesktop/Notifications").Call("org.freedesktop.Notifications.Notify",
			dbus.FlagNoAutoStart, "test", uint32(0), "", "Your code", "123 456", []string{}, map[string]dbus.Variant{}, int32(0)).Err == nil
	})
}

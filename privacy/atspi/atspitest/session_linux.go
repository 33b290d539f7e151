package atspitest

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// Session is a D-Bus session of a test's own.
type Session struct {
	Address string // of its bus
	folder  string // XDG_RUNTIME_DIR: the accessibility bus has its socket there
}

// StartSession starts a session that knows no display. Without dbus-daemon and
// at-spi2-core the test is skipped, or fails where CI=true.
func StartSession(tb testing.TB) *Session {
	tb.Helper()
	return start(tb, "WAYLAND_DISPLAY=none") // or the registry wants an X server
}

// StartSessionOn starts a session on an X display, ":N", as a user's is: the
// accessibility bus writes its address on the root window. Programs made with
// Qt 5 find it for sure only there.
func StartSessionOn(tb testing.TB, display string) *Session {
	tb.Helper()
	return start(tb, "DISPLAY="+display)
}

func start(tb testing.TB, display string) *Session {
	tb.Helper()
	require(tb, "dbus-daemon", "/usr/libexec/at-spi-bus-launcher")
	folder, err := os.MkdirTemp("", "session") // short: a socket's path has 107 bytes
	if err != nil {
		tb.Fatalf("atspitest: runtime folder: %v", err)
	}
	s := &Session{Address: "unix:path=" + filepath.Join(folder, "bus"), folder: folder}
	tb.Cleanup(func() { os.RemoveAll(folder) })
	s.startBus(tb, display)
	return s
}

// startBus returns when the bus listens. What it activates stays in its process
// group, and ends with it.
func (s *Session) startBus(tb testing.TB, display string) {
	tb.Helper()
	bus := exec.Command("dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address", "--address="+s.Address)
	bus.Env = append(s.Env(), display)
	bus.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	out, err := bus.StdoutPipe()
	if err != nil {
		tb.Fatalf("atspitest: dbus-daemon: %v", err)
	}
	if err := bus.Start(); err != nil {
		tb.Fatalf("atspitest: dbus-daemon: %v", err)
	}
	tb.Cleanup(func() {
		syscall.Kill(-bus.Process.Pid, syscall.SIGKILL)
		bus.Wait() // its error is the kill
	})
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		tb.Fatalf("atspitest: dbus-daemon said no address: %v", err)
	}
}

// Env is this process's environment with the session in it.
func (s *Session) Env() []string {
	var env []string
	for _, v := range os.Environ() {
		name, _, _ := strings.Cut(v, "=")
		switch name {
		case "AT_SPI_BUS_ADDRESS", "NO_AT_BRIDGE", "GTK_MODULES", "QT_ACCESSIBILITY", "WAYLAND_DISPLAY":
		default:
			env = append(env, v)
		}
	}
	return append(env, "DBUS_SESSION_BUS_ADDRESS="+s.Address, "XDG_RUNTIME_DIR="+s.folder,
		"GSETTINGS_BACKEND=memory", "XDG_SESSION_TYPE=x11")
}

// Start starts an application on a display, ":N". It is killed at the end of the
// test, with what it has started.
func (s *Session) Start(tb testing.TB, display, program string, args ...string) *exec.Cmd {
	tb.Helper()
	require(tb, program)
	app := exec.Command(program, args...)
	app.Env = append(s.Env(), "DISPLAY="+display)
	app.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	if err := app.Start(); err != nil {
		tb.Fatalf("atspitest: start %s: %v", program, err)
	}
	tb.Cleanup(func() {
		syscall.Kill(-app.Process.Pid, syscall.SIGKILL)
		app.Wait() // its error is the kill
	})
	return app
}

// require skips the test when one of the programs is missing; where CI=true it
// fails instead.
func require(tb testing.TB, programs ...string) {
	tb.Helper()
	for _, p := range programs {
		if _, err := exec.LookPath(p); err == nil {
			continue
		}
		if os.Getenv("CI") == "true" {
			tb.Fatalf("atspitest: %s is not installed (run scripts/setup)", p)
		}
		tb.Skipf("atspitest: %s is not installed (run scripts/setup)", p)
	}
}

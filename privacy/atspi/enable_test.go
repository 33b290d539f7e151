package atspi

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"
)

// bus starts a D-Bus session.
func bus(t *testing.T) (address string) {
	t.Helper()
	folder, err := os.MkdirTemp("", "atspi-") // the path of a socket must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	cmd := exec.Command("dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address",
		"--address=unix:path="+filepath.Join(folder, "bus"))
	cmd.Env = append(os.Environ(), "XDG_RUNTIME_DIR="+folder, "GSETTINGS_BACKEND=memory", "DISPLAY=")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Skipf("atspi: %v (run scripts/setup)", err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(line)
}

func TestEnable(t *testing.T) {
	session := bus(t)
	for _, want := range []bool{false, true} {
		if before, err := Enable(session); err != nil || before != want {
			t.Errorf("on before: %v, want %v; error %v", before, want, err)
		}
	}
}

func TestEnableSaysWhatIsMissing(t *testing.T) {
	if _, err := Enable("unix:path=/nowhere/bus"); err == nil || !strings.Contains(err.Error(), "does not answer") {
		t.Errorf("without a session: %v", err)
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	if _, err := Enable(""); err == nil || !strings.Contains(err.Error(), "DBUS_SESSION_BUS_ADDRESS") {
		t.Errorf("without an address: %v", err)
	}
	nobody := dbus.Error{Name: "org.freedesktop.DBus.Error.ServiceUnknown"}
	if err := launcher(nobody); !strings.Contains(err.Error(), "at-spi2-core") {
		t.Errorf("without the launcher: %v", err)
	}
}

package atspi_test

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"telestrator/privacy/atspi"
	"telestrator/privacy/atspi/atspitest"
)

func TestEnable(t *testing.T) {
	session := atspitest.StartSession(t)
	for _, want := range []bool{false, true} {
		if before, err := atspi.Enable(session.Address); err != nil || before != want {
			t.Errorf("on before: %v, want %v; error %v", before, want, err)
		}
	}
}

func TestEnableSaysWhatIsMissing(t *testing.T) {
	if _, err := atspi.Enable("unix:path=/nowhere/bus"); err == nil || !strings.Contains(err.Error(), "/nowhere/bus") {
		t.Errorf("without a session: %v", err)
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	if _, err := atspi.Enable(""); err == nil || !strings.Contains(err.Error(), "DBUS_SESSION_BUS_ADDRESS") {
		t.Errorf("without an address: %v", err)
	}
	if _, err := atspi.Enable(bareBus(t)); err == nil || !strings.Contains(err.Error(), "at-spi2-core") {
		t.Errorf("without its launcher: %v", err)
	}
}

// bareBus is a D-Bus session in which nothing can be started.
func bareBus(t *testing.T) (address string) {
	t.Helper()
	config := filepath.Join(t.TempDir(), "session.conf")
	const text = `<busconfig><type>session</type><listen>unix:dir=/tmp</listen>
		<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>`
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("dbus-daemon", "--config-file="+config, "--nofork", "--print-address")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(line)
}

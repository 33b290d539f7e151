package main

import (
	"encoding/xml"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"telestrator/capture/capturetest"
)

// conforms runs probe conform against the daemon, with the panel as its user,
// and returns what it printed and its exit code.
func (d *daemon) conforms(args ...string) (out string, code int) {
	d.t.Helper()
	all := append([]string{"conform", "--panel", d.Panel, "--panel-token-file", d.TokenFile, "--parallel=4", "--addresses=8", "-q"}, args...)
	said, err := exec.CommandContext(d.t.Context(), filepath.Join(programs, "probe"), all...).CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		d.t.Fatal(err)
	}
	if exit != nil {
		code = exit.ExitCode()
	}
	return string(said), code
}

// TestConform plays every console, good and bad, against our daemon.
func TestConform(t *testing.T) {
	t.Parallel()
	capturetest.Require(t, "Xvfb")
	d := startDemo(t)
	tap, junit := filepath.Join(t.TempDir(), "tap"), filepath.Join(t.TempDir(), "junit.xml")
	out, code := d.conforms("--again=1", "--patience=20s", "--tap", tap, "--junit", junit)
	t.Log(out)
	summary := regexp.MustCompile(`conform: cases=(\d+) passed=(\d+) failed=0\n`).FindStringSubmatch(out)
	if code != 0 || summary == nil || summary[1] != summary[2] {
		t.Fatalf("exit code %d", code)
	}
	if n := strings.Count("\n"+content(tap), "\nok "); fmt.Sprint(n) != summary[1] {
		t.Errorf("%d cases in the TAP report", n)
	}
	var suite struct {
		Tests int `xml:"tests,attr"`
	}
	if err := xml.Unmarshal([]byte(content(junit)), &suite); err != nil || fmt.Sprint(suite.Tests) != summary[1] {
		t.Errorf("%d cases in the JUnit report: %v", suite.Tests, err)
	}
}

// TestConformUsage has probe conform say what is wrong with its flags, list its
// cases, and do without a user.
func TestConformUsage(t *testing.T) {
	t.Parallel()
	capturetest.Require(t, "Xvfb")
	d := startDemo(t)
	probe := filepath.Join(programs, "probe")
	opens := filepath.Join(t.TempDir(), "opens")
	line := fmt.Sprintf(`{"desk": %q, "code": %q}`, d.Desk, d.Code)
	if err := os.WriteFile(opens, []byte(line+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args string
		code int
		said string
	}{
		{"conform --list --filter ^form/empty$", 0, "form/empty (SPEC.md 3.1)"},
		{"conform-console --list --filter ^form/empty$", 0, "form/empty (SPEC.md 3.1)"},
		{"conform --filter [", 2, "--filter"},
		{"conform --filter nothing-is-called-so", 2, "no case"},
		{"conform", 2, "--panel"},
		{"conform --desk http://127.0.0.1:1 --code ABCD-EFGH", 2, "a code works once"},
		{"conform-console --listen 1", 2, "--listen"},
		{"conform --help", 0, "Exit codes"},
		{"conform-console --help", 0, "Exit codes"},
		{"conform --filter ^user/stops$ -q --open true", 0, "skipped=1"},
		{"conform --filter ^opening/welcome$ -q --open cat${IFS}" + opens, 0, "conform: cases=1 passed=1 failed=0"},
	} {
		command := exec.CommandContext(t.Context(), probe, strings.Fields(c.args)...)
		out, _ := command.CombinedOutput()
		if command.ProcessState.ExitCode() != c.code || !strings.Contains(string(out), c.said) {
			t.Errorf("%s: code %d, said:\n%s", c.args, command.ProcessState.ExitCode(), out)
		}
	}
}

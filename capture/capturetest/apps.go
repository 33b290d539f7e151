package capturetest

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// Require skips the test when one of the programs is missing. Where CI=true it
// fails instead, so that nothing goes untested in silence.
func Require(tb testing.TB, programs ...string) {
	tb.Helper()
	for _, p := range programs {
		if _, err := exec.LookPath(p); err == nil {
			continue
		}
		if os.Getenv("CI") == "true" {
			tb.Fatalf("capturetest: %s is not installed (run scripts/setup)", p)
		}
		tb.Skipf("capturetest: %s is not installed (run scripts/setup)", p)
	}
}

// Start starts an application on the display and returns at once. It is killed
// and waited for at the end of the test.
func (d *Display) Start(tb testing.TB, program string, args ...string) *exec.Cmd {
	tb.Helper()
	cmd := d.command(tb, program, args)
	if err := cmd.Start(); err != nil {
		tb.Fatalf("capturetest: start %s: %v", program, err)
	}
	tb.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait() // its error is the kill
	})
	return cmd
}

// Run runs a program on the display to its end and returns what it printed.
func (d *Display) Run(tb testing.TB, program string, args ...string) string {
	tb.Helper()
	out, err := d.command(tb, program, args).CombinedOutput()
	if err != nil {
		tb.Fatalf("capturetest: %s %s: %v: %s", program, strings.Join(args, " "), err, out)
	}
	return string(out)
}

func (d *Display) command(tb testing.TB, program string, args []string) *exec.Cmd {
	tb.Helper()
	Require(tb, program)
	cmd := exec.Command(program, args...)
	cmd.Env = append(os.Environ(), "DISPLAY="+d.Name())
	endWithParent(cmd)
	return cmd
}

package main

import (
	"fmt"
	"os"
	"regexp"
	"testing"

	"telestrator/capture/capturetest"
)

// TestNoCoreDumps: neither daemon nor guardian leaves its memory behind.
func TestNoCoreDumps(t *testing.T) {
	d := startDemo(t, "--display", capturetest.StartXvfb(t, "320x200x24").Name())
	for _, pid := range []int{d.cmd.Process.Pid, d.guardian(t)} {
		limits, err := os.ReadFile(fmt.Sprintf("/proc/%d/limits", pid))
		if err != nil {
			t.Fatal(err)
		}
		if !regexp.MustCompile(`Max core file size +0 +0 `).Match(limits) {
			t.Errorf("process %d may dump core:\n%s", pid, limits)
		}
	}
}

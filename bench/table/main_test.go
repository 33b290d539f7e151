package main

import (
	"strings"
	"testing"
)

// A line holds medians and what they are of the best rival's, and says who is
// behind.
func TestLines(t *testing.T) {
	made := func(peer, mode string, fps, p50, cpu float64) row {
		return row{Peer: peer, Mode: mode, Workload: "drag", DeliveredFPS: fps, LatP50: p50, ServerCPU: cpu, KBps: 60, Exact: true}
	}
	report := lines([]row{
		made("none", "", 0, 0, 0), made("x0tiger", "lossless", 40, 30, 40), made("x0tiger", "lossless", 30, 20, 30), made("x0tiger", "lossless", 35, 40, 35),
		made("x11vnc", "lossless", 60, 50, 60), made("ours", "lossless", 60, 15, 30), made("ours", "lossy", 20, 60, 30),
	}, figures.line)
	if len(report) != 4 {
		t.Fatalf("%d lines: %q", len(report), report)
	}
	for i, want := range []string{
		"scene=drag peer=x0tiger mode=lossless fps=35.0 p50_ms=30.0", "peer=x11vnc", "ratio_fps=1.71 ratio_p50=0.50 ratio_cpu=0.50 to=x0tiger/lossless", " BEHIND"} {
		if !strings.Contains(report[i], want) {
			t.Errorf("%q, want %q in it", report[i], want)
		}
	}
	if strings.Contains(report[2], "BEHIND") {
		t.Errorf("%q is not behind", report[2])
	}
}

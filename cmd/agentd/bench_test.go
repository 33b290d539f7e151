package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"telestrator/protocol"
)

// BenchmarkIdle lets somebody look at a screen that stands still for ten
// seconds: what daemon and guardian cost, desk and panel included, and how
// many bytes of pictures it sends after the first.
func BenchmarkIdle(b *testing.B) {
	display := applications(b, "1280x800x24")
	display.WaitStill(b)
	d := startDemo(b, "--display", display.Name())
	for b.Loop() {
		recording := filepath.Join(b.TempDir(), "recording")
		p := d.probe(d.ring(), "--seconds", "14", "--record", recording)
		d.grant()
		time.Sleep(3 * time.Second) // the first picture and the handshake are not idleness
		before := d.processorTime(b)
		time.Sleep(10 * time.Second)
		spent := d.processorTime(b) - before
		if _, code := p.wait(b); code != 0 {
			b.Fatalf("probe: exit %d; %s", code, &p.errors)
		}
		b.ReportMetric(100*spent.Seconds()/10, "%core")
		b.ReportMetric(float64(late(b, recording)), "picture-bytes")
	}
	b.ReportMetric(0, "ns/op")
}

// late is how many bytes came on screen more than three seconds after the first.
func late(b *testing.B, recording string) (bytes int) {
	file, err := os.Open(recording)
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	first := uint64(0)
	err = protocol.ReadRecording(file, func(r protocol.Record) bool {
		if r.Channel == protocol.ChannelScreen && r.Direction == protocol.ToConsole {
			if first == 0 {
				first = r.Time
			}
			if r.Time > first+3_000_000 {
				bytes += len(r.Bytes)
			}
		}
		return true
	})
	if err != nil {
		b.Fatal(err)
	}
	return bytes
}

// processorTime is what the daemon and its guardian have used.
func (d *daemon) processorTime(b *testing.B) time.Duration {
	return processorTime(b, d.cmd.Process.Pid) + processorTime(b, d.guardian(b))
}

// guardian is the process of the daemon's guardian.
func (d *daemon) guardian(t testing.TB) (pid int) {
	t.Helper()
	pid, _ = d.child(t, guards)
	return pid
}

func guards(argv []string) bool { return argv[len(argv)-1] == "guardian" }

// child is the one of the daemon's programs whose command line is wanted.
func (d *daemon) child(t testing.TB, wanted func(argv []string) bool) (pid int, argv []string) {
	t.Helper()
	if pid, argv = d.look(wanted); pid == 0 {
		t.Fatal("the daemon has no such program")
	}
	return pid, argv
}

// look is child, or zero without one.
func (d *daemon) look(wanted func(argv []string) bool) (pid int, argv []string) {
	lists, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", d.cmd.Process.Pid))
	for _, list := range lists {
		for _, child := range strings.Fields(content(list)) {
			argv := strings.Split(strings.TrimSuffix(content("/proc/"+child+"/cmdline"), "\x00"), "\x00")
			if wanted(argv) {
				pid, _ = strconv.Atoi(child)
				return pid, argv
			}
		}
	}
	return 0, nil
}

// processorTime is what a process has used, user and system (proc(5), stat).
func processorTime(b *testing.B, pid int) time.Duration {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		b.Skip("this system does not tell a process's time")
	}
	_, rest, _ := strings.Cut(string(stat), ") ")
	fields := strings.Fields(rest) // from state, the third, on
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond // USER_HZ is 100
}

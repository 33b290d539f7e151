package atspitest

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
)

// The parts of a session that a test can kill.
const (
	Launcher = "at-spi-bus-launcher"
	Registry = "at-spi2-registryd"
)

// Kill kills the processes of the session that run a program, such as
// [Registry], as a crash would, and fails the test when there is none.
func (s *Session) Kill(tb testing.TB, program string) {
	tb.Helper()
	killed := 0
	for _, pid := range s.processes(program) {
		if syscall.Kill(pid, syscall.SIGKILL) == nil {
			killed++
		}
	}
	if killed == 0 {
		tb.Fatalf("atspitest: no %s runs in the session", program)
	}
}

// KillBus kills the accessibility bus, and leaves the session's own.
func (s *Session) KillBus(tb testing.TB) {
	tb.Helper()
	for _, launcher := range s.processes(Launcher) {
		for _, pid := range s.processes("dbus-daemon") {
			if parent(pid) == launcher {
				syscall.Kill(pid, syscall.SIGKILL)
				return
			}
		}
	}
	tb.Fatal("atspitest: no accessibility bus runs in the session")
}

// processes finds the session's processes by the runtime folder in their
// environment and the name of their program.
func (s *Session) processes(program string) (pids []int) {
	all, _ := filepath.Glob("/proc/[0-9]*")
	for _, p := range all {
		exe, err := os.Readlink(p + "/exe")
		env, _ := os.ReadFile(p + "/environ")
		if err == nil && filepath.Base(exe) == program && bytes.Contains(env, []byte("XDG_RUNTIME_DIR="+s.folder+"\x00")) {
			pid, _ := strconv.Atoi(filepath.Base(p))
			pids = append(pids, pid)
		}
	}
	return pids
}

func parent(pid int) int {
	stat, _ := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	fields := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:])
	if len(fields) < 2 {
		return 0
	}
	ppid, _ := strconv.Atoi(string(fields[1]))
	return ppid
}

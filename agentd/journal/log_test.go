package journal

import (
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// fill makes the file exactly so long, with lines of sessions named old.
func fill(t *testing.T, path string, size int) {
	t.Helper()
	text, err := firstLine(session("old"))
	must(t, err)
	all := strings.Repeat(string(text), size/len(text)-1)
	rest := size - len(all) - len(text)
	all += strings.TrimSuffix(string(text), "\n") + strings.Repeat(" ", rest) + "\n"
	must(t, os.WriteFile(path, []byte(all), 0o600))
}

// The file may have maxFile bytes. The line that would be one byte too many
// begins a new one.
func TestRotation(t *testing.T) {
	text, err := firstLine(session("new"))
	must(t, err)
	for _, test := range []struct {
		name  string
		size  int
		moved bool
	}{{"at the limit", maxFile - len(text), false}, {"past it", maxFile - len(text) + 1, true}} {
		path := newPath(t)
		j := open(t, path)
		fill(t, path, test.size)
		must(t, j.Begin(session("new")))
		_, err := os.Stat(older(path))
		if moved := err == nil; moved != test.moved {
			t.Errorf("%s: moved is %v", test.name, moved)
		}
		if now := content(t, path); test.moved && now != string(text) || !test.moved && len(now) != maxFile {
			t.Errorf("%s: the file has %d bytes now", test.name, len(now))
		}
		got, err := Read(path)
		must(t, err)
		if last := got[len(got)-1]; last.Session != "new" {
			t.Errorf("%s: the last is %+v", test.name, last)
		}
	}
}

// The gap that a torn line costs counts.
func TestRotationOfATornFile(t *testing.T) {
	text, err := firstLine(session("new"))
	must(t, err)
	path := newPath(t)
	j := open(t, path)
	fill(t, path, maxFile-len(text))
	must(t, os.Truncate(path, int64(maxFile-len(text)-1))) // without the end of the last line
	must(t, j.Begin(session("new")))
	if got := len(content(t, path)); got != maxFile {
		t.Errorf("the file has %d bytes", got)
	}
	fill(t, path, maxFile-len(text)+1)
	must(t, os.Truncate(path, int64(maxFile-len(text))))
	must(t, j.Begin(session("new")))
	if got := content(t, path); got != string(text) {
		t.Errorf("the file has %d bytes", len(got))
	}
}

// One older file is kept, and a session that spans two files is one entry.
func TestOneOlderFile(t *testing.T) {
	path := newPath(t)
	j := open(t, path)
	must(t, os.WriteFile(older(path), []byte("the oldest\n"), 0o600))
	must(t, j.Begin(session("s1")))
	first := content(t, path)
	fill(t, path, maxFile)
	must(t, os.WriteFile(path, []byte(first+content(t, path)[len(first):]), 0o600))
	must(t, j.End(session("s1")))
	if got := content(t, older(path)); !strings.HasPrefix(got, first) || len(got) != maxFile {
		t.Error("the older file is not the one before")
	}
	entries, err := Read(path)
	must(t, err)
	ended := 0
	for _, e := range entries {
		if e.Session == "s1" && e.Ended.IsZero() {
			t.Error("the session is running as well")
		} else if e.Session == "s1" {
			ended++
		}
	}
	files, err := os.ReadDir(strings.TrimSuffix(path, "/test.sessions.jsonl"))
	must(t, err)
	if ended != 1 || len(files) != 2 {
		t.Errorf("ended %d times, %d files", ended, len(files))
	}
}

// limitedBytes names the size above which no file may grow, in a process of
// its own: for that one the disk is full.
const limitedBytes = "JOURNAL_TEST_LIMITED_BYTES"

// TestFullDisk lets the disk be full at the end of the file, or somewhere in
// the next line.
func TestFullDisk(t *testing.T) {
	if size, err := strconv.ParseUint(os.Getenv(limitedBytes), 10, 64); err == nil {
		onAFullDisk(t, os.Getenv("JOURNAL_TEST_PATH"), size)
		return
	}
	for _, room := range []int{0, 1, 40, 63} {
		path := newPath(t)
		must(t, open(t, path).Begin(session("s1")))
		process := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestFullDisk$", "-test.v")
		process.Env = append(os.Environ(), limitedBytes+"="+strconv.Itoa(len(content(t, path))+room), "JOURNAL_TEST_PATH="+path)
		out, err := process.CombinedOutput()
		if err != nil || !strings.Contains(string(out), "--- PASS: TestFullDisk") {
			t.Errorf("with room for %d bytes: %v\n%s", room, err, out)
		}
	}
}

// onAFullDisk runs in the process where the file cannot grow.
func onAFullDisk(t *testing.T, path string, size uint64) {
	j := open(t, path)
	before := content(t, path)
	var limit syscall.Rlimit
	must(t, syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit))
	full := limit
	full.Cur = size
	must(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &full))
	if err := j.Begin(session("s2")); err == nil {
		t.Error("a session begins that is not written down")
	}
	if err := j.End(session("s1")); err == nil {
		t.Error("a session ends that is not written down")
	}
	if now := content(t, path); now != before {
		t.Errorf("half a line stays:\n%s", now)
	}
	must(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit))
	must(t, j.Begin(session("s2")))
	expect(t, path, begun("s1"), begun("s2"))
}

package journal

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// newPath is a path in a folder that is not there yet.
func newPath(t *testing.T) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "state", "test.sessions.jsonl")
}

func open(t *testing.T, path string) *Journal {
	t.Helper()
	j, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// session is an entry as the daemon makes it.
func session(id string) Entry {
	return Entry{
		Session: id, Agent: "Maria", Began: noon, Ended: noon.Add(10 * time.Minute), Code: 1, Reason: "The user has ended the session.",
		Scopes:   []Span{{"view", noon, noon.Add(10 * time.Minute)}, {"pointer", noon.Add(time.Minute), noon.Add(2 * time.Minute)}},
		Injected: Injected{Pointer: 210, Button: 12, Key: 40}, Refused: 2, Strokes: 3,
	}
}

// begun is what the journal knows of a session before its end.
func begun(id string) Entry {
	return Entry{Session: id, Agent: "Maria", Began: noon, Scopes: []Span{}}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// expect compares what is read with what is wanted.
func expect(t *testing.T, path string, want ...Entry) {
	t.Helper()
	got, err := Read(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != len(want) || len(want) > 0 && !reflect.DeepEqual(got, want) {
		t.Errorf("read\n%+v, want\n%+v", got, want)
	}
}

func content(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	must(t, err)
	return string(text)
}

// The two lines of a session, to the byte.
func TestLines(t *testing.T) {
	path := newPath(t)
	expect(t, path)
	j := open(t, path)
	expect(t, path)
	must(t, j.Begin(session("s1")))
	expect(t, path, begun("s1"))
	must(t, j.End(session("s1")))
	expect(t, path, session("s1"))
	want := `{"session":"s1","agent":"Maria","began":"2026-03-02T12:00:00Z"}
{"session":"s1","agent":"Maria","began":"2026-03-02T12:00:00Z","ended":"2026-03-02T12:10:00Z","code":1,` +
		`"reason":"The user has ended the session.","scopes":[` +
		`{"scope":"view","from":"2026-03-02T12:00:00Z","to":"2026-03-02T12:10:00Z"},` +
		`{"scope":"pointer","from":"2026-03-02T12:01:00Z","to":"2026-03-02T12:02:00Z"}],` +
		`"injected":{"pointer":210,"button":12,"wheel":0,"key":40,"text":0},"refused":2,"strokes":3}
`
	if got := content(t, path); got != want {
		t.Errorf("the file holds\n%s, want\n%s", got, want)
	}
}

// Each session is where its last line is; one that was cut short has no end.
func TestOrder(t *testing.T) {
	path := newPath(t)
	j := open(t, path)
	for _, id := range []string{"a", "b", "c"} {
		must(t, j.Begin(session(id)))
	}
	must(t, j.End(session("c")))
	must(t, j.End(session("a")))
	expect(t, path, begun("b"), session("c"), session("a"))
	open(t, path) // another start of the daemon changes nothing
	expect(t, path, begun("b"), session("c"), session("a"))
}

func TestOnlyItsOwnerReads(t *testing.T) {
	path := newPath(t)
	j := open(t, path)
	mode := func(path string) os.FileMode {
		info, err := os.Stat(path)
		must(t, err)
		return info.Mode().Perm()
	}
	if file, folder := mode(path), mode(filepath.Dir(path)); file != 0o600 || folder != 0o700 {
		t.Errorf("made with modes %o and %o", file, folder)
	}
	must(t, os.Chmod(path, 0o644))
	must(t, j.Begin(session("s1")))
	if got := mode(path); got != 0o600 {
		t.Errorf("the mode stays %o", got)
	}
}

func TestPath(t *testing.T) {
	for _, test := range []struct{ state, want string }{
		{"/var/state", "/var/state/agentd/kitchen.sessions.jsonl"},
		{"", "/home/maria/.local/state/agentd/kitchen.sessions.jsonl"},
		{"state", "/home/maria/.local/state/agentd/kitchen.sessions.jsonl"},
	} {
		t.Setenv("XDG_STATE_HOME", test.state)
		t.Setenv("HOME", "/home/maria")
		if got, err := Path("kitchen"); err != nil || got != test.want {
			t.Errorf("with %q: %s, %v", test.state, got, err)
		}
	}
	for _, name := range []string{"", "a/b", "../x", "/x"} {
		if got, err := Path(name); err == nil {
			t.Errorf("%q is a name, and leads to %s", name, got)
		}
	}
	t.Setenv("HOME", "")
	if got, err := Path("kitchen"); err == nil {
		t.Errorf("without a home: %s", got)
	}
}

// Where nothing can be written, Open and Begin say so.
func TestCannotBeWritten(t *testing.T) {
	places := map[string]func(path string) error{
		"a folder": func(path string) error { return os.Mkdir(path, 0o700) },
		"a link":   func(path string) error { return os.Symlink(filepath.Join(filepath.Dir(path), "elsewhere"), path) },
		"a pipe":   func(path string) error { return syscall.Mkfifo(path, 0o600) },
		"no folder any more": func(path string) error {
			must(t, os.Remove(filepath.Dir(path)))
			return os.WriteFile(filepath.Dir(path), nil, 0o600)
		},
	}
	for name, spoil := range places {
		path := newPath(t)
		j := open(t, path)
		must(t, os.Remove(path))
		must(t, spoil(path))
		if err := j.Begin(session("s1")); err == nil {
			t.Errorf("%s: a session begins", name)
		}
		if err := j.End(session("s1")); err == nil {
			t.Errorf("%s: a session ends", name)
		}
		if _, err := Open(path); err == nil {
			t.Errorf("%s: can be opened", name)
		}
		if got, err := Read(path); err == nil && name != "a pipe" || len(got) > 0 {
			t.Errorf("%s: read %v, %v", name, got, err)
		}
	}
}

func TestFolderOfOthers(t *testing.T) {
	path := newPath(t)
	open(t, path)
	must(t, os.Chmod(filepath.Dir(path), 0o777))
	if _, err := Open(path); err == nil {
		t.Error("everybody may write to the folder, and it is used")
	}
}

// A file that was moved away is made anew.
func TestMovedAway(t *testing.T) {
	path := newPath(t)
	j := open(t, path)
	must(t, os.Rename(path, path+".saved"))
	must(t, j.Begin(session("s1")))
	expect(t, path, begun("s1"))
}

func TestConcurrentUse(t *testing.T) {
	path := newPath(t)
	j := open(t, path)
	const many, each = 8, 12
	var all sync.WaitGroup
	for i := range many {
		all.Go(func() {
			for k := range each {
				e := session(fmt.Sprintf("s%d-%d", i, k))
				if err := j.Begin(e); err != nil {
					t.Error(err)
				}
				if _, err := Read(path); err != nil {
					t.Error(err)
				}
				if err := j.End(e); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	got, err := Read(path)
	must(t, err)
	seen := map[string]bool{}
	for _, e := range got {
		if want := session(e.Session); !reflect.DeepEqual(e, want) {
			t.Errorf("read %+v", e)
		}
		seen[e.Session] = true
	}
	if len(got) != many*each || len(seen) != many*each {
		t.Errorf("%d sessions, %d of them different, want %d", len(got), len(seen), many*each)
	}
	if lines := strings.Count(content(t, path), "\n"); lines != 2*many*each {
		t.Errorf("%d lines", lines)
	}
}

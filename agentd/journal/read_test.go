package journal

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"telestrator/fuzz/bound"
)

// A crash may cut the last line anywhere. What is before it can be read, the
// torn line is shown as one, and the next line is whole.
func TestTornLine(t *testing.T) {
	path := newPath(t)
	j := open(t, path)
	must(t, j.Begin(session("s1")))
	whole := len(content(t, path))
	must(t, j.End(session("s1")))
	text := content(t, path)
	for cut := whole + 1; cut < len(text)-1; cut++ {
		must(t, os.WriteFile(path, []byte(text[:cut]), 0o600))
		expect(t, path, begun("s1"), Entry{Torn: true})
		must(t, open(t, path).Begin(session("s2")))
		expect(t, path, begun("s1"), Entry{Torn: true}, begun("s2"))
	}
	must(t, os.WriteFile(path, []byte(text[:len(text)-1]), 0o600)) // only its end is missing
	expect(t, path, session("s1"))
	must(t, j.Begin(session("s2")))
	expect(t, path, session("s1"), begun("s2"))
}

func TestDamagedLines(t *testing.T) {
	path := newPath(t)
	j := open(t, path)
	longest := `{"session":"s0","agent":"` + strings.Repeat("x", maxLine-28) + `"}`
	for _, damaged := range []string{
		"null", "[]", "7", "{}", `{"session":7}`, `{"session":""}`, `{"session":"s","began":"noon"}`, "\x00\x00\x00", "}", longest + " ",
	} {
		must(t, os.WriteFile(path, []byte(damaged+"\n\n"), 0o600))
		must(t, j.Begin(session("s1")))
		expect(t, path, Entry{Torn: true}, begun("s1"))
	}
	must(t, os.WriteFile(path, []byte(longest+"\n"), 0o600))
	if got, err := Read(path); err != nil || len(got) != 1 || got[0].Session != "s0" {
		t.Errorf("a line of %d bytes: %+v, %v", len(longest)+1, got, err)
	}
}

// A later version may say more.
func TestUnknownKeys(t *testing.T) {
	path := newPath(t)
	open(t, path)
	must(t, os.WriteFile(path, []byte(`{"session":"s1","agent":"Maria","began":"2026-03-02T12:00:00Z","mood":"calm"}`+"\n"), 0o600))
	expect(t, path, begun("s1"))
}

// At most MaxEntries are read, and they are the newest.
func TestReadLimit(t *testing.T) {
	path := newPath(t)
	open(t, path)
	for _, more := range []int{0, 1} {
		var all strings.Builder
		for i := range MaxEntries + more {
			line, err := firstLine(session(fmt.Sprint("s", i)))
			must(t, err)
			all.Write(line)
		}
		must(t, os.WriteFile(path, []byte(all.String()), 0o600))
		got, err := Read(path)
		must(t, err)
		if len(got) != MaxEntries || got[0].Session != fmt.Sprint("s", more) || got[len(got)-1].Session != fmt.Sprint("s", MaxEntries+more-1) {
			t.Errorf("of %d: %d, from %s to %s", MaxEntries+more, len(got), got[0].Session, got[len(got)-1].Session)
		}
	}
}

// A file that is larger than ours ever are is not read whole.
func TestReadFileLimit(t *testing.T) {
	path := newPath(t)
	for _, more := range []int{0, 1} {
		open(t, path)
		must(t, os.WriteFile(path, append(make([]byte, maxFile-1+more), '\n'), 0o600))
		text, err := readFile(path)
		must(t, err)
		if len(text) != maxFile || text[maxFile-1] != '\n' {
			t.Errorf("%d bytes more: read %d bytes", more, len(text))
		}
	}
}

// Whatever is in the file, reading ends, is bounded and clean, and the next
// session is there.
func FuzzRead(f *testing.F) {
	for _, text := range []string{
		"", "\n\n\n", "{", `{"session":"s1"}`, "\x00", strings.Repeat("x\n", 2*MaxEntries),
		`{"session":"s1","agent":"\u202e","began":"2026-03-02T12:00:00Z","ended":"2026-03-02T12:00:01Z"}` + "\n" + `{"session":"s1","began":"2026-03-02T12:00:00Z"}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		bound.Check(t, func() {
			if len(text) > maxFile/2 {
				return
			}
			path := newPath(t)
			j := open(t, path)
			must(t, os.WriteFile(path, text, 0o600))
			must(t, j.Begin(session("the next one, and no other")))
			got, err := Read(path)
			must(t, err)
			if last := got[len(got)-1]; len(got) > MaxEntries || last.Session != "the next one, and no other" {
				t.Errorf("%d entries, the last %+v", len(got), last)
			}
			for _, e := range got {
				if utf8.RuneCountInString(e.Agent) > maxAgent || strings.ContainsAny(e.Agent+e.Reason+e.Session, "\n\x1b\u202e") {
					t.Errorf("read %+v", e)
				}
			}
		})
	})
}

package journal

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestStrangersWords(t *testing.T) {
	path := newPath(t)
	j := open(t, path)
	e := session("s1")
	e.Agent, e.Reason = "\x1b[31mMa\u202eria\n{\"session\":\"s2\"}", strings.Repeat("x", maxReason+1)
	must(t, j.Begin(e))
	must(t, j.End(e))
	e.Agent, e.Reason = `[31mMaria {"session":"s2"}`, strings.Repeat("x", maxReason-1)+"…"
	expect(t, path, e)
}

func TestTextLimits(t *testing.T) {
	long := func(n int) Entry {
		e := session(strings.Repeat("s", maxSession+n))
		e.Agent, e.Reason = strings.Repeat("a", maxAgent+n), strings.Repeat("r", maxReason+n)
		e.Scopes = []Span{{strings.Repeat("k", maxScope+n), noon, noon}}
		return tidy(e)
	}
	if e := long(0); strings.Contains(e.Session+e.Agent+e.Reason+e.Scopes[0].Scope, "…") {
		t.Errorf("cut at the limit: %+v", e)
	}
	for _, text := range []string{long(1).Session, long(1).Agent, long(1).Reason, long(1).Scopes[0].Scope} {
		if !strings.HasSuffix(text, "…") {
			t.Errorf("not cut above the limit: %s", text)
		}
	}
}

// filled is an entry whose line has exactly so many bytes, unless it is cut.
func filled(t *testing.T, size int) Entry {
	t.Helper()
	e := session("s1")
	e.Reason = ""
	for {
		text, err := encode(tidy(e))
		must(t, err)
		if room := size - len(text); room <= maxReason {
			e.Reason = strings.Repeat("r", room)
			return e
		}
		e.Scopes = append(e.Scopes, Span{"ink", noon, noon.Add(time.Minute)})
	}
}

// A line may have maxLine bytes. One more, and of each scope only the first
// and the last moment are kept.
func TestLineLimit(t *testing.T) {
	path := newPath(t)
	j := open(t, path)
	at, past := filled(t, maxLine), filled(t, maxLine+1)
	must(t, j.End(at))
	if got := len(content(t, path)); got != maxLine {
		t.Fatalf("the line has %d bytes", got)
	}
	expect(t, path, at)
	past.Session = "s2"
	must(t, j.End(past))
	cut := past
	cut.Cut = true
	cut.Scopes = []Span{past.Scopes[0], past.Scopes[1], {"ink", noon, noon.Add(time.Minute)}}
	expect(t, path, at, cut)
}

func TestJoined(t *testing.T) {
	at := func(minute int) time.Time { return noon.Add(time.Duration(minute) * time.Minute) }
	got := joined([]Span{
		{"view", at(0), at(2)}, {"ink", at(0), at(9)}, {"view", at(3), at(5)}, {"ink", at(1), at(2)},
		{"pointer", at(3), at(4)}, {"keyboard", at(3), at(4)}, {"fifth", at(1), at(2)},
	})
	want := []Span{{"view", at(0), at(5)}, {"ink", at(0), at(9)}, {"pointer", at(3), at(4)}, {"keyboard", at(3), at(4)}}
	if len(got) != maxSpans {
		t.Fatalf("joined to %v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("span %d is %v, want %v", i, got[i], want[i])
		}
	}
}

// The longest that an entry can be made is still one line.
func TestLongestLine(t *testing.T) {
	most := ^uint64(0)
	wide := func(n int) string { return strings.Repeat("🙂", n) }
	e := Entry{
		Session: wide(maxSession), Agent: wide(maxAgent), Began: noon, Ended: noon, Code: -1 << 63, Reason: wide(maxReason),
		Injected: Injected{most, most, most, most, most}, Refused: most, Strokes: most,
	}
	for _, scope := range []string{"a", "b", "c", "d", "e"} {
		for range 500 {
			e.Scopes = append(e.Scopes, Span{scope + wide(maxScope-1), noon, noon})
		}
	}
	for _, make := range []func(Entry) ([]byte, error){firstLine, lastLine} {
		text, err := make(e)
		if err != nil || len(text) > maxLine {
			t.Errorf("%d bytes, %v", len(text), err)
		}
	}
	text, _ := lastLine(e)
	if got := parse(text); !got.Cut || got.Injected.Text != most || utf8.RuneCountInString(got.Reason) != maxReason {
		t.Errorf("reads as %+v", got)
	}
}

func TestNotAnEntry(t *testing.T) {
	path := newPath(t)
	j := open(t, path)
	nameless, endless, late := session("\u202e"), session("s1"), session("s1")
	endless.Ended = time.Time{}
	late.Began = time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC)
	for name, err := range map[string]error{
		"begin without an id": j.Begin(nameless), "end without an id": j.End(nameless),
		"end without a time": j.End(endless), "begin in the year 10000": j.Begin(late),
	} {
		if err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	expect(t, path)
}

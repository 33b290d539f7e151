package panel

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	for text, want := range map[string]string{
		"":                                  "",
		"Maria":                             "Maria",
		" Maria \t\n  Lopez ":               "Maria Lopez",
		"Zoë 李 Łukasz 🙂":                    "Zoë 李 Łukasz 🙂",
		"<b>Maria</b>":                      "<b>Maria</b>",
		"\x1b[31mred\x07\x00\x9b":           "[31mred",
		"ab\u202egnp.exe\u202c":             "abgnp.exe",
		"\u2066\u2067\u2068\u2069\u061c":    "",
		"a\u200b\u200d\ufeff\u2060b":        "ab",
		"line\u2028para\u2029end\u0085next": "line para end next",
		"\u3164\u115f\u2800\uffa0":          "",
		"tag\U000e0041\U000e007f":           "tag",
		"\ue000\U000f0000":                  "",
		"bad\xff\xfeutf8":                   "badutf8",
		"Z\u0300\u0301\u0302\u200d\u0303":   "Z\u0300\u0301",
	} {
		if got := clean(text, 60); got != want {
			t.Errorf("clean(%q): got %q, want %q", text, got, want)
		}
	}
}

func TestCut(t *testing.T) {
	for text, want := range map[string]string{
		"1234567890":               "1234567890",
		"12345678901":              "123456789…",
		"1234567890   ":            "1234567890",
		"12345678 901":             "12345678…",
		strings.Repeat("é", 1<<16): "ééééééééé…",
	} {
		if got := clean(text, 10); got != want {
			t.Errorf("clean(%.40q): got %q, want %q", text, got, want)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add("Maria", 10)
	f.Add("\u202e\x00 \u0300\u0300\u0300", 3)
	f.Fuzz(func(t *testing.T, text string, limit int) {
		limit = 1 + (limit&0x7f)%100
		got := clean(text, limit)
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > limit {
			t.Errorf("clean(%q, %d) = %q", text, limit, got)
		}
		if again := clean(got, limit); again != got {
			t.Errorf("cleaning %q once more gives %q", got, again)
		}
	})
}

func TestStateIsCleaned(t *testing.T) {
	dirty := func(n int) string { return "\u202e" + strings.Repeat("x", n) }
	before := State{
		Sessions: []Session{{Name: dirty(maxName + 1), Reason: dirty(maxSentence + 1)}}, Session: &Session{Name: dirty(maxName)},
		Over: &Ending{Reason: dirty(maxSentence), Name: dirty(maxName)},
	}
	s := presentable(before)
	for _, text := range []string{s.Sessions[0].Name, s.Sessions[0].Reason, s.Session.Name, s.Over.Reason, s.Over.Name} {
		if strings.Contains(text, "\u202e") || len(text) == 0 {
			t.Errorf("%q is shown", text)
		}
	}
	if got := utf8.RuneCountInString(s.Sessions[0].Name); got != maxName {
		t.Errorf("a name of %d characters", got)
	}
	if before.Session.Name != dirty(maxName) || before.Sessions[0].Name != dirty(maxName+1) || before.Over.Name != dirty(maxName) {
		t.Error("the daemon's own state was changed")
	}
}

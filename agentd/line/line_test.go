package line

import (
	"strings"
	"testing"
	"unicode/utf8"

	"telestrator/fuzz/bound"
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
		if got := Clean(text, 60); got != want {
			t.Errorf("Clean(%q): got %q, want %q", text, got, want)
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
		if got := Clean(text, 10); got != want {
			t.Errorf("Clean(%.40q): got %q, want %q", text, got, want)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add("Maria", 10)
	f.Add("\u202e\x00 \u0300\u0300\u0300", 3)
	f.Fuzz(func(t *testing.T, text string, limit int) {
		bound.Check(t, func() {
			limit = 1 + (limit&0x7f)%100
			got := Clean(text, limit)
			if !utf8.ValidString(got) || utf8.RuneCountInString(got) > limit {
				t.Errorf("Clean(%q, %d) = %q", text, limit, got)
			}
			if again := Clean(got, limit); again != got {
				t.Errorf("cleaning %q once more gives %q", got, again)
			}
		})
	})
}

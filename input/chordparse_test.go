package input_test

import (
	"slices"
	"strings"
	"testing"

	"telestrator/input"
)

// TestParseChord: one chord is one list of codes, however it is written, and
// its words read back to the same.
func TestParseChord(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Ctrl+Alt+Shift+End":              "ControlLeft AltLeft ShiftLeft End",
		"end+shift+ALT+ctrl":              "ControlLeft AltLeft ShiftLeft End",
		" Ctrl + Alt + Shift + End ":      "ControlLeft AltLeft ShiftLeft End",
		"ControlRight+AltRight+ArrowLeft": "ControlLeft AltLeft ArrowLeft",
		"Meta+Pause":                      "MetaLeft Pause",
		"Shift+F12+Esc":                   "ShiftLeft Escape F12",
	} {
		got, err := input.ParseChord(text)
		if err != nil || strings.Join(got, " ") != want {
			t.Errorf("%q: %v, %v", text, got, err)
		}
		again, err := input.ParseChord(input.ChordConfig{Keys: got}.Words())
		if err != nil || !slices.Equal(again, got) {
			t.Errorf("%q written and read again: %v, %v", text, again, err)
		}
	}
	if got := input.DefaultChord().Words(); got != "Ctrl+Alt+Shift+End" {
		t.Errorf("the default is written %q", got)
	}
	if got := (input.ChordConfig{Escapes: 5}).Words(); got != "" {
		t.Errorf("no chord is written %q", got)
	}
}

// TestParseChordRefuses: what is wrong is named, and what would be right.
func TestParseChordRefuses(t *testing.T) {
	t.Parallel()
	for text, says := range map[string][]string{
		"Crtl+End":                     {`"Crtl"`, "did you mean Ctrl?", "PageUp"},
		"Ctrl+Ende":                    {`"Ende"`, "did you mean End?"},
		"Ctrl+Escp":                    {`"Escp"`, "did you mean Esc?"},
		"Ctrl+Page Up":                 {`"Page Up"`, "did you mean PageUp?"},
		"Ctrl+Q":                       {`"Q"`, "There are Ctrl, Alt, Shift, Meta, Esc, F1"},
		"":                             {`""`, "no key"},
		"Ctrl+":                        {`""`, "no key"},
		"Ctrl++End":                    {`""`, "no key"},
		"End":                          {"needs a modifier (Ctrl, Alt, Shift, Meta)"},
		"Ctrl+Alt":                     {"and another key"},
		"Ctrl+ControlRight+End":        {"Ctrl is named twice"},
		"Ctrl+End+end":                 {"End is named twice"},
		"Ctrl+Alt+Shift+Meta+F1+F2+F3": {"7 keys are more than 6"},
	} {
		_, err := input.ParseChord(text)
		if err == nil {
			t.Errorf("%q is a chord", text)
			continue
		}
		for _, part := range says {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%q: %q does not say %q", text, err, part)
			}
		}
	}
}

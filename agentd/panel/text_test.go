package panel

import (
	"strings"
	"testing"
	"unicode/utf8"
)

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

func TestWindowsAreCleaned(t *testing.T) {
	dirty := "\u202e" + strings.Repeat("x", 500)
	window := Window{Title: dirty, Program: dirty, Toolkit: dirty, Why: dirty}
	before := State{Privacy: Privacy{Sentence: dirty, Windows: []Window{window}}, Session: &Session{Field: dirty}}
	s := presentable(before)
	w := s.Privacy.Windows[0]
	for text, most := range map[string]int{
		w.Title: maxName, w.Toolkit: maxName, w.Program: maxPath, w.Why: maxSentence, s.Privacy.Sentence: maxSentence, s.Session.Field: MaxField,
	} {
		if strings.Contains(text, "\u202e") || utf8.RuneCountInString(text) != most {
			t.Errorf("%d characters are shown, want %d: %q", utf8.RuneCountInString(text), most, text)
		}
	}
	if before.Privacy.Windows[0] != window {
		t.Error("the daemon's own list was changed")
	}
}

func TestWindowLimit(t *testing.T) {
	for n, want := range map[int]int{0: 0, maxWindows: maxWindows, maxWindows + 1: maxWindows} {
		got := presentable(State{Privacy: Privacy{Windows: make([]Window, n)}}).Privacy.Windows
		if got == nil || len(got) != want {
			t.Errorf("of %d windows %d are told (null: %t)", n, len(got), got == nil)
		}
	}
}

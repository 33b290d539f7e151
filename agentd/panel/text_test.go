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

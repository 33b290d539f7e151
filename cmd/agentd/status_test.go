package main

import (
	"strings"
	"testing"

	"telestrator/agentd/panel"
)

// TestStatusSaysWhatIsProtected holds the words for a state against what it says
// of privacy.
func TestStatusSaysWhatIsProtected(t *testing.T) {
	state := panel.State{State: panel.Idle, Display: ":0", Screen: panel.ScreenOK}
	for _, c := range []struct {
		privacy panel.Privacy
		doctor  bool
	}{
		{panel.Privacy{Protects: true, Sentence: "Password fields are hidden."}, false},
		{panel.Privacy{Sentence: "Everything is hidden: there is no D-Bus session."}, true},
	} {
		state.Privacy = c.privacy
		text := describe(state, "http://127.0.0.1:1/#x")
		if !strings.Contains(text, "Privacy   "+c.privacy.Sentence+"\n") || strings.Contains(text, "agentd doctor") != c.doctor {
			t.Errorf("%+v is\n%s", c.privacy, text)
		}
		if n := strings.Count(text, "\n"); n > 8 {
			t.Errorf("%d lines", n)
		}
	}
}

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
		doctor  string // what it says beside
	}{
		{panel.Privacy{Protects: true, Sentence: "Password fields are hidden."}, ""},
		{panel.Privacy{Sentence: "Everything is hidden: there is no D-Bus session."}, "What to do about it: agentd doctor"},
		{panel.Privacy{Protects: true, Windows: []panel.Window{{State: panel.WindowVouched}}}, ""},
		{panel.Privacy{Protects: true, Windows: []panel.Window{{State: panel.WindowUnsure}, {State: panel.WindowRefused}}},
			"2 windows are hidden whole; agentd doctor says why"},
		{panel.Privacy{Protects: true, Unknown: "allow", Windows: []panel.Window{{State: panel.WindowUnsure}}},
			"1 window is not looked into; agentd doctor says why"},
	} {
		state.Privacy = c.privacy
		text := describe(state, "http://127.0.0.1:1/#x")
		if !strings.Contains(text, "Privacy   "+c.privacy.Sentence+"\n") || !strings.Contains(text, c.doctor) || strings.Contains(text, "doctor") != (c.doctor != "") {
			t.Errorf("%+v is\n%s", c.privacy, text)
		}
		if n := strings.Count(text, "\n"); n > 8 {
			t.Errorf("%d lines", n)
		}
	}
}

// TestStatusFitsOneScreen names as many windows as may be, and of one more no other.
func TestStatusFitsOneScreen(t *testing.T) {
	state := panel.State{State: panel.Idle, Privacy: panel.Privacy{Protects: true}}
	for n := 1; n <= maxTold+1; n++ {
		state.Privacy.Windows = append(state.Privacy.Windows, panel.Window{State: panel.WindowRefused, Title: "a", Why: "It does not answer."})
		if told := strings.Count(describe(state, ""), `Window    "a" is hidden: It does not answer.`); told != min(n, maxTold) {
			t.Errorf("of %d windows %d are told", n, told)
		}
	}
}

package agentd

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"telestrator/agentd/panel"
	"telestrator/privacy"
)

// TestTellPrivacy: each state has its word, and no window moves because another
// one is raised; what the user is asked about comes first.
func TestTellPrivacy(t *testing.T) {
	facts := privacy.Facts{Tracking: true, Windows: []privacy.Window{
		{ID: 9, State: privacy.Guarded, Title: "Sign in", Program: "/usr/bin/zenity", Class: "Zenity", Toolkit: "GTK 3", Why: "Because.", Secrets: 2},
		{ID: 4, State: privacy.Trusted, Class: "XTerm"}, {ID: 3, State: privacy.Ruled}, {ID: 7, State: privacy.Unsure},
		{ID: 2, State: privacy.Refused}, {ID: 1, State: privacy.Vouched}, {ID: 8, State: privacy.New}, {ID: 5, State: privacy.Unsure},
	}}
	got := tellPrivacy(privacy.Policy{Unknown: privacy.Ask}, facts)
	want := []panel.Window{{ID: 5, State: "unsure"}, {ID: 7, State: "unsure"}, {ID: 1, State: "vouched"}, {ID: 2, State: "refused"},
		{ID: 3, State: "hidden"}, {ID: 4, State: "shown", Program: "XTerm"}, {ID: 8, State: "new"},
		{ID: 9, State: "guarded", Title: "Sign in", Program: "/usr/bin/zenity", Toolkit: "GTK 3", Why: "Because.", Secrets: 2}}
	if !reflect.DeepEqual(got.Windows, want) {
		t.Errorf("got  %+v\nwant %+v", got.Windows, want)
	}
	if got.Unknown != "ask" || got.Mode != panel.ModeRules || !got.Protects {
		t.Errorf("%+v", got)
	}
	listed := tellPrivacy(privacy.Policy{Only: []privacy.WindowRule{{Class: "x"}}}, privacy.Facts{})
	if listed.Mode != panel.ModeList || listed.Protects || listed.Unknown != "flat" || listed.Windows == nil {
		t.Errorf("%+v", listed)
	}
	if !unsure(got, 7) || unsure(got, 9) || unsure(got, 6) {
		t.Error("which windows the user is asked about is wrong")
	}
}

// TestSentence: in every case it says what happens, and all of it fits.
func TestSentence(t *testing.T) {
	only := []privacy.WindowRule{{Class: "x"}}
	for _, c := range []struct {
		policy privacy.Policy
		facts  privacy.Facts
		says   []string
	}{
		{privacy.Policy{Unknown: privacy.Flat}, privacy.Facts{Tracking: true}, []string{"Password fields are hidden.", "hidden too", "is not known"}},
		{privacy.Policy{Unknown: privacy.Ask}, privacy.Facts{Tracking: true}, []string{"Password fields are hidden.", "until you show them", "is not known"}},
		{privacy.Policy{Unknown: privacy.Allow}, privacy.Facts{Tracking: true}, []string{"cannot be checked are shown", "is not known"}},
		{privacy.Policy{Only: only}, privacy.Facts{Tracking: true}, []string{"Only windows on this device's list", "is not known"}},
		{privacy.Policy{Unknown: privacy.Flat}, privacy.Facts{Why: "The bus is away."}, []string{"every window is hidden", "The bus is away."}},
		{privacy.Policy{Unknown: privacy.Ask}, privacy.Facts{Why: "The bus is away."}, []string{"until you show it", "The bus is away."}},
		{privacy.Policy{Unknown: privacy.Allow}, privacy.Facts{Why: "The bus is away."}, []string{"not hidden: whoever you allow sees", "The bus is away."}},
		{privacy.Policy{Only: only}, privacy.Facts{Why: "The bus is away."}, []string{"Only windows on this", "are not found", "The bus is away."}},
	} {
		got := sentence(c.policy, c.facts)
		for _, want := range c.says {
			if !strings.Contains(got, want) {
				t.Errorf("%q does not say %q", got, want)
			}
		}
		if n := utf8.RuneCountInString(got); n > 200 {
			t.Errorf("%d characters: %q", n, got)
		}
	}
}

// TestRenew: a change of windows is a change of the state, but not more than four
// times a second, and the last one is not lost.
func TestRenew(t *testing.T) {
	d := &Daemon{number: 1, news: make(chan struct{}), screen: &Screen{demand: make(chan struct{}, 1)}}
	at := time.Now()
	told := func(state string) panel.Privacy {
		return panel.Privacy{Windows: []panel.Window{{ID: 1, State: state}}}
	}
	renew := func(state string, after time.Duration, want uint64) {
		t.Helper()
		if d.renew(told(state), at.Add(after)); d.number != want {
			t.Errorf("after %v the number is %d, want %d", after, d.number, want)
		}
	}
	renew("new", 0, 2)
	renew("new", time.Hour, 2)
	renew("vouched", time.Hour, 3)
	renew("guarded", time.Hour+factsEvery-1, 3)
	renew("guarded", time.Hour+factsEvery, 4)
	flood := time.Now().Add(2 * time.Hour)
	for i := range 1000 { // ten seconds
		d.renew(told(string(rune('a'+i%20))), flood.Add(time.Duration(i)*10*time.Millisecond))
	}
	if d.number != 4+40 {
		t.Errorf("a flood of ten seconds made %d states", d.number-4)
	}
}

// TestWaitHearsOfWindows: who waits for a state hears of what privacy knows now.
func TestWaitHearsOfWindows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &Daemon{number: 1, news: make(chan struct{}), screen: &Screen{demand: make(chan struct{}, 1)}}
		before := d.Wait(t.Context(), 1)
		guard, err := privacy.NewFixed(privacy.Policy{})
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		time.AfterFunc(time.Second, func() { d.screen.guard.Store(guard) })
		after := d.Wait(t.Context(), before.Number)
		if took := time.Since(began); took < time.Second || took > time.Second+factsEvery {
			t.Errorf("heard after %v", took)
		}
		if after.Number != before.Number+1 || after.Privacy.Sentence == before.Privacy.Sentence {
			t.Errorf("state %d after %d: %q", after.Number, before.Number, after.Privacy.Sentence)
		}
	})
}

// TestShowRefuses: a window is shown only where the policy asks, by the user's own
// hand, and while it is there.
func TestShowRefuses(t *testing.T) {
	show := func(unknown privacy.Unknown) string {
		d := &Daemon{screen: &Screen{}}
		d.config.Policy.Privacy.Unknown = unknown
		var no *panel.Refusal
		if err := d.Show(7); !errors.As(err, &no) {
			t.Fatal(err)
		}
		return no.ID
	}
	for unknown, want := range map[privacy.Unknown]string{privacy.Flat: "not_offered", privacy.Allow: "not_offered", privacy.Ask: "no_window"} {
		if got := show(unknown); got != want {
			t.Errorf("with %s: %s, want %s", unknownNames[unknown], got, want)
		}
	}
	d := &Daemon{acted: time.Now()}
	var no *panel.Refusal
	if err := d.ownHand(); !errors.As(err, &no) || no.ID != "too_early" {
		t.Errorf("just after injected input: %v", err)
	}
	d.acted = time.Now().Add(-handsOff)
	if err := d.ownHand(); err != nil {
		t.Errorf("two seconds later: %v", err)
	}
}

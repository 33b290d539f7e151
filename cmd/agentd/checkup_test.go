package main

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"telestrator/agentd"
	"telestrator/privacy"
)

// ordinary is a desktop with a window of each kind.
func ordinary() privacy.Facts {
	return privacy.Facts{Tracking: true, Windows: []privacy.Window{
		{ID: 1, Program: "/usr/bin/zenity", Toolkit: "GTK 3", Class: "Zenity", Title: "Sign in", State: privacy.Guarded, Secrets: 1},
		{ID: 2, Program: "/usr/bin/gedit", Toolkit: "GTK 3", Class: "Gedit", State: privacy.Vouched},
		{ID: 3, Program: "/usr/bin/gedit", Toolkit: "GTK 3", Class: "Gedit", State: privacy.Vouched},
		{ID: 4, Program: "/usr/bin/xterm", Class: "XTerm", State: privacy.Trusted},
		{ID: 5, Program: "/usr/bin/keepassxc", Toolkit: "Qt", Class: "KeePassXC", State: privacy.Ruled, Why: "A rule hides it."},
	}}
}

// checkedUp is the checkup of made-up facts.
func checkedUp(facts privacy.Facts, p privacy.Policy) *checkup {
	c := &checkup{Display: ":0", Screen: screen{Server: "X.Org 21.1.7", Width: 800, Height: 600},
		Policy: policyInForce(p, agentd.PrivacyFile{}, "")}
	c.take(facts, p)
	c.conclude()
	return c
}

func TestCheckupOfAnOrdinaryDesktop(t *testing.T) {
	c := checkedUp(ordinary(), agentd.DefaultPolicy().Privacy)
	if !c.Protected {
		t.Errorf("not protected: %s", c.Verdict)
	}
	text := c.text()
	for _, want := range []string{
		"zenity     GTK 3     1        all but one field, which is hidden\n",
		"gedit      GTK 3     2        all: it shows no secret field now\n",
		"xterm      -         1        all: a terminal, shown by rule",
		"keepassxc  Qt        1        nothing: a rule hides it\n",
		"GTK 3        exact", "Qt           exact", "unknown windows are hidden (default)", "1 field is hidden.\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
	for line := range strings.Lines(text) {
		if len(line) > pageWidth+1 || strings.TrimRight(line, " \n") != strings.TrimSuffix(line, "\n") {
			t.Errorf("a line of %d characters: %q", len(line)-1, line)
		}
	}
	if n := strings.Count(text, "\n"); n > 24 {
		t.Errorf("%d lines:\n%s", n, text)
	}
}

// TestCheckupVerdicts changes one thing of the ordinary desktop at a time.
func TestCheckupVerdicts(t *testing.T) {
	unsure := privacy.Window{ID: 9, PID: 0, Class: "Odd", State: privacy.Unsure}
	cases := []struct {
		name      string
		change    func(f *privacy.Facts, p *privacy.Policy)
		protected bool
		verdict   string
		row       string
	}{
		{"as it is", func(*privacy.Facts, *privacy.Policy) {}, true, "Protected", ""},
		{"unknown", func(f *privacy.Facts, _ *privacy.Policy) { f.Windows = append(f.Windows, unsure) }, false,
			"1 window is hidden whole", "nothing: the X server does not say which program it belongs to"},
		{"unknown and allowed", func(f *privacy.Facts, p *privacy.Policy) {
			f.Windows, p.Unknown = append(f.Windows, unsure), privacy.Allow
		}, false, "NOT protected: 1 window is shown", "ALL of it, unprotected"},
		{"unknown beside a list of what is shown", func(f *privacy.Facts, p *privacy.Policy) {
			f.Windows, p.Unknown = append(f.Windows, unsure), privacy.Allow
			p.Only = []privacy.WindowRule{{Class: "Zenity"}}
		}, false, "1 window is hidden whole", "keepassxc  Qt        1        nothing: it is not on the list"},
		{"refused", func(f *privacy.Facts, _ *privacy.Policy) { f.Windows[1].State = privacy.Refused }, false,
			"1 window is hidden whole", "nothing: its program does not answer"},
		{"two refused", func(f *privacy.Facts, _ *privacy.Policy) {
			f.Windows[1].State, f.Windows[2].State = privacy.Refused, privacy.Refused
		}, false, "2 windows are hidden whole", "gedit      GTK 3     2        nothing"},
		{"still new", func(f *privacy.Facts, _ *privacy.Policy) { f.Windows[1].State = privacy.New }, false,
			"1 window is hidden whole", "nothing yet"},
		{"not tracking", func(f *privacy.Facts, _ *privacy.Policy) { f.Tracking, f.Why = false, "The bus is gone." }, false,
			"Password fields are not found here", "NOT found: the bus is gone"},
		{"not tracking and allowed", func(f *privacy.Facts, p *privacy.Policy) {
			f.Tracking, p.Unknown = false, privacy.Allow
		}, false, "NOT protected", "unknown windows are SHOWN"},
		{"two fields", func(f *privacy.Facts, _ *privacy.Policy) { f.Windows[0].Secrets = 2 }, true,
			"2 fields are hidden", "all but 2 fields"},
		{"GTK 4", func(f *privacy.Facts, _ *privacy.Policy) { f.Windows[0].Toolkit, f.Windows[0].Secrets = "GTK 4", 0 }, true,
			"1 field is hidden", "nothing: it has a secret field, and GTK 4 does not say where"},
		{"a field that has gone", func(f *privacy.Facts, _ *privacy.Policy) { f.Windows[0].Secrets = 0 }, true,
			"no field is hidden", "all but the place of a field"},
		{"no field", func(f *privacy.Facts, _ *privacy.Policy) { f.Windows = f.Windows[1:] }, true, "no field is hidden", ""},
		{"a terminal that is not trusted", func(f *privacy.Facts, p *privacy.Policy) {
			f.Windows[3].State, p.Shown = privacy.Unsure, nil
		}, false, "1 window is hidden whole", "nothing: a terminal does not tell"},
		{"shown by another rule", func(f *privacy.Facts, _ *privacy.Policy) { f.Windows[3].Class = "Kiosk" }, true,
			"Protected", "all: a rule of the configuration shows it"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			facts, policy := ordinary(), agentd.DefaultPolicy().Privacy
			c.change(&facts, &policy)
			got := checkedUp(facts, policy)
			if got.Protected != c.protected || !strings.Contains(got.Verdict, c.verdict) || !strings.Contains(got.text(), c.row) {
				t.Errorf("protected %v, verdict %q:\n%s", got.Protected, got.Verdict, got.text())
			}
		})
	}
}

func TestCheckupOfALackingScreen(t *testing.T) {
	c := &checkup{Screen: screen{Lacks: []lack{extensions[0]}, Wayland: true}}
	c.take(ordinary(), agentd.DefaultPolicy().Privacy)
	c.conclude()
	if c.Protected || !strings.Contains(c.Verdict, "cannot begin") {
		t.Errorf("protected %v: %s", c.Protected, c.Verdict)
	}
	for _, want := range []string{"without the extension Composite: nothing can be shared", "Wayland"} {
		if !strings.Contains(c.text(), want) {
			t.Errorf("%q is missing in\n%s", want, c.text())
		}
	}
	if c.Screen.Lacks = []lack{{"MIT-SHM", "slow", false}}; c.Screen.blocked() {
		t.Error("a display without shared memory cannot be used")
	}
}

// TestCheckupPolicy holds the words for policies against files.
func TestCheckupPolicy(t *testing.T) {
	no := false
	file := agentd.PrivacyFile{Unknown: "ask", Terminals: &no, Rects: [][]int{{0, 0, 1, 1}},
		Windows: []agentd.WindowFile{{Class: "a"}}, Shown: []agentd.WindowFile{{Class: "b"}}, Only: []agentd.WindowFile{{Class: "c"}, {Class: "d"}}}
	config, err := agentd.File{Privacy: file}.Config()
	if err != nil {
		t.Fatal(err)
	}
	const want = "unknown windows are hidden until the user shows them; terminals are treated like all; 2 rules hide; " +
		"1 rule shows; 2 rules name all that is shown; from /etc/x.yaml"
	if got := policyInForce(config.Policy.Privacy, file, "/etc/x.yaml").text(); got != want {
		t.Errorf("%s", got)
	}
}

// TestCheckupPromisesNothing of toolkits where nobody asks them.
func TestCheckupPromisesNothing(t *testing.T) {
	facts := ordinary()
	facts.Tracking, facts.Why = false, "privacy: the bus is gone"
	if text := checkedUp(facts, agentd.DefaultPolicy().Privacy).text(); strings.Contains(text, "exact") || !strings.Contains(text, "NOT found: the bus is gone. ") {
		t.Errorf("%s", text)
	}
}

func TestCheckupAsJSON(t *testing.T) {
	data, err := json.Marshal(checkedUp(ordinary(), agentd.DefaultPolicy().Privacy))
	if err != nil {
		t.Fatal(err)
	}
	var back struct {
		Windows []struct {
			State string
			Sees  string `json:"agent_sees"`
		}
		Protected bool
	}
	if err := json.Unmarshal(data, &back); err != nil || !back.Protected || len(back.Windows) != 5 ||
		back.Windows[0].State != "guarded" || back.Windows[0].Sees != seesRest || back.Windows[4].Sees != seesNothing {
		t.Errorf("%s, error %v", data, err)
	}
}

func TestServerName(t *testing.T) {
	for _, c := range []struct {
		vendor  string
		release uint32
		want    string
	}{{"The X.Org Foundation", 12101007, "X.Org 21.1.7"}, {"The X.Org Foundation", 12013000, "X.Org 1.20.13"}, {"Cygwin/X", 5, "Cygwin/X"}} {
		if got := serverName(c.vendor, c.release); got != c.want {
			t.Errorf("%s %d is %s, want %s", c.vendor, c.release, got, c.want)
		}
	}
}

// TestSettled looks until nothing is new, and at most for as long as it may.
func TestSettled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began, looks := time.Now(), 0
		late := func() privacy.Facts { // what the window is turns out in a second
			looks++
			state := privacy.Vouched
			if time.Since(began) < time.Second {
				state = privacy.New
			}
			return privacy.Facts{Windows: []privacy.Window{{State: state}}}
		}
		ctx, end := context.WithTimeout(t.Context(), lookWithin)
		defer end()
		if facts := settled(ctx, late); facts.Windows[0].State != privacy.Vouched || time.Since(began) != time.Second+lookAgain {
			t.Errorf("after %v and %d looks: %+v", time.Since(began), looks, facts)
		}
		began = time.Now()
		if settled(ctx, func() privacy.Facts { return privacy.Facts{} }); time.Since(began) != lookLeast {
			t.Errorf("nothing was looked at for %v", time.Since(began))
		}
		began = time.Now()
		forever := privacy.Facts{Windows: slices.Repeat([]privacy.Window{{State: privacy.New}}, 2)}
		if facts := settled(ctx, func() privacy.Facts { return forever }); len(facts.Windows) != 2 || time.Since(began) > lookWithin {
			t.Errorf("after %v: %+v", time.Since(began), facts)
		}
	})
}

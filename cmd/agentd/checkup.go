package main

import (
	"fmt"

	"telestrator/agentd"
	"telestrator/privacy"
)

// checkup is what can and cannot be protected on a desktop.
type checkup struct {
	Display   string   `json:"display"`
	Screen    screen   `json:"screen"`
	Fields    fields   `json:"password_fields"`
	Windows   []window `json:"windows"`
	Policy    inForce  `json:"policy"`
	Protected bool     `json:"protected"`
	Verdict   string   `json:"verdict"` // in one sentence
}

// fields says whether password fields are found.
type fields struct {
	Found      bool   `json:"found"`
	Why        string `json:"why"`         // not
	SwitchedOn bool   `json:"switched_on"` // accessibility was off until this checkup
}

// inForce is the policy, and which of it is not the default.
type inForce struct {
	File          string `json:"file"`    // empty where there is none
	Unknown       string `json:"unknown"` // flat, ask or allow
	UnknownSaid   bool   `json:"unknown_from_file"`
	Terminals     bool   `json:"terminals"` // are shown
	TerminalsSaid bool   `json:"terminals_from_file"`
	Hidden        int    `json:"hidden"` // windows and rectangles that rules hide
	Shown         int    `json:"shown"`  // rules that show, beside that of terminals
	Only          int    `json:"only"`   // rules beside which nothing is shown; 0 for no such list
}

// policyInForce tells of the policy and of the file that it is from.
func policyInForce(p privacy.Policy, file agentd.PrivacyFile, path string) inForce {
	words := map[privacy.Unknown]string{privacy.Flat: "flat", privacy.Ask: "ask", privacy.Allow: "allow"}
	return inForce{
		File:    path,
		Unknown: words[p.Unknown], UnknownSaid: file.Unknown != "",
		Terminals: file.Terminals == nil || *file.Terminals, TerminalsSaid: file.Terminals != nil,
		Hidden: len(p.Windows) + len(p.Rects), Shown: len(file.Shown), Only: len(p.Only),
	}
}

// conclude says in one sentence what it comes to.
func (c *checkup) conclude() {
	open, whole, hidden := 0, 0, 0
	for _, w := range c.Windows {
		hidden += w.Fields
		switch {
		case w.Sees == seesBlindly:
			open++
		case !w.clear():
			whole++
		}
	}
	switch {
	case c.Screen.blocked():
		c.Verdict = "agentd cannot begin on this display: the server lacks what is named above."
	case open > 0:
		c.Verdict = fmt.Sprintf("NOT protected: %s shown that nobody looks into.", count(open, "window"))
	case !c.Fields.Found && c.Policy.Unknown == "allow":
		c.Verdict = "NOT protected: password fields are not found here, and unknown windows are shown."
	case !c.Fields.Found:
		c.Verdict = "Password fields are not found here, so nothing is shown that no rule shows."
	case whole > 0:
		c.Verdict = fmt.Sprintf("No secret that can be known is seen; %s hidden whole, for the reasons above.", count(whole, "window"))
	default:
		c.Verdict = fmt.Sprintf("Protected: every window is looked into, hidden, or shown by a rule; %s hidden.", count(hidden, "field"))
		c.Protected = true
	}
}

// count is a number of things, with its verb: "1 window is", "2 windows are".
func count(n int, thing string) string {
	switch n {
	case 0:
		return "no " + thing + " is"
	case 1:
		return "1 " + thing + " is"
	}
	return fmt.Sprintf("%d %ss are", n, thing)
}

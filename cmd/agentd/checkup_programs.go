package main

import (
	"fmt"
	"regexp"
	"strings"

	"telestrator/agentd"
	"telestrator/privacy"
)

// window is one of the desktop's, and what an agent would see of it.
type window struct {
	ID      uint32 `json:"id"`
	PID     int    `json:"pid"`     // 0 when unknown
	Program string `json:"program"` // path of its file, empty when unknown
	Toolkit string `json:"toolkit"` // what draws it, empty when unknown
	Class   string `json:"class"`
	Title   string `json:"title"`
	State   string `json:"state"`
	Sees    string `json:"agent_sees"` // all, all but fields, nothing, or unprotected
	Fields  int    `json:"fields"`     // that are hidden
	Why     string `json:"why"`        // may be empty
}

// What an agent sees of a window.
const (
	seesAll     = "all"            // it is known to have no secret
	seesRest    = "all but fields" // that are hidden
	seesNothing = "nothing"
	seesBlindly = "unprotected" // all, and nobody can tell what it shows
)

var states = map[privacy.State]string{
	privacy.Unsure: "unsure", privacy.New: "new", privacy.Vouched: "vouched", privacy.Guarded: "guarded",
	privacy.Refused: "refused", privacy.Ruled: "hidden", privacy.Trusted: "shown",
}

var terminalClass = regexp.MustCompile(agentd.Terminals().Class)

// examineWindow says what becomes of a window.
func examineWindow(w privacy.Window, p privacy.Policy, f fields) window {
	seen := window{ID: w.ID, PID: w.PID, Program: w.Program, Toolkit: w.Toolkit, Class: w.Class, Title: w.Title,
		State: states[w.State], Sees: seesNothing, Fields: w.Secrets, Why: w.Why}
	switch w.State {
	case privacy.Vouched:
		seen.Sees = seesAll
	case privacy.Guarded:
		seen.guarded()
	case privacy.Trusted:
		seen.Sees, seen.Why = seesAll, trusted(w)
	case privacy.Ruled:
		if len(p.Only) > 0 {
			seen.Why = "it is not on the list of what is shown, or a rule hides it"
		}
	case privacy.Unsure:
		seen.diagnose(w, f)
		if p.Unknown == privacy.Allow && len(p.Only) == 0 {
			seen.Sees = seesBlindly
		}
	}
	return seen
}

// guarded is about a window with fields. GTK 4 does not say where they are.
func (s *window) guarded() {
	if strings.HasPrefix(s.Toolkit, "GTK 4") {
		s.Fields, s.Why = max(s.Fields, 1), "it has a secret field, and GTK 4 does not say where"
		return
	}
	if s.Why != "" {
		s.Fields = max(s.Fields, 1)
		return
	}
	s.Sees = seesRest
}

// trusted is why a window is shown that nobody looks into.
func trusted(w privacy.Window) string {
	if terminalClass.MatchString(w.Class) {
		return "a terminal, shown by rule: passwords typed there do not appear, what commands print does"
	}
	if w.Why == "" {
		return "a rule of the configuration shows it"
	}
	return w.Why
}

// diagnose finds out why a program does not tell what its window shows. One
// whose toolkit is known is on the bus, and the Guard knows better.
func (s *window) diagnose(w privacy.Window, f fields) {
	can := false
	if s.Toolkit == "" {
		s.Toolkit, can = suspect(w.PID, w.Program)
	}
	switch {
	case terminalClass.MatchString(w.Class):
		s.Why = "a terminal does not tell what it shows"
	case !f.Found:
		s.Why = "password fields are not found here"
	case w.Toolkit != "":
	case w.PID == 0:
		s.Why = "the X server does not say which program it belongs to"
	case foreign(w.PID):
		s.Why = "its program runs as another user, whom this user's accessibility does not reach"
	case can && f.SwitchedOn:
		s.Why = "its program started before accessibility was switched on; start it again"
	case can:
		s.Why = "its program most likely started before accessibility was switched on; start it again"
	default:
		s.Why = "its program has no accessibility: a rule can show it"
	}
}

// worths are what finding fields is worth with a toolkit.
var worths = []struct{ toolkit, worth string }{
	{"GTK 3", "exact: a field is hidden before it can be seen"},
	{"GTK 4", "a window with a field is hidden whole, because GTK 4 does not tell where the field is"},
	{"Qt", "exact: a field is hidden before it can be seen"},
	{"Chromium", "exact; a page with a secret that scrolls stands still for about half a second"},
	{"Firefox", "exact; a page with a secret that scrolls stands still for a tenth of a second"},
}

// clear reports whether a window is looked into, or hidden or shown on purpose.
func (s window) clear() bool {
	return s.State != states[privacy.Unsure] && s.State != states[privacy.Refused] && s.State != states[privacy.New]
}

// sees is what an agent sees of it, for people.
func (s window) sees() string {
	switch {
	case s.Sees == seesBlindly:
		return "ALL of it, unprotected: " + phrase(s.Why)
	case s.State == states[privacy.New]:
		return "nothing yet: it has not been looked into so far"
	case s.Sees == seesNothing && s.State == states[privacy.Ruled]:
		return "nothing: " + phrase(s.Why, "a rule hides it")
	case s.Sees == seesNothing:
		return "nothing: " + phrase(s.Why, "its program does not answer, or answers nonsense")
	case s.Sees == seesRest && s.Fields == 0:
		return "all but the place of a field that has just gone"
	case s.Sees == seesRest && s.Fields == 1:
		return "all but one field, which is hidden"
	case s.Sees == seesRest:
		return fmt.Sprintf("all but %d fields, which are hidden", s.Fields)
	case s.Why != "":
		return "all: " + phrase(s.Why)
	}
	return "all: it shows no secret field now"
}

// phrase makes the first text that is not empty a part of a sentence.
func phrase(texts ...string) string {
	for _, text := range texts {
		if text = strings.TrimSuffix(text, "."); text != "" {
			return strings.ToLower(text[:1]) + text[1:]
		}
	}
	return ""
}

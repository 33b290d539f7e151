package agentd

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"time"

	"telestrator/agentd/panel"
	"telestrator/privacy"
)

// factsEvery is how often the panel is told of windows at most. Programs can
// change theirs as fast as they like.
const factsEvery = 250 * time.Millisecond

// known is what the panel was told of windows last. It is guarded by the
// daemon's lock.
type known struct {
	privacy panel.Privacy
	at      time.Time
}

// renew makes a new state when what the panel is told of windows is another
// thing than before, unless it was so just now: then the next look does it.
func (d *Daemon) renew(told panel.Privacy, now time.Time) {
	d.mu.Lock()
	fresh := now.Sub(d.known.at) >= factsEvery && !reflect.DeepEqual(d.known.privacy, told)
	if fresh {
		d.known = known{told, now}
	}
	d.mu.Unlock()
	if fresh {
		d.changed()
	}
}

// privacy is what the user is told about secrets.
func (d *Daemon) privacy() panel.Privacy {
	facts := privacy.Facts{Why: "The screen cannot be read right now."}
	if guard := d.screen.guard.Load(); guard != nil {
		facts = guard.Facts()
	}
	return tellPrivacy(d.config.Policy.Privacy, facts)
}

func tellPrivacy(p privacy.Policy, f privacy.Facts) panel.Privacy {
	told := panel.Privacy{Unknown: unknownNames[p.Unknown], Mode: panel.ModeRules, Protects: f.Tracking,
		Sentence: sentence(p, f), Windows: make([]panel.Window, len(f.Windows))}
	if len(p.Only) > 0 {
		told.Mode = panel.ModeList
	}
	for i, w := range f.Windows {
		told.Windows[i] = panel.Window{ID: w.ID, Title: w.Title, Program: cmp.Or(w.Program, w.Class), Toolkit: w.Toolkit,
			State: states[w.State], Why: w.Why, Secrets: w.Secrets}
	}
	slices.SortStableFunc(told.Windows, func(a, b panel.Window) int {
		return cmp.Or(cmp.Compare(urgency(a), urgency(b)), cmp.Compare(a.ID, b.ID)) // no window moves because another is raised
	})
	return told
}

// urgency puts first what the user is asked about.
func urgency(w panel.Window) int {
	if w.State == panel.WindowUnsure {
		return 0
	}
	return 1
}

var unknownNames = map[privacy.Unknown]string{privacy.Flat: "flat", privacy.Ask: "ask", privacy.Allow: "allow"}

var states = map[privacy.State]string{
	privacy.Unsure: panel.WindowUnsure, privacy.New: panel.WindowNew, privacy.Vouched: panel.WindowVouched,
	privacy.Guarded: panel.WindowGuarded, privacy.Refused: panel.WindowRefused,
	privacy.Ruled: panel.WindowHidden, privacy.Trusted: panel.WindowShown,
}

// sentence says what is hidden, and what cannot be known.
func sentence(p privacy.Policy, f privacy.Facts) string {
	const limit = "What no program calls a password field, such as text in a terminal, is not known."
	switch listed := len(p.Only) > 0; {
	case f.Tracking && listed:
		return "Only windows on this device's list are shown. Password fields in them are hidden. " + limit
	case f.Tracking:
		return "Password fields are hidden. " + doubts[p.Unknown] + " " + limit
	case listed:
		return "Only windows on this device's list are shown. Password fields in them are not found. " + f.Why
	}
	return blind[p.Unknown] + " " + f.Why
}

// doubts says what becomes of windows that nobody can vouch for.
var doubts = map[privacy.Unknown]string{
	privacy.Flat:  "Windows that cannot be checked are hidden too.",
	privacy.Ask:   "Windows that cannot be checked are hidden until you show them.",
	privacy.Allow: "Windows that cannot be checked are shown.",
}

// blind says what becomes of all windows while no password field is found.
var blind = map[privacy.Unknown]string{
	privacy.Flat:  "Password fields are not found, so every window is hidden that no rule shows.",
	privacy.Ask:   "Password fields are not found, so every window is hidden until you show it.",
	privacy.Allow: "Password fields are not hidden: whoever you allow sees your whole screen.",
}

// Show shows a window for which nobody can vouch, by the user's own hand.
func (d *Daemon) Show(window uint32) error {
	if d.config.Policy.Privacy.Unknown != privacy.Ask {
		return &panel.Refusal{ID: "not_offered", Message: "On this device you are not asked which windows are shown."}
	}
	guard := d.screen.guard.Load()
	if guard == nil || !unsure(d.privacy(), window) {
		return &panel.Refusal{Status: 404, ID: "no_window", Message: "That window is gone, or nobody asks about it any more."}
	}
	if err := d.ownHand(); err != nil {
		return err
	}
	guard.Show(window)
	d.log.Info("the user shows a window that cannot be checked", "window", fmt.Sprintf("%#x", window))
	d.changed()
	return nil
}

// unsure says whether the user could be asked about a window.
func unsure(told panel.Privacy, window uint32) bool {
	return slices.ContainsFunc(told.Windows, func(w panel.Window) bool {
		return w.ID == window && w.State == panel.WindowUnsure
	})
}

// ownHand refuses what an agent's mouse or keyboard may have pressed.
func (d *Daemon) ownHand() error {
	if d.actedWithin(handsOff) {
		return &panel.Refusal{ID: "too_early", Message: "The agent has just used mouse or keyboard. Wait two seconds and press again."}
	}
	return nil
}

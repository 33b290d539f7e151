package agentd

import (
	"regexp"
	"strings"
	"time"

	"telestrator/input"
	"telestrator/privacy"
	"telestrator/protocol"
)

// Served are the scopes that this version can grant.
const Served = protocol.AllScopes

// Policy is what this device allows. A policy may be tighter than the zero
// value's defaults, never looser. The daemon checks it; the panel shows it.
type Policy struct {
	// Privacy says what is masked.
	Privacy privacy.Policy

	// ConsentDelay is how long a request is before the user until it can be
	// allowed. Zero only in the demo.
	ConsentDelay time.Duration

	// ControlDelay is how long a request for mouse or keyboard is before the
	// user until those can be allowed. Zero only in the demo.
	ControlDelay time.Duration

	// AnswerWithin is how long the user has; no answer by then is a no.
	// Zero means 30 s.
	AnswerWithin time.Duration

	// CoolDown is how long a console waits after a refusal before it may ask
	// again. Zero only in the demo.
	CoolDown time.Duration

	// ViewFor is how long a grant of view lasts. Zero means 60 min.
	ViewFor time.Duration

	// ControlFor is how long mouse and keyboard last, then they are asked for
	// anew. Zero means 10 min.
	ControlFor time.Duration

	// Stop ends everything, whatever else hangs. Zero means
	// input.DefaultChord.
	Stop input.ChordConfig

	// Most is how many bytes a second the pictures of a session may take. Zero
	// means as many as the link carries.
	Most uint64

	// Sessions is how many consoles may be connected. Zero means 4.
	Sessions int
}

// Defaults and bounds of a Policy.
const (
	answerWithin = 30 * time.Second
	viewFor      = 60 * time.Minute
	controlFor   = 10 * time.Minute
	handsOff     = 2 * time.Second // after injected input, before anything can be allowed
	maxSessions  = 4
	maxRefusals  = 3                // requests refused in a session, then no more are put before the user (L8)
	maxPestering = 10               // requests that may not be made; one more ends the session (L8)
	maxForbidden = 100              // well-formed input without permission; the last one ends the session (L26)
	helloWithin  = 10 * time.Second // for hello and for ready (L6)
	byeDrain     = 200 * time.Millisecond
	underWay     = 64 << 10 // bytes that the transport never holds back (peer, minCwnd)
	pingEvery    = time.Second / protocol.RatePing
	stillPing    = 4*pingEvery - pingEvery/2  // of pings while the picture stands still every fourth is sent, whatever the load
	calmPing     = 10*pingEvery - pingEvery/2 // so of every tenth, as long as they are answered
	silentFor    = 15 * time.Second           // without an echo the console is lost
	cursorEvery  = 50 * time.Millisecond      // cursor messages at most (L17)
	pictureEvery = time.Second / 60
	lookEvery    = time.Second / 240 // between two looks at the screen of which nothing may be shown
)

// DefaultPolicy is the policy of a device that nobody configured.
func DefaultPolicy() Policy {
	return Policy{
		Privacy:      privacy.Policy{Unknown: privacy.Flat, Shown: []privacy.WindowRule{Terminals()}},
		ConsentDelay: time.Second,
		ControlDelay: 5 * time.Second,
		CoolDown:     time.Minute,
	}.withDefaults()
}

// terminals are the classes of terminal windows. A terminal tells nobody what it
// shows, but passwords that are typed into one do not appear.
var terminals = []string{
	"Alacritty", "Deepin-terminal", "Eterm", "Gnome-terminal", "Guake", "Io.elementary.terminal", "KOI8RXTerm",
	"Kgx", "Lxterminal", "Mate-terminal", "Ptyxis", "Qterminal", "Rxvt", "Sakura", "St", "Terminator", "Terminology",
	"Tilda", "Tilix", "URxvt", "UXTerm", "XTerm", "Xfce4-terminal", "Yakuake", "com.mitchellh.ghostty",
	"cool-retro-term", "foot", "kitty", "konsole", "mlterm", "org.gnome.Console", "org.gnome.Ptyxis",
	"org.gnome.Terminal", "org.wezfurlong.wezterm", "qterminal", "roxterm", "st-256color", "terminology", "termit",
}

// Terminals is the rule that shows the windows of terminals.
func Terminals() privacy.WindowRule {
	names := make([]string, len(terminals))
	for i, name := range terminals {
		names[i] = regexp.QuoteMeta(name)
	}
	return privacy.WindowRule{Class: "^(" + strings.Join(names, "|") + ")$"}
}

// DemoPolicy is DefaultPolicy without the delays that protect a real user.
func DemoPolicy() Policy {
	p := DefaultPolicy()
	p.ConsentDelay, p.ControlDelay, p.CoolDown = 0, 0, 0
	return p
}

func (p Policy) withDefaults() Policy {
	p.AnswerWithin = bounded(p.AnswerWithin, answerWithin)
	p.ViewFor = bounded(p.ViewFor, viewFor)
	p.ControlFor = bounded(p.ControlFor, controlFor)
	if len(p.Stop.Keys) == 0 {
		p.Stop = input.DefaultChord()
	}
	p.Sessions = bounded(p.Sessions, maxSessions)
	return p
}

// bounded is n, or most when n is zero or more than that.
func bounded[T time.Duration | int](n, most T) T {
	if n <= 0 || n > most {
		return most
	}
	return n
}

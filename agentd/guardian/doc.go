// Package guardian keeps what acts on the user's screen in a process of its
// own: injection, ink, the sign that the screen is seen, and the watch over the
// user's own hand. Whatever becomes of the daemon, nothing stays pressed and
// nothing stays on the screen.
//
//	daemon                                   guardian
//	Guardian ── orders ───────────────────▶ Serve ─► input.Gate ─► the screen
//	         ◀─────────────────── reports ──      ├► ink.Board ─► ink.Overlay
//	                                              └─ input.Hand: own hand, chord
//
// The two talk over a unix socket that the daemon made: frames of JSON with a
// bounded length (frame.go). Orders are obeyed one after another, so that what
// was ordered before a permit ended is done before it is answered, and nothing
// after. Of what is to be outlined only the newest counts (hidden.go).
//
// The guardian is on duty while the sign is shown. Then it wants a heartbeat:
// when the daemon is gone, or silent for Silence, it lets everything go and
// ends. While every session may only look, nothing can be pressed or drawn, and
// Patience is soon enough to take the sign off (beat.go). When the user ends the session by the chord or the bar, the guardian
// shuts its own gate first, takes everything off the screen, and tells the
// daemon; a daemon that has not obeyed within ObeyWithin is killed.
package guardian

import (
	"errors"
	"time"
)

// What a guardian is held to, and what it holds the daemon to.
const (
	Silence     = 500 * time.Millisecond // without a heartbeat, everything is let go
	Patience    = 5 * time.Second        // the same, while nobody may do more than look
	ObeyWithin  = 200 * time.Millisecond // a stop or a pause by the user, by the daemon
	answerEvery = 5                      // heartbeats that are to be heard within Silence, for one answer
	answerIn    = time.Second            // an order, by the guardian
	deafFor     = 3 * time.Second        // without an answer to heartbeats, the guardian hangs
	readyWithin = 5 * time.Second        // a guardian that was started
)

// Limits. Beyond one of them the connection ends, and with it everything that
// the guardian holds.
const (
	maxFrame    = 16 << 10 // bytes of an order or a report
	maxOrders   = 4096     // orders that wait to be obeyed
	maxReports  = 256      // reports that wait to be read
	maxSessions = 16       // sessions with a permit
)

// ErrGone says that the guardian has ended. It is permanent; the caller starts
// another one.
var ErrGone = errors.New("guardian: the guardian is gone")

package panel

import "time"

// Limits of the panel, L24 of the threat model. The exact value passes, one
// more does not.
const (
	maxHeader  = 8 << 10          // bytes from the request line to the empty line
	headerTime = 2 * time.Second  // to send them
	maxBody    = 4 << 10          // bytes
	bodyTime   = 5 * time.Second  // to send them
	maxConns   = 32               // connections at once, see door
	perSecond  = 40               // requests with the right token, and as many others
	idleTime   = 30 * time.Second // of a connection between two requests
)

// Limits that we chose ourselves.
const (
	waitTime  = 25 * time.Second // longest GET /api/state?after=N
	viewTime  = 2 * time.Second  // longest GET /api/view; short, because a browser opens few connections
	writeTime = 35 * time.Second // for an answer, the wait included
	partTime  = time.Second      // for answers under way when Run ends
	wrongTime = time.Second      // until a wrong token or code is answered

	// filesPerSecond is for the page's own files: it has about twenty, and a user
	// may reload it a few times in a row.
	filesPerSecond = 160

	linkTime = 60 * time.Second // to open a one-time link
	maxLinks = 8                // links not opened yet; the oldest goes
	maxTabs  = 16               // tabs with a token; the one idle longest goes

	maxScopes   = 4  // in one grant
	maxSession  = 64 // bytes of a session's id
	maxName     = 60 // characters of a name that a stranger gave
	maxSentence = 200
	maxAddress  = 500
	maxPath     = 200 // of a program's file
	maxWindows  = 64  // windows in a state
	maxPrivate  = 64  // private areas that a picture names; the largest are
)

// MaxField is how many characters of a hidden field's name the user reads, and
// allows.
const MaxField = 200

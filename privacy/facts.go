package privacy

import (
	"image"
	"time"
)

// State is what is known of a window, and so what becomes of its pixels.
type State int

// The states of a window.
const (
	Unsure  State = iota // nobody can say whether it shows secrets: Policy.Unknown decides
	New                  // it is being looked at; until then its old picture stays
	Vouched              // it is known to have no secrets
	Guarded              // it has secrets, and they are masked
	Refused              // its program does not answer, or answers nonsense: masked
	Ruled                // a rule hides it
	Trusted              // a rule shows it
)

// Facts are what a Guard can and cannot protect now.
type Facts struct {
	Tracking bool   // password fields are found and masked
	Why      string // in one sentence, why not; empty when Tracking
	Windows  []Window
}

// Window is one top-level window, as the user knows it.
type Window struct {
	ID      uint32 // of the window on the root
	PID     int    // of its program, 0 when unknown
	Program string // path of the program's file, empty when unknown
	Toolkit string // what draws it, such as "GTK 3"; empty when unknown
	Class   string // the second part of WM_CLASS
	Title   string
	Area    image.Rectangle
	State   State
	Why     string // in one sentence, empty when there is nothing to say
	Secrets int    // fields that are masked
}

// Focus is where keys would go now.
type Focus struct {
	Secret bool   // into a field that is masked
	Known  bool   // false when nobody can say
	Field  string // names the field for as long as it lives; empty without one

	// Near says that the program has secret fields, to which anything may move
	// the focus.
	Near bool

	// Lag is how long after something that moves the focus, or brings up a
	// field, the answer may still be of before.
	Lag time.Duration
}

// Reason says why an area is masked.
type Reason int

// The reasons.
const (
	SecretField   Reason = 1 // a field that is secret
	HiddenWindow  Reason = 2 // a window, or place, that a rule hides
	UnknownWindow Reason = 3 // a window for which nobody can vouch
)

// Area is a masked area as a person would name it: fields and windows, not the
// disjoint rectangles of the mask.
type Area struct {
	Rect   image.Rectangle
	Reason Reason
}

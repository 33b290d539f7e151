package panel

import (
	"context"
	"image"
)

// Control is the daemon as the panel sees it. All methods may be called by
// several goroutines at once. Errors that the user should read are of type
// [*Refusal]; any other error is logged and answered as an internal one.
type Control interface {
	// State describes the present. The panel does not change what it is
	// given, and neither may the daemon afterwards.
	State() State

	// Wait returns the state as soon as its Number is greater than after, and
	// the present one when ctx ends first.
	Wait(ctx context.Context, after uint64) State

	// Grant answers the request of one session with the scopes that the user
	// allows. No scopes means no. The daemon checks the policy's delay again:
	// the page only shows it.
	Grant(session string, scopes []string) error

	// Revoke takes one scope from every session. Taking view takes all.
	Revoke(scope string) error

	// View returns the newest picture of what agents are shown, as soon as its
	// number is another one than after, and the zero Picture when ctx ends
	// first. It is refused while nobody is shown the screen.
	View(ctx context.Context, after uint64) (Picture, error)

	// Show shows a window of State.Privacy that nobody can vouch for, as long
	// as it lives.
	Show(window uint32) error

	// AllowField lets a session type into the hidden field that it was refused
	// at, Session.Field, until the session ends.
	AllowField(session, field string) error

	Pause() error  // holds back pictures and input of every session
	Resume() error // undoes Pause
	Stop() error   // ends every session at once; never refused for being early
	Ring() error   // asks for help: a new pairing code, the old one is void
	Cancel() error // takes the call for help back
}

// Picture is what agents are shown: it went through encoder and decoder.
type Picture struct {
	Number  uint64    // from 1, greater with every picture; 0 for none
	PNG     []byte    // not to be written
	Private []Private // what is hidden in it
}

// Private is an area of a Picture that is hidden.
type Private struct {
	Area image.Rectangle // in the picture's pixels
	Why  string          // PrivateField, PrivateWindow or PrivateUnsure
}

// The values of Private.Why.
const (
	PrivateField  = "field"  // a secret one
	PrivateWindow = "window" // that a rule hides
	PrivateUnsure = "unsure" // nobody can vouch for it
)

// Refusal is a no that a program can tell apart and a person can read.
type Refusal struct {
	Status  int    `json:"-"`       // HTTP status, 4xx or 5xx; 0 means 409
	ID      string `json:"error"`   // stable, lower case with underscores
	Message string `json:"message"` // one sentence for the user
}

// Error makes a Refusal an error.
func (r *Refusal) Error() string { return "panel: " + r.ID + ": " + r.Message }

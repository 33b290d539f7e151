package input

import (
	"errors"

	"telestrator/protocol"
)

// Injector makes events on one device's screen. Coordinates are pixels of the
// whole screen. It is not safe for concurrent use.
type Injector interface {
	// Move puts the pointer to a position.
	Move(x, y int) error

	// Button presses or releases a button where the pointer is. The numbers
	// are those of protocol.Button. ErrButton marks one that is not there.
	Button(button uint8, down bool) error

	// Wheel turns the wheel by steps, right and down positive.
	Wheel(dx, dy int) error

	// Key presses or releases a key by its W3C code. ErrCode marks a code that
	// is unknown here.
	Key(code string, down bool) error

	// Text types a text, whatever the keyboard's layout has, and returns how
	// many bytes of it are done. Where that is not all, there were not keys
	// enough for so many different characters: the rest is to be given again a
	// little later.
	Text(text string) (n int, err error)

	// Idle is called about ten times a second and tidies up what is due.
	Idle() error

	// Release releases every key and button that injection holds down on this
	// screen, also what an earlier process left, and nothing that the user's
	// own hand holds. When it returns, all earlier events have happened.
	Release() error

	// Close gives the connection back. It does not release.
	Close() error
}

// Shield knows which windows on the screen are ours: the panel, prompts, the
// overlay's bar. An error counts as ours.
type Shield interface {
	// At says whether a press at this position would reach a window of ours.
	At(x, y int) (ours bool, err error)

	// Focused says whether a key would reach a window of ours.
	Focused() (ours bool, err error)
}

// Display is a screen that takes events and knows our windows on it.
type Display interface {
	Injector
	Shield

	// Own says which windows are ours: those with one of these texts in their
	// title, and those with one of these numbers. It may be called at any time
	// by any goroutine, and replaces what an earlier call said.
	Own(titles []string, windows []uint32)
}

// Errors of injectors.
var (
	ErrCode   = errors.New("input: unknown key code")
	ErrButton = errors.New("input: unknown button")
	ErrHeld   = errors.New("input: too many keys are held")
	ErrGone   = errors.New("input: the display is gone") // permanent
)

// Verdict says what became of a message.
type Verdict uint8

// The verdicts of a Gate, in the order in which it asks. Only Injected has had
// an effect.
const (
	Injected   Verdict = iota
	NoScope            // the session does not hold what the message needs
	Outdated           // aimed at an older generation, or overtaken by a newer position
	Asking             // the user is being asked
	LocalHand          // the user's own hand has taken over
	OwnWindow          // it would reach a window of ours
	NotAllowed         // a code that is unknown or refused, or one too many
	Failed             // the injector could not
	Waiting            // behind a text that is not done yet; a later Tick decides
	Verdicts           // how many there are
)

// Needs returns the scope that a message needs: pointer or keyboard, or
// nothing for what is no input.
func Needs(m protocol.Message) protocol.Scopes {
	switch m.(type) {
	case *protocol.Pointer, *protocol.Button, *protocol.Wheel:
		return protocol.PointerScope
	case *protocol.Key, *protocol.Held, *protocol.Text:
		return protocol.Keyboard
	}
	return 0
}

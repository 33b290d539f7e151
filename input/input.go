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
	// are those of protocol.Button.
	Button(button uint8, down bool) error

	// Wheel turns the wheel by steps, right and down positive.
	Wheel(dx, dy int) error

	// Key presses or releases a key by its W3C code. ErrCode marks a code that
	// is unknown here.
	Key(code string, down bool) error

	// Text types a text, whatever the keyboard's layout has.
	Text(text string) error

	// Release releases every key and button that injection holds down on this
	// screen, also what an earlier process left.
	Release() error

	// Close gives the connection back. It does not release.
	Close() error
}

// ErrCode marks a key's code that an Injector does not know.
var ErrCode = errors.New("input: unknown key code")

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
	NotAllowed         // a code that is unknown or refused, or one key too many
	Failed             // the injector could not
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

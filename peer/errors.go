package peer

import (
	"errors"
	"fmt"
)

// What Send refuses; nothing has been sent.
var (
	ErrFull      = errors.New("peer: too much is queued for the other side: send again when it has caught up")
	ErrTooLarge  = errors.New("peer: message too large")
	ErrDirection = errors.New("peer: this side does not send on that channel")
	ErrNotOpen   = errors.New("peer: the connection is not open yet")
)

// ErrClosed says that the connection has ended; as Err, that this side ended it.
var ErrClosed = errors.New("peer: connection closed")

// Code is the reason why a connection ended, numbered as on the wire.
type Code uint

// The codes that this package gives.
const (
	CodeSize      Code = 10 // a message larger than its limit
	CodeForm      Code = 11 // text where bytes belong
	CodeDirection Code = 14 // a message on a channel on which that side does not send
	CodeTimeout   Code = 19 // not open in time
	CodeChannel   Code = 21 // a foreign channel, or one of ours closed or failed
	CodeLost      Code = 31 // the other side left or does not answer
)

// Ended says why a connection ended without being closed here.
type Ended struct {
	Code   Code
	Reason string
}

func (e *Ended) Error() string {
	return fmt.Sprintf("peer: connection ended: %s (code %d)", e.Reason, e.Code)
}

package desk

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"time"

	"telestrator/desk/frame"
)

// The limits of a device's side.
const (
	MaxAnswering = 4                // offers being answered at once (L7)
	answerWithin = 10 * time.Second // for Config.Answer
	dialWithin   = 10 * time.Second // for the WebSocket and the desk's welcome

	firstDelay = 250 * time.Millisecond // before the second attempt to connect
	lastDelay  = 10 * time.Second       // the longest delay
	steady     = 10 * time.Second       // a link that lived so long starts the delays anew
)

// What Config.Answer may return to say why; other errors mean that the device
// failed.
var (
	ErrBusy  = errors.New("desk: too many connections are being made already")
	ErrOffer = errors.New("desk: the offer is not acceptable")
)

// Config tells a Device what it is.
type Config struct {
	// URL is the desk's origin, http://HOST:PORT, on loopback.
	URL string

	// Name is shown to agents. It is cut to what a hello may carry.
	Name string

	// Answer, if set, turns a console's offer into the answer; nil refuses every
	// offer. Up to MaxAnswering run at once, each in its own goroutine. Its ctx
	// ends after 10 s, when the console has left and when the link is lost, and
	// Answer must return soon after.
	Answer func(ctx context.Context, offer []byte) (answer []byte, err error)

	// State, if set, hears of every change between connected and not. It is
	// called by Run's goroutine, which it must not hold up; nor may Void or Left.
	State func(connected bool)

	// Void, if set, hears that the code of the last Ring no longer opens
	// anything: used, burnt by wrong tries, or lost with the link. Expiry is
	// not told: Code.Expires knows it.
	Void func(why frame.Reason)

	// Left, if set, hears that nobody is at the other end of an answered
	// connection: the console has left through the desk, or the answer came too
	// late for it. Connection, within Answer, gives the same id. Calls come from
	// several goroutines.
	Left func(connection string)

	// Dial, if set, opens the desk's TCP connection instead of a net.Dialer
	// that refuses everything beyond loopback. For tests.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)

	// Log, if set, is told of links and their ends. Codes never appear in it.
	Log *slog.Logger
}

// Package peer is one WebRTC connection seen as seven message pipes, and Pipe, its twin in memory.
//
// The console offers, the device answers, and both descriptions travel over the desk:
//
//	console                                   device
//	o, _ := Offer(ctx, cfg)
//	o.SDP()            ── desk ──▶  conn, answer, _ := Answer(ctx, cfg, offer)
//	conn, _ := o.Accept(ctx, answer) ◀── desk ──
//	conn.Send(Ctl, hello)   ══════▶  <-conn.Messages()
//	<-conn.Messages()       ◀══════  conn.Send(Screen, update)
//	conn.Close()            ══════▶  <-conn.Done(), conn.Err()
//
// Both ends make the same seven channels before they connect (see Channel). Everything a peer does beyond
// them ends the whole connection with an *Ended that says why: a further channel, a closed channel, a message
// too large, text instead of bytes, a message against its channel's direction, silence.
//
// Nothing is lost on a reliable channel and nothing piles up. Arriving messages are not queued in this package:
// one goroutine for each channel takes one message out of SCTP and hands it over on an unbuffered Go channel. A
// consumer that does not take them leaves them in SCTP's receive window (WindowDevice, WindowConsole), and a full
// window stops the sender. Messages to be sent are queued by the transport, up to MaxQueued bytes and
// MaxQueuedMessages messages; more is refused with ErrFull. The sender decides what to do about that: picture
// senders watch Buffered and Low and never come near it.
//
// Goroutines live from Answer, Accept or Pipe until Done is closed; afterwards none is left.
package peer

// Message is one message as it arrived. Its data belongs to the receiver.
type Message struct {
	Channel Channel
	Data    []byte
}

// Conn is one end of a connection. All methods may be called by several goroutines at once.
type Conn interface {
	// Send queues a copy of data and never blocks. It fails with ErrFull above the queue's limits, ErrTooLarge,
	// ErrDirection when this end does not send on ch, ErrNotOpen before the channels are open, and ErrClosed
	// when the connection has ended. A failed Send has sent nothing.
	Send(ch Channel, data []byte) error

	// Messages delivers what arrives, in order within each ordered channel. It is closed when the connection has
	// ended; a message that was not taken by then is gone.
	Messages() <-chan Message

	// Buffered is how many bytes sent on Screen the other end has not acknowledged yet.
	Buffered() int

	// Low receives (capacity 1, coalesced) when Buffered fell to the low mark. It may be early: look at Buffered again.
	Low() <-chan struct{}

	// SetLow sets the low mark in bytes, zero at first. Low receives when Buffered is there already.
	SetLow(bytes int)

	// Close ends the connection at once, dropping what is queued in either direction, and waits until all of its
	// goroutines have ended: a moment, or half a second when the other side has left without a word. It is safe to
	// call at any time and more than once.
	Close() error

	// Done is closed when the connection has ended and its goroutines with it.
	Done() <-chan struct{}

	// Err says why the connection ended: ErrClosed after Close here, otherwise an *Ended. Nil before that.
	Err() error
}

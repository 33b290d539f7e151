package peer

import (
	"sync"

	"github.com/pion/sctp"
)

// outbox is what one end has sent and the other has not acknowledged. The transport keeps the bytes, without any
// limit of its own; the outbox counts them and sets the limit.
type outbox struct {
	mu    sync.Mutex
	lines [len(modes)]line
	mark  int // the low mark of Screen
}

// line is the part of one channel.
type line struct {
	stream *sctp.Stream // nil until the channel is open
	sent   uint64       // bytes, ever
	ends   []uint64     // sent after each message that is not acknowledged; oldest first
}

// add begins to send on a channel.
func (o *outbox) add(ch Channel, stream *sctp.Stream, low chan struct{}) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.lines[ch].stream = stream
	if ch == Screen {
		stream.OnBufferedAmountLow(func() { signal(low) })
		stream.SetBufferedAmountLowThreshold(uint64(o.mark))
	}
}

// send hands a message to the transport, if there is room for it. The connection is open.
func (o *outbox) send(ch Channel, data []byte) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	bytes, messages := o.queued()
	if bytes+len(data) > MaxQueued || messages >= MaxQueuedMessages {
		return ErrFull
	}
	l := &o.lines[ch]
	if err := write(l.stream, data); err != nil {
		return err
	}
	l.sent += uint64(max(1, len(data)))
	l.ends = append(l.ends, l.sent)
	return nil
}

// queued is what is not acknowledged on all channels. The caller holds mu.
func (o *outbox) queued() (bytes, messages int) {
	for i := range o.lines {
		b := o.lines[i].settle()
		bytes += b
		messages += len(o.lines[i].ends)
	}
	return bytes, messages
}

// settle forgets the messages that have been acknowledged and returns the bytes that have not. Acknowledgements that
// come out of order count for the oldest messages; the number is right again when the gap closes.
func (l *line) settle() int {
	if len(l.ends) == 0 {
		return 0
	}
	bytes := l.stream.BufferedAmount()
	n := 0
	for n < len(l.ends) && l.ends[n]+bytes <= l.sent {
		n++
	}
	l.ends = l.ends[n:]
	return int(bytes)
}

// buffered is how many bytes of ch are not acknowledged.
func (o *outbox) buffered(ch Channel) int {
	if s := o.stream(ch); s != nil {
		return int(s.BufferedAmount())
	}
	return 0
}

// stream is that of ch, nil until it is open.
func (o *outbox) stream(ch Channel) *sctp.Stream {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.lines[ch].stream
}

// setLow sets the low mark of Screen and signals if it has been reached already.
func (o *outbox) setLow(bytes int, low chan struct{}) {
	o.mu.Lock()
	o.mark = bytes
	if stream := o.lines[Screen].stream; stream != nil {
		stream.SetBufferedAmountLowThreshold(uint64(bytes))
	}
	o.mu.Unlock()
	if o.buffered(Screen) <= bytes {
		signal(low)
	}
}

package peer

import (
	"bytes"
	"sync"
)

// lane is one direction of a pipe: what is sent and not taken yet, and the channel it is taken from.
type lane struct {
	messages chan Message  // unbuffered: a message leaves the queue when somebody has taken it
	pushed   chan struct{} // capacity 1: the front of the queue may be another one
	low      chan struct{} // capacity 1: see Conn.Low

	mu     sync.Mutex
	queues [2][]Message // unordered channels first, then ordered ones
	bytes  int          // of all messages queued
	screen int          // of those on Screen
	mark   int          // the low mark for screen
}

func newLane() *lane {
	return &lane{
		messages: make(chan Message),
		pushed:   make(chan struct{}, 1),
		low:      make(chan struct{}, 1),
	}
}

// run hands messages over until the pipe ends; then nothing more comes out of the lane.
func (l *lane) run(ending <-chan struct{}) {
	defer close(l.messages)
	for {
		m, urgency, some := l.front()
		out := l.messages
		if !some {
			out = nil
		}
		select {
		case out <- m:
			l.taken(urgency)
		case <-l.pushed: // perhaps something more urgent
		case <-ending:
			return
		}
	}
}

// push queues a copy of data.
func (l *lane) push(ch Channel, data []byte) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.bytes+len(data) > MaxQueued || len(l.queues[0])+len(l.queues[1]) >= MaxQueuedMessages {
		return ErrFull
	}
	urgency := 0
	if modes[ch].ordered {
		urgency = 1
	}
	l.queues[urgency] = append(l.queues[urgency], Message{ch, bytes.Clone(data)})
	l.count(ch, len(data))
	signal(l.pushed)
	return nil
}

// front is the next message to hand over, and the queue it is in.
func (l *lane) front() (m Message, urgency int, some bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for urgency, q := range l.queues {
		if len(q) > 0 {
			return q[0], urgency, true
		}
	}
	return Message{}, 0, false
}

// taken removes the first message of a queue. Only run removes, so that it is the one that front has shown.
func (l *lane) taken(urgency int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	m := l.queues[urgency][0]
	l.queues[urgency][0] = Message{} // the receiver's now
	l.queues[urgency] = l.queues[urgency][1:]
	before := l.screen
	l.count(m.Channel, -len(m.Data))
	if before > l.mark && l.screen <= l.mark {
		signal(l.low)
	}
}

// count adds n bytes on ch to what is queued. The caller holds mu.
func (l *lane) count(ch Channel, n int) {
	l.bytes += n
	if ch == Screen {
		l.screen += n
	}
}

func (l *lane) buffered() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.screen
}

func (l *lane) setLow(bytes int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.mark = bytes
	if l.screen <= l.mark {
		signal(l.low)
	}
}

// signal leaves a token in a channel of capacity 1, if there is none.
func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

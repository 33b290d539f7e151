package peer

import (
	"sync"
	"time"

	"github.com/pion/webrtc/v4"
)

// conn is one end of a WebRTC connection.
//
//	made ── all seven channels open ──▶ open ──▶ ending ── pion closed, readers ended ──▶ done
//	   └───────────────── the first reason to end ──────▶
type conn struct {
	side     side
	pc       *webrtc.PeerConnection
	opened   chan struct{} // closed when all channels are open
	ending   chan struct{} // closed when there is a reason to end
	done     chan struct{} // closed when nothing of the connection is left
	messages chan Message  // unbuffered; closed when its readers have ended
	low      chan struct{} // capacity 1
	readers  sync.WaitGroup
	out      outbox

	mu     sync.Mutex
	open   int         // channels open so far
	over   bool        // no further reader may start
	reason error       // why it ended, once ending is closed
	timer  *time.Timer // ends a connection that does not open; nil until expectOpen
}

// newConn makes one end with its seven channels, unconnected. It lives until it is closed.
func newConn(s side, cfg Config) (*conn, error) {
	pc, err := dial(s, cfg)
	if err != nil {
		return nil, err
	}
	c := &conn{
		side: s, pc: pc,
		opened: make(chan struct{}), ending: make(chan struct{}), done: make(chan struct{}),
		messages: make(chan Message), low: make(chan struct{}, 1),
	}
	c.watch()
	go c.run()
	for ch := range Channel(len(modes)) {
		dc, err := create(pc, ch)
		if err != nil {
			_ = c.Close()
			return nil, err
		}
		dc.OnOpen(func() { c.openChannel(ch, dc) })
	}
	return c, nil
}

// watch has pion report what ends the connection.
func (c *conn) watch() {
	lost := func(reason string) { c.end(&Ended{CodeLost, reason}) }
	c.pc.OnDataChannel(func(*webrtc.DataChannel) { c.end(&Ended{CodeChannel, "the other side opened a further channel"}) })
	c.pc.SCTP().OnClose(func(err error) {
		if err != nil { // pion gave up on a stream that is not one of ours
			c.end(&Ended{CodeChannel, "the other side sent on a channel that does not exist"})
		}
		lost("the other side left")
	})
	c.pc.OnICEConnectionStateChange(func(s webrtc.ICEConnectionState) {
		switch s {
		case webrtc.ICEConnectionStateDisconnected, webrtc.ICEConnectionStateFailed:
			lost("the other side does not answer any more")
		}
	})
	c.pc.OnConnectionStateChange(func(s webrtc.PeerConnectionState) {
		switch s {
		case webrtc.PeerConnectionStateFailed, webrtc.PeerConnectionStateClosed:
			lost("the encrypted connection failed or was closed")
		}
	})
}

// run waits for a reason to end and then takes the connection down. When the other side is gone already, pion waits
// 0.4 s for a farewell that nobody takes, so the consumer of Messages is told first.
func (c *conn) run() {
	<-c.ending
	c.mu.Lock()
	c.over = true
	if c.timer != nil {
		c.timer.Stop()
	}
	c.mu.Unlock()
	var delivery sync.WaitGroup
	delivery.Go(func() {
		c.readers.Wait()
		close(c.messages)
	})
	_ = c.pc.GracefulClose()
	delivery.Wait()
	close(c.done)
}

// expectOpen ends the connection if it does not open in time.
func (c *conn) expectOpen(within time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.timer = time.AfterFunc(within, func() {
		if !closed(c.opened) {
			c.end(&Ended{CodeTimeout, "the connection did not open in time"})
		}
	})
}

// end gives the reason to end. Only the first one counts.
func (c *conn) end(reason error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.reason == nil {
		c.reason = reason
		close(c.ending)
	}
}

func (c *conn) Done() <-chan struct{} { return c.done }

func (c *conn) Close() error {
	c.end(ErrClosed)
	<-c.done
	return nil
}

func (c *conn) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.reason
}

// closed reports whether c has been closed; nothing is ever sent on it.
func closed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

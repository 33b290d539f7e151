// Package x11 speaks as much of the X11 protocol as the rooms need that look at
// a screen, draw over it and listen to its devices.
//
// A Conn is one connection. Requests gather in it and go out together; Wait
// returns the reply to the oldest request that has one. While a screen is
// watched, Pump reads: events go to a function, replies to whoever waits.
//
//	c, err := x11.Dial(":0")
//	d, err := x11.OpenDamage(c)  // extensions: one small type each
//	c.Handover()                 // from here on Pump reads
//	go c.Pump(onEvent)
//	d.Subtract(…); c.CopyArea(…); f.FetchRegion(r); reply, err := c.Wait()
//
// It exists because xgb keeps its table of events for all connections of the
// process and writes it without a lock at each extension's Init (so a second
// connection races with the first, and two servers that number their events
// differently confuse each other), loses its place in the stream at XInput's
// long events, and cannot be closed while a server does not answer. One write
// for all requests of a picture, and no allocation, also make it cheaper.
//
// The protocol is the X Consortium's "X Window System Protocol, Version 11";
// extension numbers are those of xorgproto.
package x11

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
)

const (
	headSize = 32       // bytes of every reply, error and event
	maxBody  = 16 << 20 // bytes a reply may have beyond its head
	inBuffer = 16 << 10 // bytes read ahead
)

// First byte of a message, which says what it is. The others are events.
const (
	kindError   = 0
	kindReply   = 1
	kindGeneric = 35 // an event of any length
)

// ErrClosed says that the connection has ended.
var ErrClosed = errors.New("x11: connection closed")

var le = binary.LittleEndian // the byte order we ask the server to speak

// Conn is a connection to an X server. Requests, Wait and Handover belong to
// one goroutine, Pump to another. Close may be called by any.
type Conn struct {
	Setup Setup

	nc     net.Conn
	in     *bufio.Reader
	buf    []byte        // the reader's: the message being read
	closed chan struct{} // closed by Close
	close  sync.Once

	// The asking goroutine's.
	out    []byte   // requests not yet sent
	seq    uint16   // number of the last request
	asked  []uint16 // numbers of the requests whose replies are outstanding
	held   []byte   // the reply that Wait returned last
	failed error    // first error of a request without a reply
	lastID uint32   // last resource number given out
	pumped bool     // Handover was called

	// Between the two. Two buffers go round: one is being read into, one holds
	// the reply being looked at.
	replies chan []byte
	free    chan []byte
}

func newConn(nc net.Conn) *Conn {
	c := &Conn{
		nc:      nc,
		in:      bufio.NewReaderSize(nc, inBuffer),
		buf:     make([]byte, headSize),
		closed:  make(chan struct{}),
		replies: make(chan []byte),
		free:    make(chan []byte, 2),
	}
	c.free <- make([]byte, headSize)
	return c
}

// Close ends the connection at once, also one whose server does not answer.
func (c *Conn) Close() error {
	c.close.Do(func() {
		close(c.closed)
		c.nc.Close()
	})
	return nil
}

// Handover makes Wait take replies from Pump instead of reading them itself.
// Events that came before are lost.
func (c *Conn) Handover() { c.pumped = true }

// Pump reads until the connection ends and returns why. It gives each event to
// handle, which must not block and may keep nothing of it.
func (c *Conn) Pump(handle func(Event)) error {
	defer c.Close()
	for {
		if err := c.read(); err != nil {
			return err
		}
		if k := c.buf[0]; k != kindError && k != kindReply {
			handle(Event(c.buf))
			continue
		}
		select {
		case c.replies <- c.buf:
			c.buf = <-c.free
		case <-c.closed:
			return ErrClosed
		}
	}
}

// read brings the next message into c.buf. A reply that is larger than maxBody
// is skipped and becomes an error.
func (c *Conn) read() error {
	c.buf = c.buf[:headSize]
	if _, err := io.ReadFull(c.in, c.buf); err != nil {
		return c.ended(err)
	}
	if k := c.buf[0] & 127; k != kindReply && k != kindGeneric {
		return nil
	}
	body := int64(le.Uint32(c.buf[4:])) * 4
	if body > maxBody {
		c.buf[0], c.buf[1] = kindError, tooLarge
		_, err := c.in.Discard(int(body))
		return c.ended(err)
	}
	if need := headSize + int(body); cap(c.buf) < need {
		c.buf = append(make([]byte, 0, need), c.buf...)
	}
	c.buf = c.buf[:headSize+int(body)]
	_, err := io.ReadFull(c.in, c.buf[headSize:])
	return c.ended(err)
}

// ended tells an ended connection from a closed one.
func (c *Conn) ended(err error) error {
	if err == nil {
		return nil
	}
	select {
	case <-c.closed:
		return ErrClosed
	default:
		return fmt.Errorf("%w by the server: %w", ErrClosed, err)
	}
}

package peer

import (
	"errors"

	"github.com/pion/sctp"
	"github.com/pion/webrtc/v4"
)

// openChannel takes over an open channel. The last of the seven opens the connection.
func (c *conn) openChannel(ch Channel, dc *webrtc.DataChannel) {
	stream, err := openStream(ch, dc)
	if err != nil {
		c.end(&Ended{CodeChannel, err.Error()})
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.over {
		return
	}
	c.out.add(ch, stream, c.low)
	if c.open++; c.open < len(modes) {
		return
	}
	close(c.opened) // before the first message is handed over, so that it can be answered
	for ch := range Channel(len(modes)) {
		c.readers.Go(func() { c.read(ch, c.out.stream(ch)) })
	}
}

// read hands over the messages of one channel until the connection ends.
func (c *conn) read(ch Channel, stream *sctp.Stream) {
	from := c.side.other()
	buffer := make([]byte, from.limit())
	for {
		data, err := readMessage(stream, ch, from, buffer)
		if err != nil {
			c.end(err)
			return
		}
		select {
		case c.messages <- Message{ch, data}:
		case <-c.ending:
			return
		}
	}
}

func (c *conn) Send(ch Channel, data []byte) error {
	if err := c.side.check(ch, len(data)); err != nil {
		return err
	}
	switch {
	case closed(c.ending):
		return ErrClosed
	case !closed(c.opened):
		return ErrNotOpen
	}
	err := c.out.send(ch, data)
	if err == nil || errors.Is(err, ErrFull) {
		return err
	}
	c.end(&Ended{CodeLost, "the other side left"})
	return ErrClosed
}

func (c *conn) Messages() <-chan Message { return c.messages }
func (c *conn) Buffered() int            { return c.out.buffered(Screen) }
func (c *conn) Low() <-chan struct{}     { return c.low }
func (c *conn) SetLow(bytes int)         { c.out.setLow(bytes, c.low) }

package main

import (
	"context"
	"sync"
	"time"

	"telestrator/peer"
	"telestrator/protocol"
)

// console is one end of a connection to the daemon, and what it was told.
type console struct {
	conn peer.Conn

	mu      sync.Mutex
	grants  protocol.Grants
	shown   uint32 // number of the last update that came
	bye     protocol.Code
	updates chan *protocol.Update // of the good console; nil drops them
	joiner  protocol.Joiner
}

// send sends a message of ours. One that finds the connection ended is lost.
func (c *console) send(on peer.Channel, m protocol.Message) bool {
	wire, err := protocol.Append(nil, m)
	return err == nil && c.conn.Send(on, wire) == nil
}

// greet says hello and, when the device has answered, that pictures may come.
func (c *console) greet(name string) {
	c.send(peer.Ctl, &protocol.Hello{Version: protocol.Version1, Capabilities: []protocol.Capability{1, 2, 3, 4, 5}, Name: name})
	c.send(peer.Ctl, &protocol.Ready{})
}

// await waits until the device has said what this console may do. What is sent
// before may overtake the hello on another channel, and is too early then.
func (c *console) await(ctx context.Context) {
	for end := time.Now().Add(patience); time.Now().Before(end); pause(ctx, 5*time.Millisecond) {
		if grants, _, bye := c.told(); grants.Number > 0 || bye != 0 || ctx.Err() != nil {
			return
		}
	}
}

// read takes what the device says until the connection ends.
func (c *console) read() {
	state := protocol.Opening
	for raw := range c.conn.Messages() {
		m, drop, err := protocol.Decode(raw.Data, protocol.ToConsole, protocol.Channel(raw.Channel), state)
		if err != nil || drop {
			continue
		}
		if m.Kind() == protocol.KindWelcome {
			state = protocol.Waiting
		}
		c.take(raw.Channel, m)
	}
}

func (c *console) take(on peer.Channel, m protocol.Message) {
	switch m := m.(type) {
	case *protocol.Part:
		c.part(on, m)
	case *protocol.Update:
		c.update(m)
	case *protocol.Ping:
		if !m.Reply {
			c.send(peer.Ping, &protocol.Ping{Number: m.Number, Reply: true, Time: m.Time})
		}
	case *protocol.Grants:
		c.mu.Lock()
		c.grants = *m
		c.mu.Unlock()
	case *protocol.Bye:
		c.mu.Lock()
		c.bye = m.Code
		c.mu.Unlock()
	}
}

func (c *console) part(on peer.Channel, p *protocol.Part) {
	if on != peer.Screen {
		return // a large cursor, which nobody here looks at
	}
	whole, err := c.joiner.Add(p)
	if err != nil || whole == nil {
		return
	}
	if m, _, err := protocol.DecodeJoined(whole, protocol.ChannelScreen, protocol.Waiting); err == nil {
		c.take(on, m)
	}
}

func (c *console) update(m *protocol.Update) {
	c.mu.Lock()
	c.shown = max(c.shown, m.Number)
	c.mu.Unlock()
	if c.updates != nil {
		c.updates <- m
	}
}

// told is what it was told so far.
func (c *console) told() (g protocol.Grants, shown uint32, bye protocol.Code) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.grants, c.shown, c.bye
}

package main

import (
	"context"
	"image"
	"sync"
	"testing"
	"time"

	"telestrator/desk"
	"telestrator/encode"
	"telestrator/peer"
	"telestrator/peer/relay"
	"telestrator/protocol"
)

// agent is a console in the hands of a test, over a real connection.
type agent struct {
	t    testing.TB
	conn peer.Conn

	mu         sync.Mutex
	news       chan struct{} // closed when something came
	grants     protocol.Grants
	hand       protocol.Hand
	generation uint32
	caps       []protocol.Capability
	bytes      uint64 // of pictures
	frames     int
	number     uint32
	strokes    uint32
	requests   uint32
	decoder    *encode.Decoder
	receiver   protocol.Receiver
	over       bool
	mute       bool   // acknowledges nothing
	owed       uint32 // the last picture that was not acknowledged
	reader     sync.WaitGroup

	// What a test wants to hear of, if anything; set under mu.
	seen  func(*image.RGBA)  // each complete picture
	heard func(peer.Message) // each message
}

// connectAgent joins by a code and asks for scopes.
func connectAgent(t testing.TB, d *daemon, code string, scopes protocol.Scopes) *agent {
	t.Helper()
	a := joinAgent(t, d, code, nil)
	t.Cleanup(a.leave)
	a.ask(scopes, 1, 2, 3, 4)
	return a
}

// joinAgent joins by a code, over a relay if there is one. Its caller has it leave.
func joinAgent(t testing.TB, d *daemon, code string, over *relay.Relay) *agent {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	offering, err := peer.Offer(ctx, peer.Config{Loopback: true})
	if err != nil {
		t.Fatal(err)
	}
	offer := offering.SDP()
	if over != nil {
		offer = relay.Bare(offer)
	}
	answer, _, err := desk.Connect(ctx, d.Desk, code, offer)
	if err == nil && over != nil {
		answer, err = over.Between(answer)
	}
	if err != nil {
		t.Fatal(err)
	}
	a := &agent{t: t, news: make(chan struct{}), decoder: encode.NewDecoder()}
	if a.conn, err = offering.Accept(ctx, answer); err != nil {
		t.Fatal(err)
	}
	a.reader.Go(a.read)
	return a
}

// ask says what the agent understands, and asks for scopes.
func (a *agent) ask(scopes protocol.Scopes, caps ...protocol.Capability) {
	a.t.Helper()
	a.send(peer.Ctl, &protocol.Hello{Version: protocol.Version1, Name: "Ada", Capabilities: caps})
	a.until("welcomed", func() bool { return a.caps != nil })
	a.send(peer.Ctl, &protocol.Ready{})
	a.request(scopes)
}

// leave closes the connection.
func (a *agent) leave() {
	_ = a.conn.Close()
	a.reader.Wait()
}

// helping is an agent who was allowed everything that is asked for.
func helping(t testing.TB, d *daemon, code string, scopes protocol.Scopes) *agent {
	t.Helper()
	a := connectAgent(t, d, code, scopes)
	d.allow(scopes)
	a.until("allowed and shown", func() bool { return a.grants.Scopes == scopes && a.frames > 0 })
	return a
}

func (a *agent) request(scopes protocol.Scopes) {
	a.requests++
	a.send(peer.Ctl, &protocol.Request{Number: a.requests, Scopes: scopes, Reason: "test"})
}

func (a *agent) send(on peer.Channel, m protocol.Message) {
	a.t.Helper()
	wire, err := protocol.Append(nil, m)
	if err != nil {
		a.t.Fatal(err)
	}
	_ = a.conn.Send(on, wire) // it may have ended
}

// read takes what the device says until the connection ends.
func (a *agent) read() {
	for m := range a.conn.Messages() {
		a.mu.Lock()
		a.take(m)
		close(a.news)
		a.news = make(chan struct{})
		a.mu.Unlock()
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.over = true
	close(a.news)
	a.news = make(chan struct{})
}

func (a *agent) take(raw peer.Message) {
	if a.heard != nil {
		a.heard(raw)
	}
	state := protocol.Waiting
	if a.caps == nil {
		state = protocol.Opening
	}
	m, _, err := a.receiver.Read(raw.Data, protocol.Channel(raw.Channel), state)
	if err != nil {
		a.t.Errorf("the device sent %x: %v", raw.Data, err)
		return
	}
	if raw.Channel == peer.Screen {
		a.bytes += uint64(len(raw.Data))
	}
	switch m := m.(type) {
	case *protocol.Welcome:
		a.caps = append([]protocol.Capability{}, m.Capabilities...)
	case *protocol.Grants:
		a.grants, a.generation = *m, max(a.generation, m.Generation)
	case *protocol.Hand:
		a.hand = *m
	case *protocol.Ping:
		if !m.Reply {
			a.send(peer.Ping, &protocol.Ping{Number: m.Number, Reply: true, Time: m.Time})
		}
	case *protocol.Update:
		a.update(m)
	}
}

func (a *agent) update(u *protocol.Update) {
	if err := a.decoder.Decode(u); err != nil {
		a.t.Error(err)
	}
	if len(u.Reset) > 0 {
		a.generation = max(a.generation, u.Reset[0])
	}
	if u.Last {
		a.frames++
		if a.seen != nil {
			a.seen(a.decoder.Picture())
		}
		a.acknowledge(u.Number)
	}
}

// acknowledge says that a picture is shown, or keeps it for later.
func (a *agent) acknowledge(number uint32) {
	if a.mute {
		a.owed = number
		return
	}
	a.owed = 0
	a.send(peer.Screen, &protocol.Ack{Number: number})
}

// stall begins or ends not to acknowledge.
func (a *agent) stall(on bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.mute = on
	if !on && a.owed != 0 {
		a.acknowledge(a.owed)
	}
}

// until waits for what the device tells.
func (a *agent) until(what string, is func() bool) {
	a.t.Helper()
	late := time.After(patience)
	for {
		a.mu.Lock()
		done, news := is(), a.news
		a.mu.Unlock()
		if done {
			return
		}
		select {
		case <-news:
		case <-late:
			a.t.Fatalf("not %s in %v", what, patience)
		}
	}
}

// aim is the number and generation of the next input.
func (a *agent) aim() (number, generation uint32) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.number++
	return a.number, a.generation
}

func (a *agent) point(x, y int) {
	n, g := a.aim()
	a.send(peer.Input, &protocol.Pointer{Number: n, Generation: g, X: uint16(x), Y: uint16(y)})
}

func (a *agent) button(x, y int, down bool) {
	n, g := a.aim()
	a.send(peer.Input, &protocol.Button{Number: n, Generation: g, X: uint16(x), Y: uint16(y), Down: down})
}

func (a *agent) click(x, y int) {
	a.button(x, y, true)
	a.button(x, y, false)
}

func (a *agent) key(code string, down bool) {
	n, g := a.aim()
	a.send(peer.Input, &protocol.Key{Number: n, Generation: g, Code: code, Down: down})
}

func (a *agent) press(code string) {
	a.key(code, true)
	a.key(code, false)
}

func (a *agent) text(s string) {
	n, g := a.aim()
	a.send(peer.Input, &protocol.Text{Number: n, Generation: g, Text: s})
}

// begin begins a stroke.
func (a *agent) begin(colour uint32, width uint8) (stroke uint32) {
	_, g := a.aim()
	a.strokes++
	a.send(peer.Ink, &protocol.StrokeBegin{Stroke: a.strokes, Generation: g, Colour: colour, Width: width})
	return a.strokes
}

// stroke draws points x, y, x, y.
func (a *agent) stroke(colour uint32, width uint8, points ...uint16) (stroke uint32) {
	stroke = a.begin(colour, width)
	a.send(peer.Ink, &protocol.StrokePoints{Stroke: stroke, Points: points})
	a.send(peer.Ink, &protocol.StrokeEnd{Stroke: stroke, Points: uint32(len(points) / 2)})
	return stroke
}

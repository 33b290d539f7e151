package agentd

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"telestrator/agentd/guardian"
	"telestrator/agentd/guardian/guardiantest"
	"telestrator/capture"
	"telestrator/capture/capturetest"
	"telestrator/encode"
	"telestrator/ink"
	"telestrator/peer"
	"telestrator/privacy"
	"telestrator/protocol"
)

// rig is a session over a Pipe, with a scripted screen at one end and a
// console that decodes everything at the other. It lives in a synctest bubble.
type rig struct {
	t       *testing.T
	painted *capturetest.Screen
	screen  *Screen
	session *Session
	away    atomic.Bool // there is no screen to open
	hands   *guardiantest.Screen
	hand    atomic.Bool // the user's own
	sent    uint32      // number of the agent's last input
	looked  uint32      // of its last look
	*console
	end func()
}

// inRig runs a test in a bubble, and sees to it that all has ended after it.
func inRig(t *testing.T, policy Policy, test func(r *rig)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, policy)
		test(r)
		r.end()
	})
}

func newRig(t *testing.T, policy Policy) *rig { return newRigWith(t, policy, func(*Session) {}) }

// newRigWith has prepare change the session before it runs.
func newRigWith(t *testing.T, policy Policy, prepare func(*Session)) *rig {
	policy.Privacy.Unknown = privacy.Allow
	r := &rig{t: t, painted: capturetest.NewScreen(320, 200)}
	var err error
	r.screen, err = newScreen(r.open(policy.Privacy), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	device, far := peer.Pipe()
	r.console = newConsole(t, far)
	r.session = newSession(device, r.screen.view(), policy.withDefaults(), "test", slog.New(slog.DiscardHandler))
	r.session.changed = func() { wake(r.screen.demand) }
	r.session.asks = func(asking bool) {
		r.screen.keeper.Load().Ask(asking)
		wake(r.session.awake)
	}
	r.session.rest = r.rest
	prepare(r.session)
	r.screen.sign = func() *ink.Sign { return sign([]*Session{r.session}, r.hand.Load()) }
	r.screen.told = r.guarded
	ctx, cancel := context.WithCancel(t.Context())
	var parts sync.WaitGroup
	parts.Go(func() { _ = r.screen.Run(ctx) })
	parts.Go(func() { r.console.why = r.session.Run(ctx) })
	parts.Go(r.console.read)
	r.end = func() { cancel(); parts.Wait() }
	return r
}

// rest is the daemon's, for one session.
func (r *rig) rest() uint8 {
	switch {
	case r.session.asking:
		return protocol.UserAsked
	case r.hand.Load():
		return protocol.LocalHand
	}
	return protocol.HandRests
}

// guarded is the daemon's, for one session.
func (r *rig) guarded(e guardian.Event) {
	switch {
	case e.Stop:
		r.session.stop(protocol.Stopped, "The user has ended the session.")
		r.screen.keeper.Load().Obeyed()
	case e.Hand != nil:
		r.hand.Store(*e.Hand)
		wake(r.session.awake)
		wake(r.screen.demand)
	}
}

// open gives the scripted screen the first time, and a new one after it ended.
func (r *rig) open(policy privacy.Policy) func() (Parts, error) {
	first := true
	return func() (Parts, error) {
		if r.away.Load() {
			return Parts{}, capture.ErrGone
		}
		if !first {
			r.painted = capturetest.NewScreen(320, 200)
		}
		first = false
		guard, err := privacy.NewFixed(policy)
		if err != nil {
			return Parts{}, err
		}
		var g *guardian.Guardian
		g, r.hands = guardiantest.Start(r.t)
		return Parts{r.painted, guard, g}, nil
	}
}

// join says hello and ready and asks for view.
func (r *rig) join() { r.ask(1, protocol.View) }

// ask says hello and ready first, and asks for scopes.
func (r *rig) ask(number uint32, scopes protocol.Scopes) {
	if number == 1 {
		r.hello()
	}
	r.send(peer.Ctl, &protocol.Request{Number: number, Scopes: scopes, Reason: "test"})
	synctest.Wait()
}

func (r *rig) hello() {
	r.send(peer.Ctl, &protocol.Hello{Version: 1, Capabilities: []uint32{1, 2, 3, 4, 5, 6}, Name: "Ada"})
	synctest.Wait()
	r.send(peer.Ctl, &protocol.Ready{})
	synctest.Wait()
}

// live is a session that is allowed to see.
func (r *rig) live() {
	r.join()
	if err := r.session.answer(protocol.View); err != nil {
		r.t.Fatal(err)
	}
	r.pass(time.Second)
}

// working is a session that is allowed everything in scopes too.
func (r *rig) working(scopes protocol.Scopes) {
	r.ask(1, protocol.View|scopes)
	if err := r.session.answer(protocol.View | scopes); err != nil {
		r.t.Fatal(err)
	}
	r.pass(time.Second)
}

// pass lets time go by until everything rests.
func (r *rig) pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// paint changes the picture and the cursor, so that there is something to leak.
func (r *rig) paint(shade uint8) {
	r.painted.Paint(image.Rect(int(shade), 10, int(shade)+40, 60), color.RGBA{shade, 255 - shade, 77, 255})
	r.painted.SetCursor(capture.Cursor{Serial: uint32(shade) + 1, Pos: image.Pt(int(shade), 5), Size: image.Pt(2, 2),
		Pix: bytes.Repeat([]byte{shade}, 16)})
}

// same compares what the console shows with the screen.
func (r *rig) same() {
	r.t.Helper()
	got, want := r.picture(), r.painted.Picture()
	if got.Bounds() != want.Bounds() || !bytes.Equal(got.Pix, want.Pix) {
		r.t.Errorf("the console's picture of %v is not the screen's of %v", got.Bounds(), want.Bounds())
	}
}

// console is a strict console: what it cannot decode fails the test.
type console struct {
	t       *testing.T
	conn    peer.Conn
	why     error // of the session's end, once it has ended
	mu      sync.Mutex
	got     []protocol.Message
	pixels  int // messages that tell of the screen: updates, parts, cursors, masks
	decoder *encode.Decoder
	parts   protocol.Joiner
	mute    bool                   // acknowledges nothing
	gate    chan struct{}          // nothing is read before it is closed
	heard   func(protocol.Message) // hears every message that needed no parts, if it is set
	seen    func()                 // hears of every moment that is shown, if it is set
}

func newConsole(t *testing.T, conn peer.Conn) *console {
	return &console{t: t, conn: conn, decoder: encode.NewDecoder()}
}

func (c *console) send(on peer.Channel, m protocol.Message) {
	c.t.Helper()
	wire, err := protocol.Append(nil, m)
	if err != nil {
		c.t.Fatal(err)
	}
	c.raw(on, wire)
}

func (c *console) raw(on peer.Channel, wire []byte) {
	_ = c.conn.Send(on, wire) // it may have ended
}

func (c *console) read() {
	for m := range c.conn.Messages() {
		c.mu.Lock()
		gate := c.gate
		c.mu.Unlock()
		if gate != nil {
			<-gate
		}
		c.take(m)
	}
}

// block stops reading until the returned function is called.
func (c *console) block() (open func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	gate := make(chan struct{})
	c.gate = gate
	return func() { close(gate) }
}

func (c *console) take(raw peer.Message) {
	c.mu.Lock()
	defer c.mu.Unlock()
	state := protocol.Waiting
	if len(c.got) == 0 {
		state = protocol.Opening // the first is a welcome, or a bye
	}
	m, _, err := protocol.Decode(raw.Data, protocol.ToConsole, protocol.Channel(raw.Channel), state)
	if err != nil {
		c.t.Errorf("the device sent %x: %v", raw.Data, err)
		return
	}
	c.got = append(c.got, m)
	if c.heard != nil {
		c.heard(m)
	}
	switch m := m.(type) {
	case *protocol.Part:
		c.part(m)
	case *protocol.Update:
		c.parts.Drop()
		c.update(m)
	case *protocol.Cursor, *protocol.Masks:
		c.pixels++
	case *protocol.Ping:
		if !m.Reply {
			c.send(peer.Ping, &protocol.Ping{Number: m.Number, Reply: true, Time: m.Time})
		}
	}
}

func (c *console) part(p *protocol.Part) {
	c.pixels++
	whole, err := c.parts.Add(p)
	if err != nil {
		c.t.Error(err)
	}
	if whole == nil {
		return
	}
	m, _, err := protocol.DecodeJoined(whole, protocol.ChannelScreen, protocol.Waiting)
	if err != nil {
		c.t.Error(err)
		return
	}
	c.update(m.(*protocol.Update))
}

func (c *console) update(u *protocol.Update) {
	c.pixels++
	began := time.Now()
	if err := c.decoder.Decode(u); err != nil {
		c.t.Error(err)
	}
	if u.Last && !c.mute {
		c.send(peer.Screen, &protocol.Ack{Number: u.Number, Decode: uint32(time.Since(began).Microseconds())})
	}
	if u.Last && c.seen != nil {
		c.seen()
	}
}

func (c *console) picture() *image.RGBA {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.decoder.Picture()
}

func (c *console) geometry() encode.Geometry {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.decoder.Geometry()
}

// told is how many messages so far told of the screen.
func (c *console) told() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.pixels
}

// last returns the newest message of a kind, or nil.
func last[M protocol.Message](c *console) (found M) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, m := range c.got {
		if m, ok := m.(M); ok {
			found = m
		}
	}
	return found
}

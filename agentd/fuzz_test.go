package agentd

import (
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"telestrator/fuzz/bound"
	"telestrator/peer"
	"telestrator/privacy"
	"telestrator/protocol"
)

// sessionMemory is what a whole session may allocate for an input: its screen,
// streams and the console's decoder are there whatever is said.
const sessionMemory = 32 << 20

// FuzzSession plays a script to a whole session, in virtual time: messages in
// any order and state, some of them any bytes, and between them what the user
// does, the screen shows and time brings. No frame, ink or event is without a
// grant that lives, no masked pixel is decoded, and it ends with a reason.
func FuzzSession(f *testing.F) {
	f.Add([]byte{0, 0, 0, 0, 1, 0, 2, 1, 90, 1, 100, 1, 110, 1, 180})
	f.Add([]byte{1, 0, 3, 0, 3, 0, 3, 0, 3, 0, 5, 1, 120, 7, 240, 1, 20, 9, 9, 1, 200, 4, 4, 1, 250, 200, 200})
	f.Add([]byte{0, 0, 7, 0, 7, 0, 7})
	f.Add([]byte{1, 2, 2, 6, 0x82, 0x18, 0x24, 0xa3, 1, 2})
	for what := range byte(len(remarks)) {
		f.Add([]byte{what % 2, 1, 225, 2, 9, 8, 7, 0, what, 1, 228, 0, 77, 0, 0, what})
	}
	for do := range byte(14) {
		f.Add([]byte{1, 1, 250, 0, 0, 0, 1, 7, do*18 + 5, 7, 3, 200, 90, 0, 80, 0, 1, 7, do*18 + 9, 0, 240, 9, 9, 4, 1, 8, do * 18, 0, 0, 250, 250})
	}
	f.Fuzz(func(t *testing.T, script []byte) {
		bound.CheckMemory(t, sessionMemory, func() {
			synctest.Test(t, func(t *testing.T) { perform(t, script) })
		})
	})
}

// remarks are what a console may say beside input and ink, at the right time or not.
var remarks = []protocol.Message{
	&protocol.Hello{Version: 1, Capabilities: []uint32{1, 2, 3, 4, 5}, Name: "Ada"}, &protocol.Ready{},
	&protocol.Request{Number: 1, Scopes: protocol.AllScopes}, &protocol.Refresh{Number: 1}, &protocol.Ack{Number: 1},
	&protocol.Ping{Number: 1, Time: 5}, &protocol.Ping{Number: 3, Reply: true}, &protocol.Bye{Code: protocol.Left},
	&protocol.Held{Number: 9, Generation: 1, Codes: []string{"KeyA"}}, &protocol.Ack{Number: 9999}, &protocol.Hello{Version: 2},
}

// at is the channel on which a remark is right.
func at(m protocol.Message) peer.Channel {
	switch m.(type) {
	case *protocol.Ack:
		return peer.Screen
	case *protocol.Ping:
		return peer.Ping
	case *protocol.Held:
		return peer.Input
	}
	return peer.Ctl
}

// luck draws from a script, two bytes at a time: of most numbers the upper bits
// count, of powers of two the lower ones. What is beyond its end changes too,
// because a generator may ask until it likes what it gets.
type luck struct {
	script *[]byte
	count  uint64
}

func (l *luck) next() (b byte) {
	if s := *l.script; len(s) > 0 {
		b, *l.script = s[0], s[1:]
	}
	return b
}

// Uint64 implements rand.Source.
func (l *luck) Uint64() uint64 {
	l.count++
	a, b := uint64(l.next()), uint64(l.next())
	return a<<56 | b<<48 | l.count<<32 | a
}

func perform(t *testing.T, script []byte) {
	r := newRig(t, veiled())
	synctest.Wait() // the guardian's stand-in is there
	p := &play{rig: r, rng: rand.New(&luck{script: &script})}
	r.hands.Watch(p.made)
	l := luck{script: &script}
	if l.next()&1 == 1 {
		p.begin()
	}
	for len(script) > 0 && !p.over() && !t.Failed() {
		before := p.told()
		switch l.next() % 4 {
		case 0:
			m := remarks[int(l.next())%len(remarks)]
			p.send(at(m), m)
		case 2:
			p.foreign(&l, &script)
		default:
			p.step()
		}
		synctest.Wait()
		p.look(before)
	}
	p.pass(time.Second)
	p.covered()
	ended := p.over()
	r.end()
	if why := reason(r.console.why); ended && (why.Code == 0 || why.Code == protocol.Internal) {
		t.Errorf("the session ended without a reason: %v", r.console.why)
	}
}

// begin is what a session mostly begins with: everything is asked for and given.
func (p *play) begin() {
	p.hello()
	p.requests++
	p.allowed.Store(uint32(protocol.AllScopes))
	p.ask(p.requests+1, protocol.AllScopes)
	if err := p.session.answer(protocol.AllScopes); err != nil {
		p.t.Fatal(err)
	}
	p.paint(30) // under what is hidden, and beside it
	p.pass(time.Second)
}

// foreign sends any bytes, at most as many as the script has.
func (p *play) foreign(l *luck, script *[]byte) {
	on, n := peer.Channel(l.next()%7), int(l.next())
	n = min(n, len(*script))
	p.raw(on, (*script)[:n])
	*script = (*script)[n:]
}

// look wants nothing told of the screen and no ink without a grant.
func (p *play) look(before int) {
	p.t.Helper()
	allowed := protocol.Scopes(p.allowed.Load())
	if allowed&protocol.View == 0 && p.told() > before && !p.hadView(before) {
		p.t.Errorf("%d messages told of the screen without a live grant", p.told()-before)
	}
	if p.held()&protocol.Ink == 0 && len(p.hands.Marks()) > 0 {
		p.t.Error("ink without a live grant")
	}
}

// covered wants what the policy hides to be flat in the console's picture.
func (p *play) covered() {
	p.t.Helper()
	picture := p.picture()
	for _, hidden := range veiled().Privacy.Rects {
		area := hidden.Intersect(picture.Rect)
		for y := area.Min.Y; y < area.Max.Y; y++ {
			for x := area.Min.X; x < area.Max.X; x++ {
				c := picture.RGBAAt(x, y)
				if uint32(c.R)<<16|uint32(c.G)<<8|uint32(c.B) != privacy.Grey {
					p.t.Fatalf("a masked pixel at %d,%d: %v", x, y, c)
				}
			}
		}
	}
}

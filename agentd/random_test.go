package agentd

import (
	"math/rand/v2"
	"os"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"telestrator/input/inputtest"
	"telestrator/peer"
	"telestrator/protocol"
)

// sequenceCount is how many random sequences are tried; make proof tries 100,000.
func sequenceCount() int {
	if os.Getenv("TELESTRATOR_PROOF") != "" {
		return 100_000
	}
	return 3000
}

// TestNothingWithoutALiveGrant plays random sequences of messages, grants,
// revocations, pauses and movements of the user's own hand: no event is made,
// no ink shown and nothing told of the screen without a grant that lives.
func TestNothingWithoutALiveGrant(t *testing.T) {
	seed := rand.Uint64()
	rng := rand.New(rand.NewPCG(seed, 1))
	total, events := 0, int64(0)
	for total < sequenceCount() && !t.Failed() {
		inRig(t, DemoPolicy(), func(r *rig) {
			p := newPlay(r, rng)
			for range 100 {
				if p.over() {
					break
				}
				p.sequence()
				total++
			}
			events += p.events.Load()
		})
	}
	t.Logf("seed %d: %d sequences, %d events made", seed, total, events)
	if events == 0 {
		t.Error("no sequence made an event, so nothing was tested")
	}
}

// play is a session in which anything happens.
type play struct {
	*rig
	rng      *rand.Rand
	requests uint32
	allowed  atomic.Uint32 // scopes that may have an effect now
	paused   bool
	events   atomic.Int64
}

func newPlay(r *rig, rng *rand.Rand) *play {
	p := &play{rig: r, rng: rng}
	r.hands.Watch(p.made)
	r.hello()
	return p
}

// made is called for each event that is made, when it is made.
func (p *play) made(e inputtest.Event) {
	scope := protocol.PointerScope
	switch e.Do {
	case "key", "text":
		scope = protocol.Keyboard
	case "release", "close":
		return
	}
	if e.Do == "button" && !e.Down || e.Do == "key" && !e.Down {
		return // what is pressed is released whatever happens
	}
	p.events.Add(1)
	if protocol.Scopes(p.allowed.Load())&scope == 0 {
		p.t.Errorf("%s without a live grant", e)
	}
}

// over says whether the session has ended, as it does for a flood.
func (p *play) over() bool {
	p.session.mu.Lock()
	defer p.session.mu.Unlock()
	return p.session.base == protocol.Over
}

// held is what the session holds.
func (p *play) held() protocol.Scopes {
	p.session.mu.Lock()
	defer p.session.mu.Unlock()
	return p.session.ledger.held
}

// sequence does ten things, and looks after each.
func (p *play) sequence() {
	for range 10 {
		before := p.told()
		p.step()
		synctest.Wait()
		allowed := protocol.Scopes(p.allowed.Load())
		if allowed&protocol.View == 0 && p.told() > before && !p.hadView(before) {
			p.t.Errorf("%d messages told of the screen without a live grant", p.told()-before)
		}
		if p.held()&protocol.Ink == 0 && len(p.hands.Marks()) > 0 {
			p.t.Error("ink without a live grant")
		}
		if p.t.Failed() {
			return
		}
	}
}

// hadView waits for nothing: pictures that were handed over before a grant
// ended may have been counted in this step, and in no later one.
func (p *play) hadView(int) bool {
	before := p.told()
	p.paint(uint8(p.rng.IntN(100)))
	p.pass(100 * time.Millisecond)
	return p.told() == before
}

// step does one thing.
func (p *play) step() {
	g := p.generation()
	if p.rng.IntN(8) == 0 {
		g-- // aimed at a screen of before
	}
	x, y := uint16(p.rng.IntN(320)), uint16(p.rng.IntN(200))
	switch p.rng.IntN(14) {
	case 0, 1:
		p.send(peer.Input, &protocol.Button{Number: p.next(), Generation: max(g, 1), X: x, Y: y, Down: p.rng.IntN(2) == 0})
	case 2:
		p.send(peer.Input, &protocol.Key{Number: p.next(), Generation: max(g, 1), Code: "KeyA", Down: p.rng.IntN(2) == 0})
	case 3:
		p.send(peer.Input, &protocol.Text{Number: p.next(), Generation: max(g, 1), Text: "ab"})
	case 4:
		p.send(peer.Input, &protocol.Wheel{Number: p.next(), Generation: max(g, 1), X: x, Y: y, DY: 1})
	case 5:
		p.send(peer.Move, &protocol.Pointer{Number: p.next(), Generation: max(g, 1), X: x, Y: y})
	case 6:
		p.stroke(p.next())
	case 7, 8:
		p.grant()
	case 9:
		p.revoke()
	case 10:
		p.pause(!p.paused)
	case 11:
		p.hands.Move()
	case 12:
		p.paint(uint8(p.rng.IntN(100)))
	default:
		p.pass(time.Duration(p.rng.IntN(3000)) * time.Millisecond)
	}
}

// grant asks for something and is given a part of it.
func (p *play) grant() {
	p.requests++
	asked := protocol.Scopes(p.rng.IntN(15) + 1)
	p.send(peer.Ctl, &protocol.Request{Number: p.requests, Scopes: asked})
	synctest.Wait()
	given := protocol.Scopes(p.rng.IntN(16)) & asked
	before := p.allowed.Load()
	if !p.paused {
		p.allowed.Store(before | uint32(given))
	}
	if p.session.answer(given) != nil {
		p.allowed.Store(before)
	}
	p.settled()
}

func (p *play) revoke() {
	p.session.revoke(1 << p.rng.IntN(4))
	p.settled()
}

func (p *play) pause(paused bool) {
	if !paused {
		p.allowed.Store(uint32(p.held()))
	}
	p.paused = paused
	p.session.hold(paused)
	p.settled()
}

// settled is what may have an effect from now on.
func (p *play) settled() {
	if p.paused {
		p.allowed.Store(0)
		return
	}
	p.allowed.Store(uint32(p.held()))
}

package agentd

import (
	"encoding/hex"
	"errors"
	"testing"
	"time"

	"telestrator/peer"
	"telestrator/protocol"
)

// wantEnd wants the session to end with a code, and the console to be told.
func (r *rig) wantEnd(code protocol.Code) {
	r.t.Helper()
	r.pass(time.Second)
	var why *protocol.Error
	if !errors.As(r.console.why, &why) || why.Code != code {
		r.t.Errorf("the session ended with %v, want %s", r.console.why, code)
	}
	if b := last[*protocol.Bye](r.console); b == nil || b.Code != code {
		r.t.Errorf("bye: %+v, want %s", b, code)
	}
}

// TestBadMessages sends each to a live session: it ends with the code, and the
// screen goes on for others.
func TestBadMessages(t *testing.T) {
	cases := []struct {
		name, hex string
		on        peer.Channel
		code      protocol.Code
	}{
		{"nothing", "", peer.Ctl, protocol.Form},
		{"no CBOR", "ff", peer.Ctl, protocol.Form},
		{"not canonical", "821806a10101", peer.Ctl, protocol.Canonical},
		{"unknown kind", "8218c8a0", peer.Ctl, protocol.BadKind},
		{"a hello on input", "8201a3010102800360", peer.Input, protocol.BadWay},
		{"a second hello", "8201a3010102800360", peer.Ctl, protocol.BadState},
		{"keys", "8206a0", peer.Ctl, protocol.BadKeys},
		{"types", "8206a10160", peer.Ctl, protocol.BadTypes},
		{"range", "8206a10100", peer.Ctl, protocol.BadRange},
		{"ack of the future", "8212a2011a000f42400200", peer.Screen, protocol.Sequence},
		{"request number again", "8204a3010102010360", peer.Ctl, protocol.Sequence},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			inRig(t, DemoPolicy(), func(r *rig) {
				r.live()
				wire, err := hex.DecodeString(c.hex)
				if err != nil {
					t.Fatal(err)
				}
				r.raw(c.on, wire)
				r.wantEnd(c.code)
				r.silent("after the end")
			})
		})
	}
}

func TestIllTimed(t *testing.T) {
	cases := map[string]struct {
		on   peer.Channel
		m    protocol.Message
		code protocol.Code
	}{
		"ready before hello":   {peer.Ctl, &protocol.Ready{}, protocol.BadState},
		"request before hello": {peer.Ctl, &protocol.Request{Number: 1, Scopes: 1}, protocol.BadState},
		"pointer before hello": {peer.Move, &protocol.Pointer{Number: 1, Generation: 1}, protocol.BadState},
		"other version":        {peer.Ctl, &protocol.Hello{Version: 2}, protocol.Version},
		"bye":                  {peer.Ctl, &protocol.Bye{Code: protocol.Left}, protocol.Left},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			inRig(t, DemoPolicy(), func(r *rig) {
				r.send(c.on, c.m)
				r.wantEnd(c.code)
			})
		})
	}
}

func TestNoHello(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.pass(helloWithin + time.Second)
		r.wantEnd(protocol.Timeout)
	})
}

// TestForbiddenInput sees that input without permission is dropped, and that
// too much of it ends the session (L26).
func TestForbiddenInput(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.live()
		for n := range uint32(maxForbidden - 1) {
			r.send(peer.Input, &protocol.Key{Number: n + 1, Generation: r.generation(), Code: "KeyA", Down: true})
		}
		r.pass(time.Second)
		if r.console.why != nil {
			t.Fatalf("ended early: %v", r.console.why)
		}
		r.send(peer.Input, &protocol.Key{Number: 200, Generation: r.generation(), Code: "KeyA", Down: true})
		r.wantEnd(protocol.Flood)
	})
}

// TestFlood drops what is over the rate, and ends the session after three
// seconds of it (L5).
func TestFlood(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.live()
		for range 50 {
			for range protocol.RateBurst {
				r.send(peer.Ping, &protocol.Ping{Number: 1})
			}
			r.pass(100 * time.Millisecond)
		}
		r.wantEnd(protocol.Flood)
	})
}

func TestMeter(t *testing.T) {
	now := time.Now()
	m := newMeter(now)
	for i := range protocol.RateBurst + 1 {
		pass, err := m.pass(1, now)
		if want := i < protocol.RateBurst; pass != want || err != nil {
			t.Fatalf("message %d of a burst: %v, %v", i+1, pass, err)
		}
	}
	big := newMeter(now)
	if pass, _ := big.pass(2*protocol.RateBytes, now); !pass {
		t.Error("the burst of bytes does not pass")
	}
	if pass, _ := big.pass(1, now); pass {
		t.Error("one byte more passes")
	}
}

func TestRefreshIsMerged(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.paint(1)
		r.live()
		before := resets(r.console)
		for n := range uint32(20) {
			r.send(peer.Ctl, &protocol.Refresh{Number: n + 1})
		}
		r.pass(5 * time.Second)
		if got := resets(r.console) - before; got < 1 || got > protocol.RateRefresh {
			t.Errorf("20 refreshes at once made %d resets", got)
		}
		r.same()
	})
}

// TestCursorRate moves the pointer two hundred times a second: twenty of the
// places are told (L17), and the last one is among them.
func TestCursorRate(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.paint(1)
		r.live()
		before := r.told()
		for i := range 200 {
			r.painted.MoveCursor(i, 7)
			r.pass(5 * time.Millisecond)
		}
		r.pass(time.Second)
		if told := r.told() - before; told < 10 || told > 21 {
			t.Errorf("%d cursor messages for one second", told)
		}
		if c := last[*protocol.Cursor](r.console); c.X != 199 {
			t.Errorf("the cursor ended at %d", c.X)
		}
	})
}

func resets(c *console) (n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, m := range c.got {
		if u, ok := m.(*protocol.Update); ok && len(u.Reset) > 0 {
			n++
		}
	}
	return n
}

// TestNewestPixelsWin lets a console fall behind: what it gets then is the
// newest picture, not the ones between.
func TestNewestPixelsWin(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.live()
		r.mute = true
		before := r.told()
		for shade := range uint8(100) {
			r.paint(shade)
			r.pass(100 * time.Millisecond)
		}
		if sent := r.told() - before; sent > 150 {
			t.Errorf("%d messages to a console that shows nothing", sent)
		}
		r.mute = false
		r.send(peer.Screen, &protocol.Ack{Number: last[*protocol.Update](r.console).Number})
		r.pass(time.Second)
		r.same()
	})
}

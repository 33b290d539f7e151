package fuzz

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"telestrator/fuzz/bound"
	"telestrator/input"
	"telestrator/input/inputtest"
	"telestrator/protocol"
)

// FuzzGate plays messages, permits, questions and the user's own hand to the
// gate before the injector, in any order: nothing is made without a permit that
// lives, and whatever shuts the gate leaves nothing pressed.
func FuzzGate(f *testing.F) {
	f.Add([]byte{6, 0, 15, 1, 0, 3, 1, 1, 1, 1, 1, 3, 3, 1, 2, 1, 1, 0, 1, 'a', 7, 1, 6, 0, 0})
	f.Add([]byte{6, 0, 15, 1, 5, 1, 1, 1, 1, 0, 40, 'a', 'b', 9, 200, 8, 9, 255, 9, 255, 10})
	for do := range byte(12) {
		f.Add([]byte{6, 0, 15, 1, do, 1, 1, 1, 1, 1, 9, 1, 9, 0, 1, 1, 6, 0, 4, 1, do, 1, 2, 1, 1, 0, 4, 'K', 'e', 'y', 'A'})
	}
	f.Fuzz(func(t *testing.T, script []byte) {
		bound.Check(t, func() { newGate(t).play(filler{script}) })
	})
}

// inputs are the messages that a gate decides about.
var inputs = []protocol.Message{&protocol.Pointer{}, &protocol.Button{}, &protocol.Wheel{}, &protocol.Key{},
	&protocol.Held{}, &protocol.Text{}}

// gate is a gate, and what may pass it now.
type gate struct {
	t       *testing.T
	gate    *input.Gate
	made    inputtest.Recorder
	now     time.Time
	permits [2]protocol.Scopes
	asking  bool
	hand    time.Time // until when the user's own has the screen
	over    bool
}

func newGate(t *testing.T) *gate {
	g := &gate{t: t, now: time.Unix(1000, 0)}
	g.gate = input.NewGate(input.NewHeld(&g.made), &inputtest.Shield{}, input.GateConfig{
		Chord: []string{"ControlLeft", "ShiftLeft", "End"}, Now: func() time.Time { return g.now }})
	g.made.Watch(g.event)
	return g
}

// event hears of what is made, while it is made.
func (g *gate) event(e inputtest.Event) {
	scope := protocol.PointerScope
	switch e.Do {
	case "key", "text":
		scope = protocol.Keyboard
	case "release", "close":
		return
	}
	if (e.Do == "button" || e.Do == "key") && !e.Down {
		return // what is pressed is released whatever happens
	}
	if (g.permits[0]|g.permits[1])&scope == 0 || g.asking || g.over || g.now.Before(g.hand) {
		g.t.Errorf("%s without a live permit", e)
	}
}

func (g *gate) play(script filler) {
	for len(script.data) > 0 && !g.t.Failed() {
		do := int(script.bytes(1)[0]) % 12
		if do < len(inputs) {
			g.message(do, &script)
			continue
		}
		g.act(do-len(inputs), script.bytes(1)[0], &script)
	}
}

// message has a session say something that a reader has accepted.
func (g *gate) message(which int, script *filler) {
	m := reflect.New(reflect.TypeOf(inputs[which]).Elem())
	script.fill(m.Elem())
	message := m.Interface().(protocol.Message)
	if _, err := protocol.Append(nil, message); err != nil {
		return
	}
	if v := g.gate.Inject("a", message); v >= input.Verdicts {
		g.t.Fatalf("verdict %d", v)
	}
}

// act is what others than the console do.
func (g *gate) act(what int, value byte, script *filler) {
	switch what {
	case 0, 1:
		g.permit(int(value&1), protocol.Scopes(script.bytes(1)[0])&protocol.AllScopes, uint32(script.bytes(1)[0]%4))
	case 2:
		g.asking = value&1 == 1
		g.calm(g.gate.Ask(g.asking), g.asking)
	case 3:
		g.hand = g.now.Add(input.HandRest)
		g.calm(g.gate.Touch(), true)
	case 4:
		g.now = g.now.Add(time.Duration(value) * 50 * time.Millisecond)
		g.calm(g.gate.Tick(), false)
	case 5:
		g.over = true
		g.calm(g.gate.Shut(), true)
	}
}

// permit changes what one of two sessions may do. Less releases everything.
func (g *gate) permit(which int, scopes protocol.Scopes, generation uint32) {
	lost := g.permits[which] &^ scopes & (protocol.PointerScope | protocol.Keyboard)
	if g.permits[which] = scopes; g.over {
		g.permits[which] = 0
	}
	err := g.gate.Permit(fmt.Sprintf("%c", 'a'+which), input.Permit{Scopes: scopes, Generation: generation})
	if g.over {
		err = nil // it says so when it is shut
	}
	g.calm(err, lost != 0)
}

// calm checks that nothing failed and, after what shuts the gate, that nothing
// is pressed.
func (g *gate) calm(err error, shut bool) {
	g.t.Helper()
	if err != nil {
		g.t.Fatal(err)
	}
	if keys, buttons := g.made.Pressed(); shut && len(keys)+len(buttons) > 0 {
		g.t.Fatalf("the gate is shut, and %v %v are pressed", keys, buttons)
	}
}

// FuzzChord reads any text as the chord that ends everything.
func FuzzChord(f *testing.F) {
	for _, text := range []string{"Ctrl+Alt+Shift+End", "Escape", "a+b+c+d+e+f+g", "+", "Ctrl++", "Strg+ende"} {
		f.Add(text, 3)
	}
	f.Fuzz(func(t *testing.T, text string, escapes int) {
		bound.Check(t, func() {
			keys, err := input.ParseChord(text)
			if err != nil {
				return
			}
			for _, key := range keys {
				if !input.Known(key) {
					t.Fatalf("%q has the key %q, which nobody knows", text, key)
				}
			}
			if _, err := input.NewChord(input.ChordConfig{Keys: keys, Escapes: escapes}); err == nil && len(keys) > input.MaxChord {
				t.Fatalf("a chord of %d keys", len(keys))
			}
		})
	})
}

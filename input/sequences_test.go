package input_test

import (
	"image"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"telestrator/input"
	"telestrator/input/inputtest"
	"telestrator/protocol"
)

// steps is how many random steps a run takes.
const steps = 100_000

// model is the simplest thing that knows what a gate must do.
type model struct {
	permits map[string]input.Permit
	highest map[string]uint32
	asking  bool
	shut    bool
	hand    time.Time
	ours    bool // our window covers everything and has the focus
	keys    map[string]bool
	buttons map[uint8]bool
}

// rested empties the model's hands: everything was released.
func (m *model) rest() { m.keys, m.buttons = map[string]bool{}, map[uint8]bool{} }

// live says whether an event that needs these scopes may happen now.
func (m *model) live(needs protocol.Scopes) bool {
	if m.shut || m.asking || time.Now().Before(m.hand) {
		return false
	}
	for _, p := range m.permits {
		if p.Scopes&needs != 0 {
			return true
		}
	}
	return false
}

// needs says what an event needs.
func needs(e inputtest.Event) protocol.Scopes {
	switch e.Do {
	case "key", "text":
		return protocol.Keyboard
	}
	return protocol.PointerScope
}

// verdict is what the message must meet.
func (m *model) verdict(name string, msg protocol.Message) input.Verdict {
	p := m.permits[name]
	number, generation, up := uint32(0), uint32(0), false
	aims, press := false, false
	code := ""
	switch msg := msg.(type) {
	case *protocol.Pointer:
		number, generation = msg.Number, msg.Generation
	case *protocol.Button:
		number, generation = msg.Number, msg.Generation
		up, aims = !msg.Down && m.buttons[msg.Button], msg.Down
	case *protocol.Wheel:
		number, generation, aims = msg.Number, msg.Generation, true
	case *protocol.Text:
		number, generation, aims = msg.Number, msg.Generation, true
	case *protocol.Key:
		number, generation, code = msg.Number, msg.Generation, msg.Code
		up, aims, press = !msg.Down && m.keys[code], msg.Down, msg.Down && !m.keys[code]
	}
	old := false
	if _, known := m.permits[name]; known {
		_, pointer := msg.(*protocol.Pointer)
		old = pointer && number <= m.highest[name]
		m.highest[name] = max(m.highest[name], number)
	}
	switch {
	case p.Scopes&input.Needs(msg) == 0:
		return input.NoScope
	case old, generation != p.Generation && !up:
		return input.Outdated
	case m.asking:
		return input.Asking
	case time.Now().Before(m.hand):
		return input.LocalHand
	case aims && m.ours:
		return input.OwnWindow
	case code == "PrintScreen", press && len(m.keys) >= protocol.MaxHeld:
		return input.NotAllowed
	}
	return input.Injected
}

// note notes what an injected message leaves pressed.
func (m *model) note(msg protocol.Message) {
	switch msg := msg.(type) {
	case *protocol.Button:
		m.buttons[msg.Button] = msg.Down
	case *protocol.Key:
		if delete(m.keys, msg.Code); msg.Down {
			m.keys[msg.Code] = true
		}
	}
}

// TestSequences does everything at random to a gate and to the model, and
// compares: every verdict, and that nothing is injected without a live permit.
func TestSequences(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		injected := runSequence(t, rand.New(rand.NewPCG(1, 2)), false)
		t.Logf("%d steps, %d events injected", steps, injected)
	})
}

// TestSequencesThatWait does the same with an injector that is short of keys.
// Verdicts come later then; but nothing is injected without a live permit.
func TestSequencesThatWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		injected := runSequence(t, rand.New(rand.NewPCG(3, 4)), true)
		t.Logf("%d steps, %d events injected", steps, injected)
	})
}

func runSequence(t *testing.T, r *rand.Rand, short bool) (injected int) {
	g := newGate(t)
	m := &model{permits: map[string]input.Permit{"a": {Scopes: control, Generation: 1}}, highest: map[string]uint32{}}
	m.rest()
	g.r.Watch(func(e inputtest.Event) {
		if e.Do == "release" {
			return
		}
		if injected++; !m.live(needs(e)) {
			t.Errorf("%v without a live permit: %+v", e, m)
		}
	})
	for i := range steps {
		if r.IntN(4) > 0 {
			randomMessage(t, r, g, m, short)
		} else {
			randomChange(t, r, g, m, short)
		}
		if g.r.Take(); t.Failed() {
			t.Fatalf("at step %d", i)
		}
	}
	if injected < steps/10 {
		t.Errorf("only %d events in %d steps: that proves little", injected, steps)
	}
	return injected
}

// randomMessage injects something of a session, known or not.
func randomMessage(t *testing.T, r *rand.Rand, g *gate, m *model, short bool) {
	name := []string{"a", "a", "b", "c"}[r.IntN(4)]
	msg := randomInput(r, g)
	want := m.verdict(name, msg)
	got := g.Inject(name, msg)
	if got == input.Injected {
		m.note(msg)
	}
	if !short && got != want {
		t.Errorf("%T %v of %s: verdict %d, want %d; %+v", msg, msg, name, got, want, m)
	}
}

func randomInput(r *rand.Rand, g *gate) protocol.Message {
	number, generation := g.next(), uint32(1+r.IntN(8)/7)
	if r.IntN(8) == 0 {
		number -= min(number-1, uint32(r.IntN(4)))
	}
	down := r.IntN(2) == 0
	switch r.IntN(5) {
	case 0:
		return &protocol.Button{Number: number, Generation: generation, X: 1, Y: 1, Button: uint8(r.IntN(3)), Down: down}
	case 1:
		return &protocol.Wheel{Number: number, Generation: generation, X: 1, Y: 1, DY: 1}
	case 2:
		code := []string{"KeyA", "KeyB", "KeyC", "KeyD", "KeyE", "KeyF", "KeyG", "KeyH", "KeyI", "KeyJ", "KeyK", "KeyL", "PrintScreen"}[r.IntN(13)]
		return &protocol.Key{Number: number, Generation: generation, Code: code, Down: down}
	case 3:
		return &protocol.Text{Number: number, Generation: generation, Text: "text"[:1+r.IntN(4)]}
	}
	return &protocol.Pointer{Number: number, Generation: generation, X: uint16(r.IntN(9)), Y: 1}
}

// randomChange changes what may pass.
func randomChange(t *testing.T, r *rand.Rand, g *gate, m *model, short bool) {
	switch r.IntN(8) {
	case 0:
		randomPermit(t, r, g, m)
	case 1:
		m.asking = r.IntN(4) == 0
		if m.asking {
			m.rest()
		}
		must(t, g.Ask(m.asking))
	case 2:
		if r.IntN(32) == 0 {
			m.hand = time.Now().Add(input.HandRest)
			m.rest()
			must(t, g.Touch())
		}
	case 3:
		if m.ours = r.IntN(4) == 0; m.ours {
			g.shield.Put(true, image.Rect(0, 0, 9, 9))
		} else {
			g.shield.Put(false)
		}
	case 4:
		if short {
			g.r.Most(r.IntN(4) - 1)
		}
	default:
		time.Sleep(time.Duration(r.IntN(300)) * time.Millisecond)
		if short {
			must(t, g.Tick()) // in the other run keys would expire, which the model does not know
		}
	}
}

func randomPermit(t *testing.T, r *rand.Rand, g *gate, m *model) {
	name := []string{"a", "b"}[r.IntN(2)]
	p := input.Permit{Scopes: []protocol.Scopes{control, control, control, mouse, protocol.View | protocol.Keyboard, protocol.View, 0}[r.IntN(7)], Generation: 1}
	if m.permits[name].Scopes&^p.Scopes&(protocol.PointerScope|protocol.Keyboard) != 0 {
		m.rest()
	}
	if _, known := m.permits[name]; known || p.Scopes != 0 {
		m.permits[name] = p
	}
	must(t, g.Permit(name, p))
}

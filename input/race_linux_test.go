package input

import (
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"telestrator/protocol"
)

// rounds is how often the gate is opened and shut while events are injected.
const rounds = 10_000

// rush injects into a gate without a pause, until it has been refused a few
// times in a row.
type rush struct {
	gate    *Gate
	passed  chan struct{} // a message passed
	refused chan struct{} // it was refused, and waits
	again   chan struct{} // it goes on
	over    chan struct{} // closed at the end

	tries, injected atomic.Uint64
}

// run injects everything that leaves something pressed, and all the rest.
func (f *rush) run() {
	for n := uint32(1); ; n += 8 {
		for i, m := range []protocol.Message{
			&protocol.Pointer{Number: n, Generation: 1, X: uint16(n % 640), Y: uint16(n % 480)},
			&protocol.Button{Number: n + 1, Generation: 1, X: 5, Y: 5, Down: true},
			&protocol.Key{Number: n + 2, Generation: 1, Code: "ShiftLeft", Down: true},
			&protocol.Pointer{Number: n + 3, Generation: 1, X: 7, Y: uint16(n % 480)},
			&protocol.Wheel{Number: n + 4, Generation: 1, X: 5, Y: 6, DY: 1},
			&protocol.Text{Number: n + 5, Generation: 1, Text: "aß"},
			&protocol.Key{Number: n + 6, Generation: 1, Code: "ShiftLeft"},
			&protocol.Button{Number: n + 7, Generation: 1, X: 6, Y: 6},
		} {
			if i >= 6 && n%3 == 0 { // what is pressed is not always released
				continue
			}
			if !f.inject(m) {
				return
			}
		}
	}
}

// inject injects a message, and says whether there are to be more.
func (f *rush) inject(m protocol.Message) bool {
	const refusals = 3
	for range refusals {
		f.tries.Add(1)
		if f.gate.Inject("a", m) == Injected {
			f.injected.Add(1)
			select {
			case f.passed <- struct{}{}:
			default:
			}
			return true
		}
	}
	select {
	case f.refused <- struct{}{}:
	case <-f.over:
	}
	select {
	case <-f.again:
		return true
	case <-f.over:
		return false
	}
}

// TestNothingAfterShutting shuts the gate again and again while events are
// injected as fast as they can be, and looks with the eyes of a program on the
// same screen: none comes after the call has returned, and nothing is pressed.
func TestNothingAfterShutting(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.watch()
	var ahead atomic.Int64 // of the clock
	gate := NewGate(NewHeld(r.x), r.x, GateConfig{Now: func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }})
	ways := shuttings(gate, &ahead)
	f := &rush{gate: gate, passed: make(chan struct{}, 1), refused: make(chan struct{}), again: make(chan struct{}), over: make(chan struct{})}
	var running sync.WaitGroup
	running.Go(f.run)
	<-f.refused // the gate is shut at first
	defer running.Wait()
	defer close(f.over)
	seen, random := 0, rand.New(rand.NewPCG(5, 6))
	for round := range rounds {
		way := ways[round%len(ways)]
		r.must(way.open())
		f.again <- struct{}{}
		for range 1 + random.IntN(9) {
			<-f.passed
		}
		r.must(way.shut())
		seen += len(r.arrived())
		<-f.refused
		if late := r.arrived(); len(late) > 0 {
			t.Errorf("round %d: after %s had returned, a program saw %v", round, way.name, late)
			return
		}
		if round%50 == 0 {
			r.nothingPressed(way.name)
		}
	}
	if seen < rounds {
		t.Errorf("in %d rounds the program saw %d events: that proves little", rounds, seen)
	}
	t.Logf("%d rounds, %d of %d messages passed, %d events seen, none after shutting", rounds, f.injected.Load(), f.tries.Load(), seen)
}

// shutting is a way to open a gate and to shut it.
type shutting struct {
	name       string
	open, shut func() error
}

func shuttings(g *Gate, ahead *atomic.Int64) []shutting {
	const all = protocol.View | protocol.PointerScope | protocol.Keyboard
	permit := func(s protocol.Scopes) func() error {
		return func() error { return g.Permit("a", Permit{Scopes: s, Generation: 1}) }
	}
	return []shutting{
		{"a narrower permit", permit(all), permit(protocol.View)},
		{"no permit", permit(all), permit(0)},
		{"asking", permit(all), func() error { return g.Ask(true) }},
		{"no permit after asking", func() error { return g.Ask(false) }, permit(0)},
		{"the hand", permit(all), g.Touch},
		{"no permit after a hand", func() error { ahead.Add(int64(HandRest)); return nil }, permit(0)},
	}
}

// nothingPressed ends the test when programs see anything pressed.
func (r *rig) nothingPressed(after string) {
	r.t.Helper()
	keys, err := xproto.QueryKeymap(r.c).Reply()
	r.must(err)
	pointer, err := xproto.QueryPointer(r.c, r.root).Reply()
	r.must(err)
	if set(keys.Keys) != (set{}) || pointer.Mask != 0 {
		r.t.Fatalf("after %s had returned, keys %v and mask %#x are pressed", after, set(keys.Keys), pointer.Mask)
	}
}

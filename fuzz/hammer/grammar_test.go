package main

import (
	"math/rand/v2"
	"testing"

	"telestrator/protocol"
)

// What is said is well formed, on its channel and in range, whatever the daemon
// has told so far; all kinds that a console may say while others see the screen
// are among it, and most of what is malformed is so in itself.
func TestGrammar(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	s := &speaker{Rand: rand.New(rand.NewPCG(seed, 1)), forbidden: 1 << 30}
	said := map[protocol.Kind]bool{}
	for i := range 5000 {
		s.generation, s.shown = uint32(i%3), uint32(i%5)
		on, m := s.say()
		wire, err := protocol.Append(nil, m)
		if err == nil {
			_, _, err = protocol.Decode(wire, protocol.ToDevice, protocol.Channel(on), protocol.Live)
		}
		if err != nil {
			t.Fatalf("seed %d: %+v: %v", seed, m, err)
		}
		said[m.Kind()] = true
		on, wire = s.malformed()
		if len(wire) > protocol.MaxToDevice || on > 6 {
			t.Fatalf("%d bytes on %d", len(wire), on)
		}
	}
	for k := range protocol.Kind(255) {
		takes := protocol.Judge(protocol.ToDevice, protocol.Live, k) == protocol.Take && k != protocol.KindBye
		if takes && !said[k] {
			t.Errorf("%s is never said", k)
		}
	}
}

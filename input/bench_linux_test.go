package input

import (
	"testing"

	"telestrator/protocol"
)

// BenchmarkXTEST is the cost of events until they are written ("sent") and
// until they have happened ("done").
func BenchmarkXTEST(b *testing.B) {
	r := newRig(b)
	r.window(0, 0, 640, 480)
	bench(b, "motion sent", func(i int) { r.must(r.x.Move(i%640, i%480)) })
	bench(b, "motion done", func(i int) { r.must(r.x.Move(i%640, i%480)); r.must(r.x.sync()) })
	bench(b, "click done", func(int) { r.must(r.x.Button(0, true)); r.must(r.x.Button(0, false)); r.must(r.x.sync()) })
	bench(b, "key done", func(int) { r.must(r.x.Key("KeyA", true)); r.must(r.x.Key("KeyA", false)); r.must(r.x.sync()) })
	bench(b, "30 characters done", func(int) { r.text(thirty); r.must(r.x.sync()) })
	bench(b, "release of nothing", func(int) { r.must(r.x.Release()) })
}

// BenchmarkGate is the cost of a message from the decision to the write, with a
// real screen behind it, and of what shuts the gate.
func BenchmarkGate(b *testing.B) {
	r := newRig(b)
	r.window(0, 0, 640, 480)
	g := NewGate(NewHeld(r.x), r.x, GateConfig{Chord: []string{"ControlLeft", "ShiftLeft", "End"}})
	all := Permit{Scopes: protocol.View | protocol.PointerScope | protocol.Keyboard, Generation: 1}
	r.must(g.Permit("a", all))
	pass := func(m protocol.Message) {
		if v := g.Inject("a", m); v != Injected {
			b.Fatalf("%v: verdict %d", m, v)
		}
	}
	number := uint32(0)
	bench(b, "pointer", func(i int) {
		number++
		pass(&protocol.Pointer{Number: number, Generation: 1, X: uint16(i % 640), Y: 9})
	})
	bench(b, "click", func(int) {
		pass(&protocol.Button{Number: 1, Generation: 1, X: 9, Y: 9, Down: true})
		pass(&protocol.Button{Number: 1, Generation: 1, X: 9, Y: 9})
	})
	bench(b, "key", func(int) {
		pass(&protocol.Key{Number: 1, Generation: 1, Code: "KeyA", Down: true})
		pass(&protocol.Key{Number: 1, Generation: 1, Code: "KeyA"})
	})
	bench(b, "opening and narrowing", func(i int) {
		number++
		r.must(g.Permit("a", all))
		pass(&protocol.Pointer{Number: number, Generation: 1, X: uint16(i % 640), Y: 9})
		r.must(g.Permit("a", Permit{}))
	})
	bench(b, "touch while shut", func(int) { r.must(g.Touch()) })
}

// thirty are 30 characters with umlauts, others, and what no keyboard has.
const thirty = "Grüße aus Köln, 30 € für 日本 😀!"

// bench runs a benchmark of something that is done again and again.
func bench(b *testing.B, name string, do func(i int)) {
	b.Run(name, func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			do(i)
		}
	})
}

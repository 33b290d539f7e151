package protocol

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/fxamacker/cbor/v2"
)

// mutator makes messages out of vectors; the same ones in every run.
type mutator struct {
	random *rand.Rand
	seeds  []question
	values [][]byte // of all keys of the accepted seeds
}

// longestSeed bounds what is mutated, in bytes: long ones only cost time.
const longestSeed = 400

func newMutator(t *testing.T, vectors []vector) *mutator {
	m := &mutator{random: newRandom()}
	for _, v := range vectors {
		q := asQuestion(t, v)
		if len(q.wire) == 0 || len(q.wire) > longestSeed {
			continue
		}
		m.seeds = append(m.seeds, q)
		if v.Expect == "ok" {
			m.values = append(m.values, valuesOf(q.wire)...)
			m.seeds = append(m.seeds, slices.Repeat([]question{q}, 20)...) // what is right has more ways to go wrong
		}
	}
	return m
}

func asQuestion(t testing.TB, v vector) question {
	return question{wire: fromHex(t, v.Hex), way: Direction(slices.Index(wayNames, v.Direction)),
		on: Channel(slices.Index(channelNames, v.Channel)), in: State(slices.Index(stateNames[:], v.State))}
}

// valuesOf returns the values of a well-formed message by their keys.
func valuesOf(wire []byte) (values [][]byte) {
	_, body, err := form(wire)
	if err != nil {
		return nil
	}
	s := scanner{data: wire, at: body}
	_, pairs, _ := s.head()
	for range pairs {
		_, _, _ = s.head()
		from := s.at
		_ = s.item(2)
		values = append(values, wire[from:s.at])
	}
	return values
}

func (m *mutator) all(n int) []question {
	list := make([]question, n)
	for i := range list {
		list[i] = m.one()
	}
	return list
}

// one is a mutation of a seed, and now and then one that comes elsewhere.
func (m *mutator) one() question {
	q := m.seeds[m.random.IntN(len(m.seeds))]
	q.wire = m.mutated(slices.Clone(q.wire))
	switch m.random.IntN(12) {
	case 0:
		q.on = Channel(m.random.IntN(7))
	case 1:
		q.in = State(m.random.IntN(int(Over) + 1))
	case 2:
		q.way = q.way.Other()
	}
	return q
}

// heads are first bytes at which something changes.
var heads = []byte{0, 1, 0x17, 0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1f, 0x20, 0x37, 0x3b, 0x40, 0x41, 0x58, 0x5f, 0x60, 0x61, 0x7f,
	0x80, 0x81, 0x82, 0x98, 0x9f, 0xa0, 0xa1, 0xb8, 0xbf, 0xc0, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfb, 0xff}

func (m *mutator) mutated(wire []byte) []byte {
	at := m.random.IntN(len(wire))
	switch m.random.IntN(10) {
	case 0:
		wire[at] = byte(m.random.Uint32())
	case 1:
		wire[at] ^= 1 << m.random.IntN(8)
	case 2:
		wire[at] = heads[m.random.IntN(len(heads))]
	case 3:
		return slices.Insert(wire, at, heads[m.random.IntN(len(heads))])
	case 4:
		return slices.Delete(wire, at, min(len(wire), at+1+m.random.IntN(3)))
	case 5:
		wire[min(1, len(wire)-1)] = byte(m.random.IntN(64)) // the kind
	case 6:
		other := m.seeds[m.random.IntN(len(m.seeds))].wire
		return append(wire[:at], other[m.random.IntN(len(other)):]...)
	default:
		return m.exchanged(wire)
	}
	return wire
}

// exchanged puts values of other messages, or numbers near a limit, in the
// place of one or two of this one.
func (m *mutator) exchanged(wire []byte) []byte {
	values := valuesOf(wire)
	for range 1 + m.random.IntN(2) {
		if len(values) > 0 {
			values[m.random.IntN(len(values))] = m.value()
		}
	}
	s := scanner{data: wire, at: 1}
	if _, _, err := s.head(); err != nil {
		return wire
	}
	mutant := append(slices.Clone(wire[:s.at]), 0xa0|byte(min(len(values), 23)))
	for i, value := range values[:min(len(values), 23)] {
		mutant = append(append(mutant, byte(i+1)), value...)
	}
	return mutant
}

// value is one of another message, or a power of two and its neighbours.
func (m *mutator) value() []byte {
	if m.random.IntN(3) > 0 {
		return m.values[m.random.IntN(len(m.values))]
	}
	n := uint64(1)<<m.random.IntN(54) + uint64(m.random.IntN(3)) - 1
	mode, _ := cbor.CoreDetEncOptions().EncMode()
	wire, _ := mode.Marshal(n)
	return wire
}

package fuzz

import (
	"encoding/hex"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"telestrator/protocol"
)

// vector is what the targets need of a case of protocol/testdata/vectors.
type vector struct {
	way  protocol.Direction
	on   protocol.Channel
	in   protocol.State
	wire []byte
}

var (
	ways     = map[string]protocol.Direction{"c>d": protocol.ToDevice, "d>c": protocol.ToConsole}
	channels = map[string]protocol.Channel{"ctl": protocol.ChannelCtl, "evt": protocol.ChannelEvt,
		"input": protocol.ChannelInput, "move": protocol.ChannelMove, "ink": protocol.ChannelInk,
		"ping": protocol.ChannelPing, "screen": protocol.ChannelScreen}
)

// vectors are all messages among the vectors, wherever in their files: alone or
// in a conversation.
func vectors(tb testing.TB) (all []vector) {
	tb.Helper()
	files, err := filepath.Glob("../protocol/testdata/vectors/*.json")
	if err != nil || len(files) == 0 {
		tb.Fatalf("no vectors: %v", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		var content any
		if err := json.Unmarshal(text, &content); err != nil {
			tb.Fatalf("%s: %v", file, err)
		}
		all = append(all, within(content)...)
	}
	return all
}

// within finds the messages in what a file has.
func within(content any) (all []vector) {
	switch content := content.(type) {
	case []any:
		for _, c := range content {
			all = append(all, within(c)...)
		}
	case map[string]any:
		if v, is := vectorOf(content); is {
			all = append(all, v)
		}
		for _, name := range slices.Sorted(maps.Keys(content)) {
			all = append(all, within(content[name])...)
		}
	}
	return all
}

// vectorOf is the message that an object states, if it does.
func vectorOf(o map[string]any) (v vector, is bool) {
	text := func(name string) string { s, _ := o[name].(string); return s }
	wire, err := hex.DecodeString(text("hex"))
	way, ok1 := ways[text("direction")]
	on, ok2 := channels[text("channel")]
	in, ok3 := stateOf(text("state"))
	return vector{way, on, in, wire}, err == nil && ok1 && ok2 && ok3
}

func stateOf(name string) (protocol.State, bool) {
	for in := protocol.Opening; in < protocol.Over; in++ {
		if in.String() == name {
			return in, true
		}
	}
	return 0, false
}

// kinds are all that protocol knows, in the order of their numbers.
func kinds() (all []protocol.Kind) {
	for k := protocol.Kind(1); k != 0; k++ {
		if k.String() != protocol.Kind(0).String() {
			all = append(all, k)
		}
	}
	return all
}

// sample is a message that is taken, and where.
type sample struct {
	vector
	message protocol.Message
}

// samples has one of every kind that goes this way.
func samples(tb testing.TB, way protocol.Direction) (all []sample) {
	tb.Helper()
	seen := map[protocol.Kind]bool{}
	for _, v := range vectors(tb) {
		if k, known := protocol.KindOf(v.wire); !known || seen[k] {
			continue
		}
		if s, taken := taken(v.wire, way); taken {
			seen[s.message.Kind()] = true
			all = append(all, s)
		}
	}
	return all
}

// taken looks for a channel and a state in which a message is.
func taken(wire []byte, way protocol.Direction) (sample, bool) {
	for on := protocol.ChannelCtl; on <= protocol.ChannelScreen; on++ {
		for in := protocol.Opening; in < protocol.Over; in++ {
			if m, drop, err := protocol.Decode(wire, way, on, in); err == nil && !drop {
				return sample{vector{way, on, in, wire}, m}, true
			}
		}
	}
	return sample{}, false
}

// Every kind of the protocol's table has a seed in each direction in which it
// is ever taken, so that no target is blind to a kind.
func TestEveryKindIsASeed(t *testing.T) {
	t.Parallel()
	for _, way := range ways {
		seeded := map[protocol.Kind]bool{}
		for _, s := range samples(t, way) {
			seeded[s.message.Kind()] = true
		}
		for _, k := range kinds() {
			for in := protocol.Opening; in < protocol.Over; in++ {
				if protocol.Judge(way, in, k) == protocol.Take && !seeded[k] {
					t.Errorf("no vector has a %s that is taken, way %d", k, way)
					break
				}
			}
		}
	}
}

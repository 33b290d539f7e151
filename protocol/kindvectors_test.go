package protocol

import (
	"fmt"
	"testing"
)

// caser makes the vectors of one kind out of a sample of it.
type caser struct {
	t     *testing.T
	k     Kind
	base  vector // where the sample is taken
	kind  []byte
	pairs []pair
	list  []vector
}

// kindVectors are the cases of one kind: where it may travel, its fields at
// their limits, wrong types, keys and forms.
func kindVectors(t *testing.T, k Kind, m Message, rules []rule) []vector {
	way, on, in := where(k)
	c := &caser{t: t, k: k, base: vector{Direction: wayNames[way], Channel: channelNames[on], State: in.String()}}
	c.kind, c.pairs = apart(t, m)
	c.add("ok", c.pairs, 0)
	c.travels()
	c.keys()
	for i, rule := range rules {
		c.field(i+1, rule)
		c.forms(i + 1)
	}
	c.order()
	return c.list
}

func (c *caser) add(name string, pairs []pair, code Code) {
	c.t.Helper()
	c.wire(c.base, name, together(c.t, c.kind, pairs), code)
}

func (c *caser) wire(at vector, name string, wire []byte, code Code) {
	c.list = append(c.list, at.with(c.k.String()+" "+name, wire, verdictName(code), code))
}

// travels takes the sample through all directions, channels and states.
func (c *caser) travels() {
	wire := together(c.t, c.kind, c.pairs)
	for way, direction := range wayNames {
		for on, channel := range channelNames {
			if kinds[c.k].channels[way]&(1<<on) == 0 {
				at := vector{Direction: direction, Channel: channel, State: c.base.State}
				c.wire(at, direction+" on "+channel, wire, BadWay)
				continue
			}
			for in, state := range stateNames {
				at := vector{Direction: direction, Channel: channel, State: state}
				code := map[Verdict]Code{End: BadState}[Judge(Direction(way), State(in), c.k)]
				c.wire(at, fmt.Sprintf("%s on %s while %s", direction, channel, state), wire, code)
				if Judge(Direction(way), State(in), c.k) == Drop {
					c.list[len(c.list)-1].Expect = "drop"
				}
			}
		}
	}
}

// keys adds, leaves out, doubles and turns round keys.
func (c *caser) keys() {
	t, n := c.t, len(c.pairs)
	c.add("with one key more", append(c.pairs[:n:n], pair{raw(t, n+1), raw(t, 0)}), BadKeys)
	c.add("with key 0", append([]pair{{raw(t, 0), raw(t, 0)}}, c.pairs...), BadKeys)
	c.add("with a far key", append(c.pairs[:n:n], pair{raw(t, int64(MaxInteger)), raw(t, 0)}), BadKeys)
	for i, p := range c.pairs {
		before, after := c.pairs[:i:i], c.pairs[i+1:]
		c.add(fmt.Sprintf("without key %d", i+1), append(before, after...), BadKeys)
		c.add(fmt.Sprintf("with key %d twice", i+1), append(append(before, p, p), after...), Canonical)
		c.add(fmt.Sprintf("with key %d in a longer form", i+1), append(append(before, pair{longer(p.key), p.value}), after...), Canonical)
		c.add(fmt.Sprintf("with a negative key for %d", i+1), append(append(before, pair{raw(t, -1-i), p.value}), after...), Form)
		c.add(fmt.Sprintf("with a text for key %d", i+1), append(append(before, pair{raw(t, fmt.Sprint(i+1)), p.value}), after...), Form)
		if i+1 < n {
			c.add(fmt.Sprintf("with key %d after key %d", i+1, i+2), append(append(before, c.pairs[i+1], p), after[1:]...), Canonical)
			c.add(fmt.Sprintf("with key %d for key %d", n+1, i+1), append(append(before, after...), pair{raw(t, n+1), p.value}), BadKeys)
		}
	}
}

// field tries values of one field: its limits, and foreign types.
func (c *caser) field(key int, r rule) {
	for _, trial := range r.trials() {
		pairs := c.suited(key, instead(c.pairs, key, raw(c.t, trial.value)))
		c.add(fmt.Sprintf("key %d %s", key, trial.name), pairs, trial.code)
	}
	for _, trial := range foreign(r.letter) {
		c.add(fmt.Sprintf("key %d is %s", key, trial.name), instead(c.pairs, key, raw(c.t, trial.value)), BadTypes)
	}
}

// suited changes the fields that must fit a field at its limit.
func (c *caser) suited(key int, pairs []pair) []pair {
	zero, empty := raw(c.t, 0), raw(c.t, []byte{})
	is := func(value []byte) bool { return string(pairs[key-1].value) == string(value) }
	switch {
	case c.k == KindPart && key == 2:
		return instead(pairs, 3, raw(c.t, MaxParts))
	case c.k == KindUpdate && key == 7 && is(zero):
		return instead(pairs, 8, empty)
	case c.k == KindUpdate && key == 8 && is(empty):
		return instead(pairs, 7, zero)
	case c.k == KindCursor && (key == 4 || key == 5) && is(zero):
		return instead(instead(instead(instead(instead(pairs, 4, zero), 5, zero), 6, zero), 7, zero), 8, empty)
	case c.k == KindCursor && key >= 6:
		return instead(instead(pairs, 4, raw(c.t, MaxCursor)), 5, raw(c.t, MaxCursor))
	}
	return pairs
}

// forms writes one value in all the ways that are not in the subset.
func (c *caser) forms(key int) {
	value := c.pairs[key-1].value
	for _, form := range []struct {
		name string
		wire []byte
		code Code
	}{
		{"null", []byte{0xf6}, Form}, {"undefined", []byte{0xf7}, Form}, {"a half float", []byte{0xf9, 0x3c, 0}, Form},
		{"a float", []byte{0xfa, 0x3f, 0x80, 0, 0}, Form}, {"a double", []byte{0xfb, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0}, Form},
		{"a simple value", []byte{0xe1}, Form}, {"tagged", append([]byte{0xc1}, value...), Form},
		{"2^53", raw(c.t, int64(MaxInteger+1)), Form}, {"-2^53", raw(c.t, int64(-MaxInteger-1)), Form},
		{"of indefinite length", endless(value), Form}, {"in a longer form", longer(value), Canonical},
	} {
		if form.name == "in a longer form" && value[0]>>5 == majorSimple {
			form.code = Form
		}
		if form.wire != nil {
			c.add(fmt.Sprintf("key %d %s", key, form.name), instead(c.pairs, key, form.wire), form.code)
		}
	}
}

// order has two things wrong at once: the earlier check of SPEC.md 3.1 counts.
func (c *caser) order() {
	wire := together(c.t, c.kind, c.pairs)
	over, strange := c.base, c.base
	over.State, strange.State, strange.Channel = "over", "over", "move"
	if c.k == KindPointer {
		strange.Channel = "ctl"
	}
	sloppy := append([]byte{0x82}, append(longer(c.kind), wire[1+len(c.kind):]...)...)
	keyless := together(c.t, c.kind, append(c.pairs[:len(c.pairs):len(c.pairs)], pair{raw(c.t, 31), raw(c.t, 0)}))
	c.wire(over, "state before keys", keyless, BadState)
	c.wire(strange, "channel before state", wire, BadWay)
	c.wire(strange, "canonical before channel", sloppy, Canonical)
	c.wire(strange, "form before canonical", append(sloppy, 0), Form)
	for key := 1; key < len(c.pairs); key++ {
		last := len(c.pairs)
		wrong := instead(c.pairs, last, raw(c.t, map[int]int{}))
		c.add(fmt.Sprintf("keys before types, without key %d", key), append(wrong[:key-1:key-1], wrong[key:]...), BadKeys)
		if kinds[c.k].signature[key-1] == 'u' {
			c.add(fmt.Sprintf("types before range of key %d", key), instead(wrong, key, raw(c.t, int64(MaxInteger))), BadTypes)
		}
	}
}

package input_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"telestrator/input"
)

// Key codes of X11 for the tests of the chord.
const (
	keyEsc      = 9
	keyCtrl     = 37
	keyRCtrl    = 105
	keyAlt      = 64
	keyRAlt     = 108
	keyShift    = 50
	keyRShift   = 62
	keyEnd      = 115
	keyA        = 38
	millisecond = time.Millisecond
)

func newChord(t *testing.T, config input.ChordConfig) *input.Chord {
	t.Helper()
	c, err := input.NewChord(config)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestChordAnyOrder: whatever is pressed first, on whichever side, and whatever
// else is held, the last key completes the chord and no other.
func TestChordAnyOrder(t *testing.T) {
	t.Parallel()
	groups := [][]byte{{keyCtrl, keyRCtrl}, {keyAlt, keyRAlt}, {keyShift, keyRShift}, {keyEnd}}
	rng := rand.New(rand.NewPCG(5, 6))
	for range 200 {
		c := newChord(t, input.DefaultChord())
		if rng.IntN(2) == 0 && c.Key(keyA, true, 0) {
			t.Fatal("the letter a is a chord")
		}
		for i, g := range rng.Perm(len(groups)) {
			key := groups[g][rng.IntN(len(groups[g]))]
			if got, want := c.Key(key, true, 0), i == len(groups)-1; got != want {
				t.Fatalf("key %d, the %dth, completes the chord: %v", key, i+1, got)
			}
		}
	}
}

// TestChordOnce: repetitions, further keys and releases complete nothing; a key
// pressed again does.
func TestChordOnce(t *testing.T) {
	t.Parallel()
	c := newChord(t, input.DefaultChord())
	for _, step := range []struct {
		key  byte
		down bool
		stop bool
	}{
		{keyCtrl, true, false}, {keyAlt, true, false}, {keyShift, true, false}, {keyEnd, true, true},
		{keyEnd, true, false}, {keyCtrl, true, false}, {keyA, true, false}, {keyA, false, false},
		{keyEnd, false, false}, {keyEnd, true, true},
		{keyShift, false, false}, {keyEnd, false, false}, {keyEnd, true, false}, {keyRShift, true, true},
		{keyShift, true, true}, {keyRShift, false, false}, {keyEnd, false, false}, {keyEnd, true, true},
	} {
		if got := c.Key(step.key, step.down, 0); got != step.stop {
			t.Errorf("%+v: stop %v", step, got)
		}
	}
}

// TestEscapes: the last of so many stops if the first was no longer ago than
// the time allowed, to the millisecond, and then the counting begins anew.
func TestEscapes(t *testing.T) {
	t.Parallel()
	press := func(c *input.Chord, at ...time.Duration) (stops []int) {
		for i, moment := range at {
			if c.Key(keyEsc, true, moment*millisecond) {
				stops = append(stops, i)
			}
			c.Key(keyEsc, false, moment*millisecond)
		}
		return stops
	}
	for _, c := range []struct {
		name    string
		escapes int
		within  time.Duration
		at      []time.Duration
		stops   []int
	}{
		{"in time", 5, 0, []time.Duration{0, 1, 2, 3, 2000}, []int{4}},
		{"too late", 5, 0, []time.Duration{0, 1, 2, 3, 2001}, nil},
		{"the first is forgotten", 5, 0, []time.Duration{0, 1000, 1001, 1002, 2001, 3000}, []int{5}},
		{"anew", 3, 0, []time.Duration{0, 1, 2, 3, 4, 5}, []int{2, 5}},
		{"another time", 3, 100 * millisecond, []time.Duration{0, 50, 101, 150}, []int{3}},
		{"none", 0, 0, []time.Duration{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, nil},
		{"most", input.MaxEscapes, input.MaxWithin, []time.Duration{0, 1, 2, 3, 4, 5, 6, 7, 8, 10000}, []int{9}},
	} {
		config := input.ChordConfig{Keys: input.DefaultChord().Keys, Escapes: c.escapes, Within: c.within}
		if got := press(newChord(t, config), c.at...); !slices.Equal(got, c.stops) {
			t.Errorf("%s: stops at %v, want %v", c.name, got, c.stops)
		}
	}
}

// TestEscapeHeld: a held key's repetitions are one press.
func TestEscapeHeld(t *testing.T) {
	t.Parallel()
	c := newChord(t, input.DefaultChord())
	for range 100 {
		if c.Key(keyEsc, true, 0) {
			t.Fatal("holding Esc stops")
		}
	}
}

// TestChordConfig: the limits, and one past each.
func TestChordConfig(t *testing.T) {
	t.Parallel()
	keys := input.DefaultChord().Keys
	most := []string{"ControlLeft", "AltLeft", "ShiftLeft", "MetaLeft", "End", "Home"}
	for _, c := range []struct {
		name   string
		config input.ChordConfig
		good   bool
	}{
		{"default", input.DefaultChord(), true},
		{"chord alone", input.ChordConfig{Keys: keys}, true},
		{"escapes alone", input.ChordConfig{Escapes: 5}, true},
		{"nothing", input.ChordConfig{}, false},
		{"fewest escapes", input.ChordConfig{Escapes: input.MinEscapes}, true},
		{"fewer", input.ChordConfig{Escapes: input.MinEscapes - 1}, false},
		{"negative", input.ChordConfig{Keys: keys, Escapes: -1}, false},
		{"most escapes", input.ChordConfig{Escapes: input.MaxEscapes}, true},
		{"more", input.ChordConfig{Escapes: input.MaxEscapes + 1}, false},
		{"longest", input.ChordConfig{Escapes: 5, Within: input.MaxWithin}, true},
		{"longer", input.ChordConfig{Escapes: 5, Within: input.MaxWithin + 1}, false},
		{"negative time", input.ChordConfig{Escapes: 5, Within: -1}, false},
		{"most keys", input.ChordConfig{Keys: most}, len(most) == input.MaxChord},
		{"more keys", input.ChordConfig{Keys: append(most, "F1")}, false},
		{"letter", input.ChordConfig{Keys: []string{"ControlLeft", "KeyA"}}, false},
	} {
		if _, err := input.NewChord(c.config); (err == nil) != c.good {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// reference is the chord told in other words: it keeps all that happened, and
// looks through it each time.
type reference struct {
	config  input.ChordConfig
	members [][]byte
	presses []press // that were no repetitions
	held    []byte
	counted int // of the presses, by when escapes last stopped
}

type press struct {
	key byte
	at  time.Duration
}

func (r *reference) key(key byte, down bool, at time.Duration) (stop bool) {
	i := slices.Index(r.held, key)
	if !down {
		if i >= 0 {
			r.held = slices.Delete(r.held, i, i+1)
		}
		return false
	}
	if i >= 0 {
		return false
	}
	r.held = append(r.held, key)
	r.presses = append(r.presses, press{key, at})
	return r.escaped(key) || r.chord(key)
}

func (r *reference) chord(key byte) bool {
	held := func(m []byte) bool {
		return slices.ContainsFunc(m, func(k byte) bool { return slices.Contains(r.held, k) })
	}
	for _, m := range r.members {
		if !held(m) {
			return false
		}
	}
	return slices.Contains(slices.Concat(r.members...), key)
}

func (r *reference) escaped(key byte) bool {
	if key != keyEsc || r.config.Escapes == 0 {
		return false
	}
	var times []time.Duration
	for _, p := range r.presses[r.counted:] {
		if p.key == keyEsc {
			times = append(times, p.at)
		}
	}
	n := r.config.Escapes
	if len(times) < n || times[len(times)-1]-times[len(times)-n] > r.config.Within {
		return false
	}
	r.counted = len(r.presses)
	return true
}

// TestChordAgainstReference: random keys at random times, some of them
// repeated, held by chance or released twice.
func TestChordAgainstReference(t *testing.T) {
	t.Parallel()
	keys := []byte{keyEsc, keyEsc, keyCtrl, keyRCtrl, keyShift, keyRShift, keyEnd, keyA}
	stops := 0
	for seed := range uint64(300) {
		rng := rand.New(rand.NewPCG(seed, 1))
		config := input.ChordConfig{Keys: []string{"ShiftRight", "End", "ControlLeft"}, Within: time.Duration(1+rng.IntN(900)) * millisecond}
		config.Escapes = []int{0, input.MinEscapes, 4, input.MaxEscapes}[rng.IntN(4)]
		r := &reference{config: config, members: [][]byte{{keyCtrl, keyRCtrl}, {keyShift, keyRShift}, {keyEnd}}}
		c := newChord(t, config)
		var now time.Duration
		for i := range 300 {
			now += time.Duration(rng.IntN(100)) * millisecond
			key, down := keys[rng.IntN(len(keys))], rng.IntN(2) == 0
			got, want := c.Key(key, down, now), r.key(key, down, now)
			if got != want {
				t.Fatalf("seed %d, step %d: key %d down %v at %v: stop %v, want %v", seed, i, key, down, now, got, want)
			}
			if want {
				stops++
			}
		}
	}
	if stops < 1000 {
		t.Errorf("only %d stops", stops)
	}
}

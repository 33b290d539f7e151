package input

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// Limits of what a ChordConfig may ask for.
const (
	MaxChord   = 6                // keys of a chord
	MinEscapes = 3                // fewer are pressed by chance
	MaxEscapes = 10               // more are not pressed in need
	MaxWithin  = 10 * time.Second // for all escapes
)

// defaultWithin is how long the escapes may take.
const defaultWithin = 2 * time.Second

// ChordConfig says by which keys the user stops a session, whatever else is on
// the screen. It must name one way at least.
type ChordConfig struct {
	// Keys are pressed together, as ParseChord returns them; none: there is no
	// chord. A modifier means the key on either side.
	Keys []string

	// Escapes is how many times in a row Esc stops too; zero: it does not.
	Escapes int

	// Within is how long that many may take from the first to the last; zero
	// means two seconds.
	Within time.Duration
}

// DefaultChord returns the chord where nobody chose another: Ctrl+Alt+Shift+End,
// or Esc five times.
func DefaultChord() ChordConfig {
	return ChordConfig{Keys: []string{"ControlLeft", "AltLeft", "ShiftLeft", "End"}, Escapes: 5, Within: defaultWithin}
}

// Chord recognises the stop chord in the keys that one hand presses and
// releases. It is not safe for concurrent use.
type Chord struct {
	keys   []chordKey
	down   [256]bool       // by key code
	times  []time.Duration // of the last presses of Esc, oldest first
	most   int             // of those
	within time.Duration
}

// NewChord returns a Chord to which no key is down.
func NewChord(config ChordConfig) (*Chord, error) {
	keys, err := config.keys()
	if err != nil {
		return nil, fmt.Errorf("input: stop chord: %w", err)
	}
	c := &Chord{keys: keys, most: config.Escapes, within: config.Within}
	if c.within == 0 {
		c.within = defaultWithin
	}
	c.times = make([]time.Duration, 0, c.most)
	return c, nil
}

// keys returns the keys of a chord, if all of the config is as it should be.
func (config ChordConfig) keys() ([]chordKey, error) {
	switch {
	case len(config.Keys) == 0 && config.Escapes == 0:
		return nil, errors.New("there is neither a chord nor a number of escapes, and the user could not stop")
	case config.Escapes != 0 && (config.Escapes < MinEscapes || config.Escapes > MaxEscapes):
		return nil, fmt.Errorf("%d escapes are not %d to %d, nor 0 for none", config.Escapes, MinEscapes, MaxEscapes)
	case config.Within < 0 || config.Within > MaxWithin:
		return nil, fmt.Errorf("the time for the escapes, %v, is not between 0 and %v", config.Within, MaxWithin)
	case len(config.Keys) == 0:
		return nil, nil
	}
	return findKeys(config.Keys)
}

// Key takes a key's press or release, by its X11 key code and at a time that
// counts from any moment, and says whether it completes the chord. A press of a
// key that is down is its repetition and completes nothing.
func (c *Chord) Key(code byte, down bool, at time.Duration) (stop bool) {
	press := down && !c.down[code]
	c.down[code] = down
	if !press {
		return false
	}
	escaped := code == escape && c.most > 0 && c.escaped(at)
	return c.completes(code) || escaped
}

// completes says whether all keys of the chord are down, and this one of them.
func (c *Chord) completes(code byte) bool {
	member := false
	for _, k := range c.keys {
		if !c.down[k.code] && !c.down[k.other] {
			return false
		}
		member = member || k.code == code || k.other == code
	}
	return member
}

// escaped notes a press of Esc and says whether it was the last one needed.
// Then the counting begins anew.
func (c *Chord) escaped(at time.Duration) bool {
	if len(c.times) == c.most {
		c.times = slices.Delete(c.times, 0, 1)
	}
	c.times = append(c.times, at)
	if len(c.times) < c.most || at-c.times[0] > c.within {
		return false
	}
	c.times = c.times[:0]
	return true
}

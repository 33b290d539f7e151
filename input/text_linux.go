package input

import (
	"slices"
	"strings"
	"time"
	"unicode"
)

// Text types a text. State and layout are read before each: a character that a
// key has is typed with that key, others with keys that are borrowed. Where
// there are not enough of those, the text ends before.
func (x *screen) Text(text string) (n int, err error) {
	state, err := x.readKeyboard()
	if err != nil {
		return 0, err
	}
	if err := x.settle(); err != nil {
		return 0, err
	}
	x.pool.review(x.layout)
	if strings.ContainsFunc(text, x.missing) {
		if err := x.openPool(); err != nil {
			return 0, err
		}
	}
	strokes, n := x.plan(text, time.Now())
	if n == 0 {
		return 0, x.check()
	}
	lifted, locked := x.clear(state)
	x.play(strokes)
	x.restore(lifted, locked)
	x.touch(strokes, time.Now())
	return n, x.check()
}

// plan finds the strokes for as much of a text as can be typed, and lends the
// keys that it needs.
func (x *screen) plan(text string, now time.Time) (strokes []stroke, n int) {
	var taken set
	for _, key := range x.down {
		taken.put(key)
	}
	for i, r := range text {
		s, ok := x.find(r, &taken, now)
		if !ok {
			return strokes, i
		}
		if s.key != 0 {
			strokes = append(strokes, s)
		}
	}
	return strokes, len(text)
}

// missing says whether a key must be borrowed for a character.
func (x *screen) missing(r rune) bool {
	s, known := x.layout.strokes[r]
	return !unicode.IsControl(r) && (!known || slices.Contains(x.down, s.key))
}

// find finds the stroke for a character. Key 0 types nothing; ok is false where
// no key is free for it yet. A key that is held is not used. On a keyboard that
// has no keys to lend, a character that no key has is left out.
func (x *screen) find(r rune, taken *set, now time.Time) (s stroke, ok bool) {
	switch {
	case r == '\n':
		return stroke{key: codes["Enter"] + evdevOffset}, true
	case r == '\t':
		return stroke{key: codes["Tab"] + evdevOffset}, true
	case unicode.IsControl(r):
		return stroke{}, true
	}
	s = x.layout.strokes[r]
	if x.missing(r) {
		s = x.borrow(r, taken, now)
	}
	if x.pool.borrows(s.key) {
		taken.put(s.key)
	}
	return s, s.key != 0 || x.pool.size(x.layout) == 0
}

// borrow borrows a key for a character; 0 where none is free.
func (x *screen) borrow(r rune, taken *set, now time.Time) stroke {
	s := stroke{key: x.pool.choose(x.layout, taken, now)}
	if s.key == 0 {
		return s
	}
	if old, lent := x.pool.lent[s.key]; lent {
		was, _ := charOf(old.sym)
		delete(x.layout.strokes, was)
	}
	x.lend(s.key, symOf(r), now)
	x.layout.strokes[r] = s
	return s
}

// touch notes which loans were used.
func (x *screen) touch(strokes []stroke, now time.Time) {
	for _, s := range strokes {
		if l, lent := x.pool.lent[s.key]; lent {
			x.pool.lent[s.key] = loan{l.sym, now}
			x.pool.used = now
		}
	}
}

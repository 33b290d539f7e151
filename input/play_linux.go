package input

import (
	"slices"

	"github.com/jezek/xgb/xproto"
)

// clear lifts the modifiers that are held and opens the locks, so that they do
// not change the text. NumLock is left: no key that is used here heeds it.
func (x *screen) clear(state modifierState) (lifted []byte, locked byte) {
	for _, key := range x.down {
		if x.layout.lifted(key) {
			lifted = append(lifted, key)
		}
	}
	for _, key := range slices.Backward(lifted) {
		x.fake(xproto.KeyRelease, key, 0, 0)
	}
	locked = state.locked &^ x.layout.numLock
	if locked|state.latched != 0 {
		x.lock(locked, 0, state.latched)
	}
	return lifted, locked
}

// restore undoes clear.
func (x *screen) restore(lifted []byte, locked byte) {
	if locked != 0 {
		x.lock(locked, locked, 0)
	}
	for _, key := range lifted {
		x.fake(xproto.KeyPress, key, 0, 0)
	}
}

// lock sets the locks of these modifiers, and takes back what is latched.
func (x *screen) lock(of, locked, latched byte) {
	x.tell(x.xkb, xkbLatchLockState,
		coreKeyboard|uint32(of)<<16|uint32(locked)<<24, uint32(latched)<<16, 0)
}

// play makes the strokes. Modifiers stay pressed from one stroke to the next
// that needs them too.
func (x *screen) play(strokes []stroke) {
	held := byte(0)
	for _, s := range append(strokes, stroke{}) {
		x.hold(held, s.modifiers)
		held = s.modifiers
		if s.key == 0 {
			continue
		}
		if slices.Contains(x.down, s.key) { // Enter or Tab: it must come up to go down
			x.lift(s.key)
		}
		x.fake(xproto.KeyPress, s.key, 0, 0)
		x.fake(xproto.KeyRelease, s.key, 0, 0)
	}
}

// hold goes from some modifiers to others.
func (x *screen) hold(from, to byte) {
	for bit, key := range x.layout.holders {
		switch was, is := from>>bit&1, to>>bit&1; {
		case was > is:
			x.fake(xproto.KeyRelease, key, 0, 0)
		case was < is:
			x.fake(xproto.KeyPress, key, 0, 0)
		}
	}
}

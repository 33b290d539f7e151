package input

import (
	"bytes"
	"strings"

	"github.com/jezek/xgb"
)

// Requests of XKB.
const (
	xkbGetState       = 4
	xkbLatchLockState = 5
	xkbGetMap         = 8
)

// coreKeyboard names, in XKB's requests, the keyboard that programs see.
const coreKeyboard = 0x100

// lockModifier is the modifier of CapsLock.
const lockModifier = 1 << 1

// stroke is how a character is typed: a key while modifiers are held.
type stroke struct{ key, modifiers byte }

// numeric are the keys of the numeric pad, which type what NumLock says.
var numeric = func() (s set) {
	for code, number := range codes {
		if strings.HasPrefix(code, "Numpad") {
			s.put(number + evdevOffset)
		}
	}
	return s
}()

// layout is what the keys of the XTEST keyboard mean. Its map is not always the
// one that programs see now: that is the map of the keyboard that was used
// last, and becomes ours with our first event.
type layout struct {
	raw   []byte // the answer that it was read from; nil when keys were lent since
	group byte   // the chosen one of the layouts

	strokes   map[rune]stroke
	empty     set         // keys without a meaning
	first     [256]uint32 // what keys mean at first
	modifiers [256]byte   // of keys, the modifiers they are
	holders   [8]byte     // of modifiers, a key that is it while held; 0 for none
	numLock   byte        // the modifier of NumLock
}

// modifierState is what is locked and which of the layouts is chosen.
type modifierState struct{ latched, locked, group byte }

// readKeyboard reads state and layout, in one round trip. The layout is kept
// while nothing of it changes.
func (x *screen) readKeyboard() (state modifierState, err error) {
	err = x.await(func() error {
		asked := x.askMap(x.devices.keyboard)
		reply, err := x.ask(x.xkb, xkbGetState, coreKeyboard).Reply()
		raw, errMap := asked.Reply()
		switch {
		case err != nil:
			return err
		case errMap != nil:
			return errMap
		}
		state = modifierState{latched: reply[10], locked: reply[11], group: reply[12]}
		return x.useMap(raw, state.group)
	})
	return state, err
}

// askMap asks for key types, symbols and modifiers of a keyboard.
func (x *screen) askMap(d device) *xgb.Cookie {
	const types, symbols, modifiers = 1 << 0, 1 << 1, 1 << 2
	return x.ask(x.xkb, xkbGetMap, uint32(d.id)|(types|symbols|modifiers)<<16, 0, 0, 0, 0, 0)
}

// useMap makes a layout of an answer to askMap, unless it is the present one.
func (x *screen) useMap(raw []byte, group byte) error {
	clear(raw[2:4]) // the number of the answer
	if x.layout != nil && x.layout.group == group && bytes.Equal(x.layout.raw, raw) {
		return nil
	}
	m, err := readMap(raw)
	if err != nil {
		return err
	}
	x.layout = m.layout(group)
	x.layout.raw = raw
	return nil
}

// layout says how characters are typed while a group is chosen.
func (m *keyMap) layout(group byte) *layout {
	l := &layout{group: group, strokes: make(map[rune]stroke, 256), modifiers: m.modifiers}
	for i, k := range m.keys {
		l.learn(byte(int(m.first)+i), k)
	}
	for i, k := range m.keys {
		if key := byte(int(m.first) + i); !numeric.has(key) {
			l.collect(key, k, m.types)
		}
	}
	return l
}

// learn notes keys without a meaning and those that are modifiers.
func (l *layout) learn(key byte, k keySymbols) {
	if l.modifiers[key] == 0 && !k.any() {
		l.empty.put(key)
	}
	if len(k.symbols) > 0 {
		l.first[key] = k.symbols[0]
	}
	for bit := range l.holders {
		if l.modifiers[key] != 1<<bit {
			continue
		}
		switch l.first[key] {
		case symShiftL, symShiftR, symLevel3, symLevel5:
			if l.holders[bit] == 0 {
				l.holders[bit] = key
			}
		case symNum:
			l.numLock = 1 << bit
		}
	}
}

// collect notes what a key types. Where several strokes type a character, the
// one with the fewest modifiers is kept.
func (l *layout) collect(key byte, k keySymbols, types []keyType) {
	for level, sym := range k.group(l.group) {
		r, ok := charOf(sym)
		if !ok {
			continue
		}
		modifiers, ok := l.reach(k.types[k.wrap(l.group)], byte(level), types)
		if !ok {
			continue
		}
		if known, there := l.strokes[r]; !there || modifiers < known.modifiers {
			l.strokes[r] = stroke{key, modifiers}
		}
	}
}

// reach says which modifiers choose a level of a key's type; ok is false where
// NumLock has a say, or something that no key can hold.
func (l *layout) reach(kind, level byte, types []keyType) (modifiers byte, ok bool) {
	if int(kind) >= len(types) || types[kind].mask&l.numLock != 0 {
		return 0, false
	}
	if level == 0 {
		return 0, true
	}
	for _, e := range types[kind].entries {
		if e.level == level && l.holdable(e.modifiers) {
			return e.modifiers, true
		}
	}
	return 0, false
}

// holdable says whether there is a key for each of the modifiers.
func (l *layout) holdable(modifiers byte) bool {
	for bit, key := range l.holders {
		if modifiers>>bit&1 == 1 && key == 0 {
			return false
		}
	}
	return true
}

// lifted says whether a key is a modifier that would change a text while held.
// Some, AltGr among them, are so by their meaning alone. A lock changes a text
// by its state only.
func (l *layout) lifted(key byte) bool {
	return l.modifiers[key]&^(lockModifier|l.numLock) != 0 || modifies(l.first[key])
}

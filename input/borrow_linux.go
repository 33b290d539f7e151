package input

import (
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// idleAfter is how long after a text all borrowed keys are given back.
const idleAfter = 2 * time.Second

// ownKeys is the property of the root window that names the keys borrowed, for
// a process after us that finds them so.
const ownKeys = "_TELESTRATOR_KEYS"

// openPool finds out which keys may be lent, if that is not known. To lend a
// key changes what it means on all keyboards, those of the user's hand too, and
// they may have another layout than XTEST's.
func (x *screen) openPool() error {
	if x.pool.open {
		return nil
	}
	return x.await(func() (err error) {
		x.pool.barred, err = x.meaningful()
		x.pool.open = err == nil
		return err
	})
}

// meaningful finds the keys that have a meaning on another keyboard than
// XTEST's. One that is unplugged meanwhile has none.
func (x *screen) meaningful() (keys set, err error) {
	list, err := x.keyboards()
	if err != nil {
		return keys, err
	}
	asked := make([]*xgb.Cookie, len(list))
	for i, d := range list {
		asked[i] = x.askMap(d)
	}
	for _, cookie := range asked {
		raw, err := cookie.Reply()
		if err != nil {
			continue
		}
		m, err := readMap(raw)
		if err != nil {
			return keys, err
		}
		keys.add(m.meaningful())
	}
	return keys, nil
}

// lend lends a key to a character's keysym.
func (x *screen) lend(key byte, sym uint32, now time.Time) {
	if x.pool.lent == nil {
		x.pool.lent = make(map[byte]loan)
	}
	if !x.pool.borrows(key) {
		x.name(key)
	}
	x.pool.lent[key] = loan{sym, now}
	x.layout.raw = nil
	x.mean(key, sym)
}

// mean gives a key a meaning. It is given twice, for the level of Shift too:
// alone, the lower case would be added to a capital and typed instead of it.
func (x *screen) mean(key byte, sym uint32) {
	syms := []xproto.Keysym{xproto.Keysym(sym), xproto.Keysym(sym)}
	xproto.ChangeKeyboardMapping(x.c, 1, xproto.Keycode(key), byte(len(syms)), syms)
}

// name adds a key to those that a later process finds.
func (x *screen) name(key byte) {
	xproto.ChangeProperty(x.c, xproto.PropModeAppend, x.root, x.atoms.keys, xproto.AtomCardinal, 8, 1, []byte{key})
}

// giveBack takes the meanings from all borrowed keys, not before programs have
// had borrowFor to look the last ones up. Keys that have got a new meaning keep
// it.
func (x *screen) giveBack() error {
	if !x.pool.open {
		return x.check()
	}
	time.Sleep(time.Until(x.pool.used.Add(borrowFor)))
	if _, err := x.readKeyboard(); err != nil {
		return err
	}
	x.pool.review(x.layout)
	for key := range x.pool.lent {
		x.mean(key, 0)
	}
	x.pool = pool{}
	xproto.DeleteProperty(x.c, x.root, x.atoms.keys)
	return x.sync()
}

// Idle gives back what was borrowed for a text when that is a while ago.
func (x *screen) Idle() error {
	if time.Since(x.pool.used) < idleAfter {
		return x.check()
	}
	return x.giveBack()
}

// giveBackOld takes the meanings from keys that an earlier process borrowed and
// did not give back. Keys that have got a meaning since then keep it.
func (x *screen) giveBackOld() error {
	const most = 256 // keys there can be
	reply, err := xproto.GetProperty(x.c, true, x.root, x.atoms.keys, xproto.AtomCardinal, 0, most/4).Reply()
	if err != nil || len(reply.Value) == 0 {
		return err
	}
	raw, err := x.askMap(x.devices.keyboard).Reply()
	if err != nil {
		return err
	}
	m, err := readMap(raw)
	if err != nil {
		return err
	}
	for _, key := range reply.Value {
		if i := int(key) - int(m.first); i >= 0 && i < len(m.keys) && m.keys[i].lent() {
			x.mean(key, 0)
		}
	}
	return nil
}

// lent says whether a key looks as mean leaves it.
func (k keySymbols) lent() bool {
	return k.info&15 == 1 && len(k.symbols) == 2 && k.symbols[0] == k.symbols[1]
}

package input

import (
	"slices"

	"github.com/jezek/xgb/xproto"
)

// Release releases what the XTEST devices hold, the last pressed key first. One
// round trip if that is nothing, as the answers to its questions also say that
// all earlier events have happened.
func (x *screen) Release() error {
	var keys, buttons set
	err := x.await(func() (err error) {
		keys, buttons, err = x.injected()
		return err
	})
	if err != nil {
		return err
	}
	if keys == (set{}) && buttons == (set{}) {
		x.down, x.shared = x.down[:0], set{}
		return nil
	}
	if err := x.await(func() (err error) { x.shared, err = x.byHand(); return err }); err != nil {
		return err
	}
	x.releaseAll(keys, buttons)
	return x.sync()
}

// injected asks what the XTEST devices hold.
func (x *screen) injected() (keys, buttons set, err error) {
	keyboard, pointer := x.askState(x.devices.keyboard), x.askState(x.devices.pointer)
	keys, _, err = readState(keyboard)
	if err != nil {
		return keys, buttons, err
	}
	_, buttons, err = readState(pointer)
	return keys, buttons, err
}

// byHand asks which keys the user's keyboards hold. One that is unplugged
// meanwhile holds none.
func (x *screen) byHand() (keys set, err error) {
	list, err := x.keyboards()
	if err != nil {
		return keys, err
	}
	for _, d := range list {
		if held, _, err := readState(x.askState(d)); err == nil {
			keys.add(held)
		}
	}
	return keys, nil
}

// settle releases the keys that were left to the user's hand and that it has let
// go of since: they are up for programs, but could not be pressed again.
func (x *screen) settle() error {
	if x.shared == (set{}) {
		return nil
	}
	var held set
	err := x.await(func() (err error) { held, err = x.byHand(); return err })
	for _, key := range x.shared.members() {
		if err == nil && !held.has(key) {
			x.fake(xproto.KeyRelease, key, 0, 0)
			x.shared.remove(key)
		}
	}
	return err
}

// releaseAll releases keys and buttons, except keys that the user's hand holds
// too. Those stay in x.shared, and all others leave it.
func (x *screen) releaseAll(keys, buttons set) {
	x.shared.keep(keys)
	order := keys.members()
	slices.SortStableFunc(order, func(a, b byte) int { return slices.Index(x.down, b) - slices.Index(x.down, a) })
	for _, key := range order {
		if !x.shared.has(key) {
			x.fake(xproto.KeyRelease, key, 0, 0)
		}
	}
	for _, button := range buttons.members() {
		x.fake(xproto.ButtonRelease, button, 0, 0)
	}
	x.down = x.down[:0]
}

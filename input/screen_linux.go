package input

import (
	"slices"
	"sync/atomic"

	"github.com/jezek/xgb/xproto"
)

// evdevOffset is what X adds to the kernel's numbers of keys.
const evdevOffset = 8

// X buttons of protocol.Button's numbers. Those between are the wheel's.
var xButtons = [...]byte{1, 2, 3, 8, 9, 10, 11, 12}

// X buttons of the wheel.
const (
	wheelUp    = 4
	wheelDown  = 5
	wheelLeft  = 6
	wheelRight = 7
)

// screen is one X screen, to which events are sent by XTEST.
type screen struct {
	*server
	devices injecting
	buttons []byte // what the pointer's buttons stand for, from button 1 on
	down    []byte // keys that are pressed, in their order
	shared  set    // keys that were left to the user's hand and are down for the XTEST keyboard
	pool    pool
	layout  *layout // as last read; nil before the first text
	atoms   atoms
	own     atomic.Pointer[own]
}

// Move puts the pointer to a position, in one write.
func (x *screen) Move(px, py int) error {
	x.fake(xproto.MotionNotify, 0, px, py)
	return x.check()
}

// Button presses or releases a button.
func (x *screen) Button(button uint8, down bool) error {
	if int(button) >= len(xButtons) {
		return ErrButton
	}
	physical, err := x.physical(xButtons[button])
	if err != nil {
		return err
	}
	kind := byte(xproto.ButtonRelease)
	if down {
		kind = xproto.ButtonPress
	}
	x.fake(kind, physical, 0, 0)
	return x.check()
}

// Wheel turns the wheel: on X, each step is a click of a button.
func (x *screen) Wheel(dx, dy int) error {
	if err := x.click(dx, wheelLeft, wheelRight); err != nil {
		return err
	}
	return x.click(dy, wheelUp, wheelDown)
}

// click clicks a button for each step in one direction or the other.
func (x *screen) click(steps int, negative, positive byte) error {
	button := positive
	if steps < 0 {
		button, steps = negative, -steps
	}
	physical, err := x.physical(button)
	if err != nil {
		return err
	}
	for range steps {
		x.fake(xproto.ButtonPress, physical, 0, 0)
		x.fake(xproto.ButtonRelease, physical, 0, 0)
	}
	return x.check()
}

// physical finds the button to press for a button: a left-handed user may have
// exchanged them, for all pointing devices together, and a click is to do what a
// click of that button does. XTEST's pointer has 10 buttons in the X server.
func (x *screen) physical(button byte) (byte, error) {
	if err := x.check(); err != nil {
		return 0, err
	}
	if x.remapped {
		if err := x.await(x.readButtons); err != nil {
			return 0, err
		}
	}
	i := slices.Index(x.buttons, button)
	if i < 0 {
		return 0, ErrButton
	}
	return byte(i + 1), nil
}

// readButtons reads what the buttons stand for.
func (x *screen) readButtons() error {
	x.remapped = false
	reply, err := xproto.GetPointerMapping(x.c).Reply()
	if err == nil {
		x.buttons = reply.Map
	}
	return err
}

// Key presses or releases a key. A key that is borrowed for a text has no
// meaning of its own and is left alone.
func (x *screen) Key(code string, down bool) error {
	number := codes[code]
	if number == 0 {
		return ErrCode
	}
	key := number + evdevOffset
	if x.pool.borrows(key) {
		return x.check()
	}
	if down {
		x.press(key)
	} else {
		x.lift(key)
	}
	return x.check()
}

// press presses a key and notes it. A key that was left to the user's hand is
// still down for the XTEST keyboard, and could not be pressed again.
func (x *screen) press(key byte) {
	if x.shared.has(key) {
		x.shared.remove(key)
		x.fake(xproto.KeyRelease, key, 0, 0)
	}
	x.fake(xproto.KeyPress, key, 0, 0)
	if !slices.Contains(x.down, key) {
		x.down = append(x.down, key)
	}
}

// lift releases a key and forgets it.
func (x *screen) lift(key byte) {
	x.fake(xproto.KeyRelease, key, 0, 0)
	x.down = slices.DeleteFunc(x.down, func(k byte) bool { return k == key })
}

// Close gives back the keys that were borrowed, and ends the connection.
func (x *screen) Close() error {
	err := x.giveBack()
	x.close()
	return err
}

//go:build robotgo

package input

/*
#cgo LDFLAGS: -lX11
#include <X11/Xlib.h>

// robotgo's own connection, which it opens at first use.
extern Display *XGetMainDisplay(void) __attribute__((weak));

static int refused;

static int refuse(Display *d, XErrorEvent *e) {
	refused++;
	return 0;
}

static char *opened(void) {
	XSetErrorHandler(refuse); // the usual one ends the process
	Display *d = XGetMainDisplay();
	return d ? DisplayString(d) : 0;
}

static int refusals(void) {
	int n = refused;
	refused = 0;
	return n;
}
*/
import "C"

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"unicode"

	"github.com/go-vgo/robotgo"
)

// OpenRobotgo opens an X display for injection through the robotgo library. It
// is there to be compared with, and is built with the tag robotgo only, which
// needs cgo and the headers of libX11 and libXtst.
//
// robotgo has one display for the whole process, so there can be one such
// Injector at a time, and it sets the environment's DISPLAY. By itself it falls
// back to the environment's display and to :0 when it cannot open the one that
// it is told; here that is an error.
//
// Why it is not what Open gives; BenchmarkRobotgo and the tests of this file
// compare the two in one run:
//
//   - 30 characters with umlauts, CJK and an emoji take 200 ms, not 0.5 ms, and
//     the emoji is lost. A character that no key has is typed over a connection
//     of its own, to the environment's display, by overwriting one key's
//     meaning for each; programs that look it up later find another.
//   - Once its pauses are switched off, single events cost much the same: it
//     waits for each to have happened, which takes 18 µs for a movement; ours is
//     written after 9 µs and has happened after 31 µs.
//   - It needs cgo and brings 14 more modules; a program grows from 4.3 to
//     7.1 MB. A lost display ends the process, and so would a key that the
//     layout lacks, if that were not prevented here.
//   - It moves the pointer by XWarpPointer, which is no movement of a device:
//     programs that listen to devices do not see it.
//   - It finds keys by their meaning in the layout, not by their place, has
//     names for 84 of our 131 codes, takes three buttons, and cannot tell what
//     is held down on the screen.
func OpenRobotgo(display string) (Injector, error) {
	robotgo.KeySleep, robotgo.MouseSleep = 0, 0
	if err := robotgo.SetXDisplayName(display); err != nil {
		return nil, fmt.Errorf("input: robotgo: display %q: %w", display, err)
	}
	if got := C.GoString(C.opened()); display == "" || got != display && got != display+".0" {
		robotgo.CloseMainDisplay()
		return nil, fmt.Errorf("input: robotgo: display %q cannot be opened; it would use %q", display, got)
	}
	return &robot{}, os.Setenv("DISPLAY", display) // texts take it from there
}

// robot is the injector over robotgo.
type robot struct {
	keys    []string // that are pressed, in their order
	buttons []uint8  // the same
}

// robotButtons are robotgo's names of buttons. Others it takes for the left one.
var robotButtons = []string{"left", "center", "right"}

var errRefused = errors.New("input: robotgo: the X server refused an event")

// check returns what went wrong, together with what is known by err already.
func check(err error) error {
	if C.refusals() > 0 {
		return errors.Join(err, errRefused)
	}
	return err
}

// Move puts the pointer to a position.
func (r *robot) Move(x, y int) error {
	robotgo.Move(x, y)
	return check(nil)
}

// Button presses or releases one of three buttons.
func (r *robot) Button(button uint8, down bool) error {
	if int(button) >= len(robotButtons) {
		return ErrButton
	}
	r.buttons = slices.DeleteFunc(r.buttons, func(b uint8) bool { return b == button })
	if down {
		r.buttons = append(r.buttons, button)
	}
	return check(robotgo.Toggle(robotButtons[button], direction(down)))
}

// Wheel turns the wheel. robotgo counts up and left positive.
func (r *robot) Wheel(dx, dy int) error {
	robotgo.Scroll(-dx, -dy, 0)
	return check(nil)
}

// Key presses or releases a key.
func (r *robot) Key(code string, down bool) error {
	name, known := robotName(code)
	if !known {
		return ErrCode
	}
	r.keys = slices.DeleteFunc(r.keys, func(k string) bool { return k == name })
	if down {
		r.keys = append(r.keys, name)
	}
	return check(robotgo.KeyToggle(name, direction(down)))
}

func direction(down bool) string {
	if down {
		return "down"
	}
	return "up"
}

// Text types a text, with nothing held meanwhile.
func (r *robot) Text(text string) (int, error) {
	held := slices.Clone(r.keys)
	for _, key := range held {
		robotgo.KeyToggle(key, "up")
	}
	for _, c := range text {
		switch {
		case c == '\n':
			robotgo.KeyTap("enter")
		case c == '\t':
			robotgo.KeyTap("tab")
		case !unicode.IsControl(c):
			robotgo.Type(string(c))
		}
	}
	for _, key := range held {
		robotgo.KeyToggle(key, "down")
	}
	return len(text), check(nil)
}

// Idle does nothing.
func (r *robot) Idle() error { return nil }

// Release releases what this Injector pressed: robotgo knows of nothing else.
func (r *robot) Release() error {
	for _, key := range slices.Backward(r.keys) {
		robotgo.KeyToggle(key, "up")
	}
	for _, button := range slices.Backward(r.buttons) {
		robotgo.Toggle(robotButtons[button], "up")
	}
	r.keys, r.buttons = nil, nil
	return check(nil)
}

// Close closes robotgo's connection.
func (r *robot) Close() error {
	robotgo.CloseMainDisplay()
	return nil
}

// robotNames are robotgo's names of the keys that are not called by a letter,
// a digit or a function's number.
var robotNames = map[string]string{
	"Minus": "-", "Equal": "=", "BracketLeft": "[", "BracketRight": "]", "Backslash": "\\", "Semicolon": ";",
	"Quote": "'", "Backquote": "`", "Comma": ",", "Period": ".", "Slash": "/", "Space": "space",
	"Backspace": "backspace", "Delete": "delete", "Enter": "enter", "Tab": "tab", "Escape": "escape",
	"ArrowUp": "up", "ArrowDown": "down", "ArrowLeft": "left", "ArrowRight": "right",
	"Home": "home", "End": "end", "PageUp": "pageup", "PageDown": "pagedown", "Insert": "insert",
	"ShiftLeft": "lshift", "ShiftRight": "rshift", "ControlLeft": "lctrl", "ControlRight": "rctrl",
	"AltLeft": "lalt", "AltRight": "ralt", "MetaLeft": "lcmd", "MetaRight": "rcmd", "CapsLock": "capslock", "NumLock": "num_lock",
}

// robotName is robotgo's name of a key.
func robotName(code string) (name string, known bool) {
	if name, known = robotNames[code]; known {
		return name, true
	}
	for _, prefix := range []string{"Key", "Digit"} {
		if name, known = strings.CutPrefix(code, prefix); known && len(name) == 1 {
			return strings.ToLower(name), true
		}
	}
	return strings.ToLower(code), Known(code) && code[0] == 'F'
}

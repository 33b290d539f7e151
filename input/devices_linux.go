package input

import (
	"errors"
	"slices"
	"strings"

	"github.com/jezek/xgb"
)

// Requests of XInput, versions 1 and 2.
const (
	xiDeviceState = 30
	xiQueryDevice = 48
)

// What a device is used for.
const (
	slavePointer  = 3
	slaveKeyboard = 4
)

// Classes of what a device has, in a device's state.
const (
	keyClass    = 0
	buttonClass = 1
)

// device is what the X server says of one device.
type device struct {
	id, use, master uint16
	name            string
}

// injecting are the devices that XTEST's events come from. The server keeps
// their state after the client that made the events has gone.
type injecting struct{ pointer, keyboard device }

var errNoDevices = errors.New("it has no XTEST devices")

// devices lists all devices.
func (s *server) devices() ([]device, error) {
	const all = 0
	reply, err := s.ask(s.xi, xiQueryDevice, all).Reply()
	if err != nil {
		return nil, err
	}
	r := &reader{data: reply[32:]}
	list := make([]device, 0, 8)
	for range le.Uint16(reply[8:]) {
		list = append(list, readDevice(r))
	}
	if r.short {
		return nil, errShort
	}
	return list, nil
}

// readDevice reads one device and skips its classes.
func readDevice(r *reader) device {
	d := device{id: r.u16(), use: r.u16(), master: r.u16()}
	classes, length := r.u16(), int(r.u16())
	r.bytes(2) // whether it is enabled
	d.name = string(r.bytes(length))
	r.bytes(-length & 3)
	for range classes {
		r.u16()
		r.bytes(4*int(r.u16()) - 4)
	}
	return d
}

// injecting finds the XTEST devices of the first pointer and keyboard.
func (s *server) injecting() (found injecting, err error) {
	list, err := s.devices()
	if err != nil {
		return found, err
	}
	for _, d := range list {
		switch {
		case d.use == slavePointer && found.pointer.id == 0 && strings.HasSuffix(d.name, " XTEST pointer"):
			found.pointer = d
		case d.use == slaveKeyboard && found.keyboard.id == 0 && strings.HasSuffix(d.name, " XTEST keyboard"):
			found.keyboard = d
		}
	}
	if found.pointer.id == 0 || found.keyboard.id == 0 {
		return found, errNoDevices
	}
	return found, nil
}

// keyboards lists the keyboards beside XTEST's that programs see together with
// it as one: those of the user's hand, and buttons that count as keyboards.
func (x *screen) keyboards() ([]device, error) {
	list, err := x.server.devices()
	return slices.DeleteFunc(list, func(d device) bool {
		return d.use != slaveKeyboard || d.master != x.devices.keyboard.master || d.id == x.devices.keyboard.id
	}), err
}

// askState asks which keys and buttons of a device are down.
func (s *server) askState(d device) *xgb.Cookie { return s.ask(s.xi, xiDeviceState, uint32(d.id)) }

// readState waits for the answer to askState.
func readState(cookie *xgb.Cookie) (keys, buttons set, err error) {
	reply, err := cookie.Reply()
	if err != nil {
		return keys, buttons, err
	}
	r := &reader{data: reply[32:]}
	for range reply[8] {
		class, length := r.u8(), int(r.u8())
		data := &reader{data: r.bytes(length - 2)}
		data.bytes(2) // how many there are
		switch class {
		case keyClass:
			copy(keys[:], data.bytes(len(keys)))
		case buttonClass:
			copy(buttons[:], data.bytes(len(buttons)))
		}
		r.short = r.short || class <= buttonClass && data.short
	}
	if r.short {
		return keys, buttons, errShort
	}
	return keys, buttons, nil
}

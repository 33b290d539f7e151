package x11

import (
	"errors"
	"strings"
)

// XInput's requests on devices.
const (
	xiQueryDevice = 48
	xiGetProperty = 59
	xiAllDevices  = 0 // in place of one device's number
)

// What a device in a list is there for.
const (
	UseMasterPointer  = 1 // moves a cursor
	UseMasterKeyboard = 2 // has a focus
	UsePointer        = 3 // belongs to a master
	UseKeyboard       = 4 // belongs to a master
	UseFloating       = 5 // taken from its master: it reaches no program by itself
)

// deviceSize is the length of a device in a reply, without its name and classes.
const deviceSize = 12

// testProperty marks the devices by which programs inject events. The server
// lets nobody take it away from them, but anybody give it to other devices.
const testProperty = "XTEST Device"

// The ends of the names which the server gives to such devices. No program can
// rename a device.
const (
	testPointer  = " XTEST pointer"
	testKeyboard = " XTEST keyboard"
)

// Devices is the XInput extension, version 2.2: which devices there are and
// what each of them does, whoever has grabbed it.
type Devices struct {
	ext extension
	c   *Conn
}

// Device is one entry in the server's list.
type Device struct {
	ID      uint16
	Use     uint16
	Enabled bool
	Name    string
}

// OpenDevices starts XInput 2.2; nil where the server lacks it.
func OpenDevices(c *Conn) (*Devices, error) {
	ext, present, err := c.extension("XInputExtension")
	if err != nil || !present {
		return nil, err
	}
	c.ask(ext.major, xiQueryVersion, pair(2, 2))
	m, err := c.Wait()
	if err != nil {
		return nil, err
	}
	if le.Uint16(m[8:]) < 2 || le.Uint16(m[8:]) == 2 && le.Uint16(m[10:]) < 2 {
		return nil, nil
	}
	return &Devices{ext, c}, nil
}

// List asks which devices there are and waits for the answer.
func (d *Devices) List() ([]Device, error) {
	d.c.ask(d.ext.major, xiQueryDevice, xiAllDevices)
	m, err := d.c.Wait()
	if err != nil {
		return nil, err
	}
	return readDevices(m[headSize:]), nil
}

// readDevices reads the list of devices, as far as it is whole.
func readDevices(b []byte) (all []Device) {
	for len(b) >= deviceSize {
		classes, length := int(le.Uint16(b[6:])), int(le.Uint16(b[8:]))
		rest := b[deviceSize:]
		if len(rest) < length {
			break
		}
		all = append(all, Device{le.Uint16(b), le.Uint16(b[2:]), b[10] != 0, string(rest[:length])})
		b = skipClasses(rest[min(len(rest), (length+3)/4*4):], classes)
	}
	return all
}

// skipClasses skips what a device can do. Each class states its own length.
func skipClasses(b []byte, classes int) []byte {
	for ; classes > 0 && len(b) >= 4; classes-- {
		b = b[min(len(b), max(1, int(le.Uint16(b[2:])))*4):]
	}
	return b
}

// Test picks from a list the devices by which programs inject events: those
// that have both the server's mark and such a name. One that has gone
// meanwhile is not among them.
func (d *Devices) Test(all []Device) (ids []uint16, err error) {
	mark, err := d.c.atom(testProperty)
	if err != nil || mark == 0 {
		return nil, err
	}
	for _, one := range all {
		if strings.HasSuffix(one.Name, testPointer) || strings.HasSuffix(one.Name, testKeyboard) {
			ids = append(ids, one.ID)
			d.c.ask(d.ext.major, xiGetProperty, uint32(one.ID), mark, 0, 0, 1)
		}
	}
	marked := ids[:0]
	for _, id := range ids {
		m, err := d.c.Wait()
		var refused *Error
		switch {
		case errors.As(err, &refused):
		case err != nil:
			return nil, err
		case isSet(m):
			marked = append(marked, id)
		}
	}
	return marked, nil
}

// isSet says that a property, as it comes in a reply, is a byte that is not 0.
func isSet(m []byte) bool { return m[20] == 8 && len(m) > headSize && m[headSize] != 0 }

// internAtom is the core protocol's request for the number of a name.
const internAtom = 16

// atom returns the number of a name, or 0 if nobody has used that name yet.
func (c *Conn) atom(name string) (uint32, error) {
	const onlyIfExists = 1
	c.ask(internAtom, onlyIfExists, uint32(len(name)))
	padded := (len(name) + 3) / 4 * 4
	le.PutUint16(c.out[len(c.out)-6:], uint16(2+padded/4)) // the length now counts the name
	c.out = append(append(c.out, name...), make([]byte, padded-len(name))...)
	m, err := c.Wait()
	if err != nil {
		return 0, err
	}
	return le.Uint32(m[8:]), nil
}

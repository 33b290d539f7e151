package x11

import "image"

// Raw is something that a device did, before the server turned it into
// anything for programs. No grab keeps it from those who watch.
type Raw struct {
	Kind   RawKind
	Device uint16 // whose event this is: the device's own, or its master's copy
	Source uint16 // the device that did it
	Time   uint32 // the server's, in milliseconds; it wraps
	Detail uint32 // key code, or the button's number on the device
}

// RawKind says what a device did.
type RawKind uint16

// What a device does, as the protocol numbers it.
const (
	RawKeyPress RawKind = iota + 13
	RawKeyRelease
	RawButtonPress
	RawButtonRelease
	RawMotion
)

// The touches are further on. They need XInput 2.2.
const (
	RawTouchBegin RawKind = iota + 22
	RawTouchUpdate
	RawTouchEnd
)

// Press is a button or a finger that went down on a window.
type Press struct {
	Source uint16 // the device that did it
	Window uint32
	At     image.Point // on the root
	Button uint32      // its meaning after all mappings, 1 is the left one; 0 for a finger
}

// XInput's events on windows and on the arrangement of devices.
const (
	xiButtonPress = 4
	xiHierarchy   = 11
	xiTouchBegin  = 18
	xiTouchUpdate = 19
	xiTouchEnd    = 20
)

const (
	rawMask   = 0x1f<<RawKeyPress | 7<<RawTouchBegin
	pressMask = 1<<xiButtonPress | 1<<xiTouchBegin | 1<<xiTouchUpdate | 1<<xiTouchEnd
)

// Lengths of the parts of events that are read here, in bytes.
const (
	pressSize    = 56 // up to the source
	rearrangedAt = 32 // where the list of devices begins
	rearranged   = 12 // one device in it
)

// Flags of a device in a hierarchy event: it came or went.
const cameOrWent = 1<<0 | 1<<1 | 1<<2 | 1<<3

// WatchRaw asks for everything that any device does, and for changes in which
// devices there are. What a device does comes once as its own, also while
// somebody has taken it from its master, and once more as its master's.
func (d *Devices) WatchRaw() { d.watch(d.c.Setup.Root, xiAllDevices, rawMask|1<<xiHierarchy) }

// WatchPresses asks for presses on a window, which then go nowhere else.
func (d *Devices) WatchPresses(window uint32) { d.watch(window, xiAllMasters, pressMask) }

// IgnorePresses takes WatchPresses back.
func (d *Devices) IgnorePresses(window uint32) { d.watch(window, xiAllMasters, 0) }

func (d *Devices) watch(window, devices, mask uint32) {
	d.c.send(d.ext.major, xiSelectEvents, window, 1, pair(int(devices), 1), mask)
}

// kind is the kind of an event of XInput's, or 0.
func (d *Devices) kind(e Event) uint16 {
	if e[0] != kindGeneric || e[1] != d.ext.major {
		return 0
	}
	return le.Uint16(e[8:])
}

// Raw reads an event that tells what a device did.
func (d *Devices) Raw(e Event) (r Raw, ok bool) {
	kind := d.kind(e)
	if kind >= 32 || rawMask>>kind&1 == 0 {
		return Raw{}, false
	}
	return Raw{
		Kind:   RawKind(kind),
		Device: le.Uint16(e[10:]),
		Source: le.Uint16(e[20:]),
		Time:   le.Uint32(e[12:]),
		Detail: le.Uint32(e[16:]),
	}, true
}

// Press reads an event that tells of a press on a window.
func (d *Devices) Press(e Event) (p Press, ok bool) {
	kind := d.kind(e)
	if kind != xiButtonPress && kind != xiTouchBegin || len(e) < pressSize {
		return Press{}, false
	}
	p = Press{
		Source: le.Uint16(e[52:]),
		Window: le.Uint32(e[24:]),
		At:     image.Pt(int(int32(le.Uint32(e[32:])))>>16, int(int32(le.Uint32(e[36:])))>>16),
	}
	if kind == xiButtonPress {
		p.Button = le.Uint32(e[16:])
	}
	return p, true
}

// Rearranged reads an event that tells of a change in which devices there are.
// It returns those that came or went.
func (d *Devices) Rearranged(e Event) (changed []uint16, ok bool) {
	if d.kind(e) != xiHierarchy {
		return nil, false
	}
	for b := e[rearrangedAt:]; len(b) >= rearranged; b = b[rearranged:] {
		if le.Uint32(b[8:])&cameOrWent != 0 {
			changed = append(changed, le.Uint16(b))
		}
	}
	return changed, true
}

// Under asks what the pointer is over and waits for the answer: the topmost
// window there, 0 where it is over the root itself, and the position.
func (c *Conn) Under() (window uint32, at image.Point, err error) {
	c.AskPointer()
	m, err := c.Wait()
	if err != nil {
		return 0, image.Point{}, err
	}
	return le.Uint32(m[12:]), image.Pt(short(m[16:]), short(m[18:])), nil
}

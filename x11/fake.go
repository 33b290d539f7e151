package x11

// XTEST's request, and the kinds of events it takes for a device: numbers of
// XInput's first version, after its first event.
const (
	xtestFake      = 2
	fakeValuator   = 0
	fakeKeyPress   = 1 // the release is the next number
	fakeButtonDown = 3 // the release is the next number
	fakeMotion     = 5
)

// Fake makes events of devices that are chosen by their number, which nothing
// can tell from what those devices do themselves. It is for tests: what is
// injected for a session comes from the devices made for it.
type Fake struct {
	xtest, xinput extension
	c             *Conn
}

// OpenFake starts XTEST; nil where the server lacks it or XInput.
func OpenFake(c *Conn) (*Fake, error) {
	xtest, present, err := c.extension("XTEST")
	if err != nil || !present {
		return nil, err
	}
	xinput, present, err := c.extension("XInputExtension")
	if err != nil || !present {
		return nil, err
	}
	return &Fake{xtest, xinput, c}, nil
}

// Key presses or releases a key of a device.
func (f *Fake) Key(device uint16, code byte, down bool) { f.fake(device, fakeKeyPress, code, down) }

// Button presses or releases a button of a device.
func (f *Fake) Button(device uint16, button byte, down bool) {
	f.fake(device, fakeButtonDown, button, down)
}

// Motion moves a pointing device to a position on the screen.
func (f *Fake) Motion(device uint16, x, y int) {
	event := uint32(f.xinput.event)
	f.c.send(f.xtest.major, xtestFake, event+fakeMotion, 0, 0, 0, 0, 0, 0, uint32(device)<<24,
		event+fakeValuator|uint32(device)<<8, 2<<16, uint32(int32(x)), uint32(int32(y)), 0, 0, 0, 0)
}

func (f *Fake) fake(device uint16, kind, detail byte, down bool) {
	if !down {
		kind++
	}
	f.c.send(f.xtest.major, xtestFake, uint32(f.xinput.event+kind)|uint32(detail)<<8, 0, 0, 0, 0, 0, 0, uint32(device)<<24)
}

package inputtest

import (
	"errors"
	"fmt"
	"slices"
	"sync"

	"telestrator/x11"
)

// Key codes of X11 for keys that a user's keyboard has where tests need them.
const (
	KeyEscape  = 9
	KeyControl = 37 // on the left, as the next two
	KeyA       = 38
	KeyShift   = 50
	KeyAlt     = 64
	KeyEnd     = 115
)

// Device acts as the user's own hand: it makes events of the keyboard and the
// mouse that an X server has by itself, as Xvfb does. No program can tell them
// from real ones. Each method returns when the server has done it. It is safe
// for concurrent use.
type Device struct {
	mu              sync.Mutex
	conn            *x11.Conn
	fake            *x11.Fake
	keyboard, mouse uint16
}

// OpenDevice finds the keyboard and the mouse of a display.
func OpenDevice(display string) (*Device, error) {
	conn, err := x11.Dial(display)
	if err != nil {
		return nil, fmt.Errorf("inputtest: open display %q: %w", display, err)
	}
	d := &Device{conn: conn}
	if err := d.find(); err != nil {
		conn.Close()
		return nil, fmt.Errorf("inputtest: devices of display %q: %w", display, err)
	}
	return d, nil
}

// find looks for the first keyboard and the first pointer that do not inject.
func (d *Device) find() (err error) {
	devices, err := x11.OpenDevices(d.conn)
	if err != nil {
		return err
	}
	if d.fake, err = x11.OpenFake(d.conn); err != nil {
		return err
	}
	if devices == nil || d.fake == nil {
		return errors.New("the X server lacks XTEST or XInput 2.2")
	}
	all, err := devices.List()
	if err != nil {
		return err
	}
	injecting, err := devices.Test(all)
	if err != nil {
		return err
	}
	d.keyboard, d.mouse = first(all, injecting, x11.UseKeyboard), first(all, injecting, x11.UsePointer)
	if d.keyboard == 0 || d.mouse == 0 {
		return fmt.Errorf("no keyboard and mouse among %v", all)
	}
	return nil
}

// first returns the first device for this use that does not inject, or 0.
func first(all []x11.Device, injecting []uint16, use uint16) uint16 {
	for _, one := range all {
		if one.Use == use && !slices.Contains(injecting, one.ID) {
			return one.ID
		}
	}
	return 0
}

// Key presses or releases a key, by its X11 key code.
func (d *Device) Key(code byte, down bool) error {
	return d.do(func() { d.fake.Key(d.keyboard, code, down) })
}

// Button presses or releases a button of the mouse: 1 is the left one, 4 and 5
// are the wheel.
func (d *Device) Button(button byte, down bool) error {
	return d.do(func() { d.fake.Button(d.mouse, button, down) })
}

// Motion moves the mouse to a position on the screen.
func (d *Device) Motion(x, y int) error { return d.do(func() { d.fake.Motion(d.mouse, x, y) }) }

// Type presses keys one after the other and releases them in reverse: one key,
// or a chord.
func (d *Device) Type(codes ...byte) error {
	return d.do(func() {
		for _, code := range codes {
			d.fake.Key(d.keyboard, code, true)
		}
		for _, code := range slices.Backward(codes) {
			d.fake.Key(d.keyboard, code, false)
		}
	})
}

// Click presses and releases the left button at a position on the screen.
func (d *Device) Click(x, y int) error {
	return d.do(func() {
		d.fake.Motion(d.mouse, x, y)
		d.fake.Button(d.mouse, 1, true)
		d.fake.Button(d.mouse, 1, false)
	})
}

func (d *Device) do(ask func()) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	ask()
	if err := d.conn.Check(); err != nil {
		return fmt.Errorf("inputtest: act as a device: %w", err)
	}
	return nil
}

// Close ends the connection. What is held down stays down.
func (d *Device) Close() error { return d.conn.Close() }

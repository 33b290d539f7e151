package input

import "fmt"

// Open connects to exactly the X display of this name, and to no other: an
// empty name is an error. What an earlier process left pressed is released, and
// keys that it had borrowed are given back.
//
// Keys and buttons are held by the server's two XTEST devices, which all
// programs share that make events so. Release asks for the state of those, not
// for the keyboard's: that is a union of all devices, and a fake release of a
// key which only a real keyboard holds takes it from the user. A key that the
// user's hand holds too is left: for programs it is up when the user lets go.
func Open(display string) (Display, error) {
	x, err := open(display)
	if err != nil {
		return nil, fmt.Errorf("input: open display %q: %w", display, err)
	}
	return x, nil
}

func open(display string) (*screen, error) {
	s, err := dial(display)
	if err != nil {
		return nil, err
	}
	x := &screen{server: s}
	if err := s.await(x.prepare); err != nil {
		s.close()
		return nil, err
	}
	if err := x.Release(); err != nil {
		s.close()
		return nil, err
	}
	return x, nil
}

// prepare finds out what is needed, and tidies up after an earlier process.
func (x *screen) prepare() error {
	var err error
	if x.devices, err = x.injecting(); err != nil {
		return err
	}
	if err := x.intern(); err != nil {
		return err
	}
	if err := x.readButtons(); err != nil {
		return err
	}
	return x.giveBackOld()
}

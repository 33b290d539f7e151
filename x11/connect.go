package x11

import (
	"fmt"
	"net"
)

// Connect opens a line to the display of this name for a library that does its
// own handshake on it, so that its owner can set deadlines and close it also
// while the server does not answer. Cookie is the secret to show there, nil
// where none is known; screen is the number of the screen that is named. Unlike
// Dial it looks at no environment for a name.
func Connect(display string) (nc net.Conn, cookie []byte, screen int, err error) {
	at, err := parseName(display)
	if err != nil {
		return nil, nil, 0, err
	}
	nc, err = at.dial()
	if err != nil {
		return nil, nil, 0, fmt.Errorf("no X server answers there (%w); check the name, or start the X server", err)
	}
	return nc, (&Conn{nc: nc}).cookie(at), at.screen, nil
}

package main

import (
	"errors"
	"fmt"

	"telestrator/peer"
	"telestrator/protocol"
)

// errLook and errSize say how the flags are written.
var (
	errLook = errors.New("--look takes x,y,width,height in pixels of the screen")
	errSize = errors.New("--size takes WIDTHxHEIGHT in pixels; 0 is no limit")
)

// wish reads --look and --size; nil if there are neither.
func wish(part, size string) (*protocol.Look, error) {
	m := &protocol.Look{Number: 1}
	if part != "" {
		if n, err := fmt.Sscanf(part+"\n", "%d,%d,%d,%d\n", &m.X, &m.Y, &m.W, &m.H); n != 4 || err != nil {
			return nil, errLook
		}
	}
	if size != "" {
		if n, err := fmt.Sscanf(size+"\n", "%dx%d\n", &m.MostW, &m.MostH); n != 2 || err != nil {
			return nil, errSize
		}
	}
	if part == "" && size == "" {
		return nil, nil
	}
	if _, err := protocol.Append(nil, m); err != nil {
		return nil, err
	}
	return m, nil
}

// look asks for the view that is wished, once, when there is something to see.
func (v *viewer) look() error {
	if v.wish == nil || v.grants.Scopes&protocol.View == 0 {
		return nil
	}
	m := v.wish
	v.wish = nil
	return v.send(peer.Ctl, m)
}

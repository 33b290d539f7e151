package server

import (
	"crypto/rand"
	"encoding/hex"
	"slices"
	"sync"

	"telestrator/desk/frame"
)

// connections remembers whose connection an id is, so that its console can
// end it. An id is a secret of its console: who knows it may end it.
type connections struct {
	limit, perDevice int

	mu       sync.Mutex
	byID     map[string]*device
	byDevice map[*device][]string // ids, the oldest first
}

func newConnections(limit, perDevice int) *connections {
	return &connections{
		limit: limit, perDevice: perDevice,
		byID: make(map[string]*device), byDevice: make(map[*device][]string),
	}
}

// add remembers a connection, in the place of the device's oldest when it has
// enough of them. Without room it does not.
func (c *connections) add(id string, d *device) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if ids := c.byDevice[d]; len(ids) >= c.perDevice {
		c.forget(ids[0])
	}
	if len(c.byID) >= c.limit {
		return false
	}
	c.byID[id] = d
	c.byDevice[d] = append(c.byDevice[d], id)
	return true
}

// take forgets a connection and tells whose it was, nil for none.
func (c *connections) take(id string) *device {
	c.mu.Lock()
	defer c.mu.Unlock()
	d := c.byID[id]
	if d != nil {
		c.forget(id)
	}
	return d
}

// close forgets all connections of a device that has gone.
func (c *connections) close(d *device) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, id := range c.byDevice[d] {
		delete(c.byID, id)
	}
	delete(c.byDevice, d)
}

// forget needs the lock, and an id that is known.
func (c *connections) forget(id string) {
	d := c.byID[id]
	delete(c.byID, id)
	ids := c.byDevice[d]
	c.byDevice[d] = slices.DeleteFunc(ids, func(other string) bool { return other == id })
	if len(c.byDevice[d]) == 0 {
		delete(c.byDevice, d)
	}
}

// newID makes an id that nobody can guess.
func newID() string {
	id := make([]byte, frame.IDLength/2)
	rand.Read(id) // never fails
	return hex.EncodeToString(id)
}

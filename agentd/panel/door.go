package panel

import (
	"context"
	"net"
	"slices"
	"sync"
	"sync/atomic"
)

// door is a listener that keeps at most maxConns connections open. When one
// more comes, the oldest goes of those that never showed the right token; only
// when all have shown it is the new one turned away. So nobody without a token
// can keep somebody with one outside.
type door struct {
	net.Listener

	mu    sync.Mutex
	inner []*conn // oldest first
}

// conn is one connection through a door.
type conn struct {
	net.Conn
	door    *door
	trusted atomic.Bool // it has shown the right token
}

// Accept returns the next connection that may stay.
func (d *door) Accept() (net.Conn, error) {
	for {
		raw, err := d.Listener.Accept()
		if err != nil {
			return nil, err
		}
		c := &conn{Conn: raw, door: d}
		if d.admit(c) {
			return c, nil
		}
		raw.Close()
	}
}

// admit lets c in and closes another connection for it where needed.
func (d *door) admit(c *conn) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.inner) == maxConns {
		i := slices.IndexFunc(d.inner, func(o *conn) bool { return !o.trusted.Load() })
		if i < 0 {
			return false
		}
		d.inner[i].Conn.Close()
		d.inner = slices.Delete(d.inner, i, i+1)
	}
	d.inner = append(d.inner, c)
	return true
}

// Close closes the connection and frees its place.
func (c *conn) Close() error {
	c.door.mu.Lock()
	defer c.door.mu.Unlock()
	if i := slices.Index(c.door.inner, c); i >= 0 {
		c.door.inner = slices.Delete(c.door.inner, i, i+1)
	}
	return c.Conn.Close()
}

// connKey finds the conn of a request in its context.
type connKey struct{}

func withConn(ctx context.Context, c net.Conn) context.Context {
	return context.WithValue(ctx, connKey{}, c)
}

// trust marks the connection of a request whose token was right.
func trust(ctx context.Context) {
	if c, ok := ctx.Value(connKey{}).(*conn); ok {
		c.trusted.Store(true)
	}
}

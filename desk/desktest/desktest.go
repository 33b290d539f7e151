// Package desktest has what tests of the desk's neighbours need: a desk on a
// free port of the loopback ([Start]), and a [Network] in memory, on which a
// desk and its devices run in the virtual time of testing/synctest.
package desktest

import (
	"context"
	"errors"
	"net"
	"sync"
	"testing"

	"telestrator/desk/server"
)

// Start runs a desk on a free loopback port until the test ends, and gives its
// URL. The listener of the configuration is set by Start.
func Start(tb testing.TB, c server.Config) (url string) {
	tb.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	c.Listener = listener
	Run(tb, server.New(c).Run)
	return "http://" + listener.Addr().String()
}

// Run runs something until the test ends, or until stop is called, and fails
// the test if it ends by itself. Both wait until it has ended.
func Run(tb testing.TB, run func(context.Context) error) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := run(ctx); ctx.Err() == nil {
			tb.Errorf("ended by itself: %v", err)
		}
	}()
	stop = func() {
		cancel()
		<-ended
	}
	tb.Cleanup(stop)
	return stop
}

// Network is a network of one listener, in memory.
type Network struct {
	mu       sync.Mutex
	listener *listener // nil when nobody listens
}

// Address is where every Network's listener listens.
const Address = "127.0.0.1:1"

// Listen begins to listen. An earlier listener is cut off.
func (n *Network) Listen() net.Listener {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.listener = &listener{conns: make(chan net.Conn), closed: make(chan struct{})}
	return n.listener
}

// Dial connects to the listener, whatever the address. It fits desk.Config
// and http.Transport.
func (n *Network) Dial(ctx context.Context, _, _ string) (net.Conn, error) {
	n.mu.Lock()
	l := n.listener
	n.mu.Unlock()
	if l == nil {
		return nil, errRefused
	}
	here, there := net.Pipe()
	select {
	case l.conns <- there:
		return here, nil
	case <-l.closed:
		return nil, errRefused
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

var errRefused = errors.New("desktest: nobody listens")

// listener hands over one end of each pipe.
type listener struct {
	conns  chan net.Conn
	once   sync.Once
	closed chan struct{}
}

// Accept waits for the next connection.
func (l *listener) Accept() (net.Conn, error) {
	select {
	case conn := <-l.conns:
		return conn, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

// Close ends the listening; connections live on.
func (l *listener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

// Addr is a loopback address.
func (l *listener) Addr() net.Addr {
	return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1}
}

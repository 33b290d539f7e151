package desk_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"

	"telestrator/desk"
	"telestrator/desk/desktest"
	"telestrator/desk/frame"
)

// fake is a desk whose every word the test chooses. It runs in memory and in
// virtual time.
type fake struct {
	t     *testing.T
	links chan *frame.Link // each device's link, as it comes
	over  chan struct{}    // closed when the test is
	dial  *desktest.Network
}

// withFake runs test with one.
func withFake(t *testing.T, test func(*testing.T, *fake)) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := &fake{t: t, links: make(chan *frame.Link, 10), over: make(chan struct{}), dial: new(desktest.Network)}
		server := &http.Server{Handler: f}
		go server.Serve(f.dial.Listen())
		t.Cleanup(func() {
			close(f.over)
			server.Close()
		})
		test(t, f)
	})
}

// ServeHTTP hands over a link and keeps it open until it ends.
func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	l, err := frame.Accept(r.Context(), w, r)
	if err != nil {
		f.t.Error(err)
		return
	}
	f.links <- l
	defer l.Close()
	select {
	case <-l.Done():
	case <-f.over:
	}
}

// device runs a device of this desk.
func (f *fake) device(c desk.Config) (d *desk.Device, stop func()) {
	c.URL, c.Dial = "http://"+desktest.Address, f.dial.Dial
	d = desk.NewDevice(c)
	return d, desktest.Run(f.t, d.Run)
}

// welcome takes the next link, hears its hello and welcomes it.
func (f *fake) welcome() *frame.Link {
	f.t.Helper()
	l := <-f.links
	if _, ok := f.read(l).(*frame.Hello); !ok {
		f.t.Error("no hello")
	}
	f.write(l, &frame.Welcome{Version: frame.Version})
	return l
}

func (f *fake) write(l *frame.Link, out frame.Frame) {
	f.t.Helper()
	if err := l.Write(out); err != nil {
		f.t.Error(err)
	}
}

// read gives the next frame, nil when the link has ended.
func (f *fake) read(l *frame.Link) frame.Frame {
	in, err := l.Read()
	if err != nil {
		return nil
	}
	return in
}

// want reads a frame and compares it.
func (f *fake) want(l *frame.Link, want frame.Frame) {
	f.t.Helper()
	if got := f.read(l); fmt.Sprintf("%T%+v", got, got) != fmt.Sprintf("%T%+v", want, want) {
		f.t.Errorf("got %T%+v, want %T%+v", got, got, want, want)
	}
}

// wantEnd reads until the device has ended the link, for this reason.
func (f *fake) wantEnd(l *frame.Link, want frame.Reason) {
	f.t.Helper()
	for f.read(l) != nil {
	}
	why, ok := l.Err().(*frame.Error)
	if !ok || why.Reason != want || !why.Remote {
		f.t.Errorf("ended with %v, want: %v", l.Err(), want)
	}
}

// id gives the n-th id of a connection.
func id(n int) string { return fmt.Sprintf("%032x", n) }

// echo answers an offer with itself.
func echo(_ context.Context, offer []byte) ([]byte, error) { return offer, nil }

package desk_test

import (
	"context"
	"net/http"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"telestrator/desk"
	"telestrator/desk/desktest"
	"telestrator/desk/frame"
	"telestrator/fuzz/bound"
)

// FuzzLink has a hostile desk say anything that is well formed to a device, in
// any order, while the device rings and cancels: never are more offers answered
// at once than may be, and none is when the device has ended.
func FuzzLink(f *testing.F) {
	f.Add([]byte{0, 0, 3, 1, 3, 2, 3, 3, 3, 4, 3, 5, 8, 9, 4, 2, 3, 6})
	f.Add([]byte{0, 0, 6, 0, 1, 1, 2, 1, 7, 0, 2, 1, 5, 1, 8, 60, 0, 3, 7, 4, 7})
	f.Add([]byte{0, 0, 3, 1, 3, 1})
	f.Add([]byte{0, 0, 0, 0})
	f.Add([]byte{1, 1, 0, 5})
	f.Fuzz(func(t *testing.T, script []byte) {
		if len(script) > 100 {
			return // enough for any order, and well within a code's life
		}
		bound.Check(t, func() { synctest.Test(t, func(t *testing.T) { converse(t, script) }) })
	})
}

func converse(t *testing.T, script []byte) {
	f := &fake{t: t, links: make(chan *frame.Link, 100), over: make(chan struct{}), dial: new(desktest.Network)}
	server := &http.Server{Handler: f}
	go server.Serve(f.dial.Listen())
	var answering atomic.Int32
	d, stop := f.device(desk.Config{Answer: func(ctx context.Context, offer []byte) ([]byte, error) {
		if answering.Add(1) > desk.MaxAnswering {
			t.Error("more offers are answered at once than may be")
		}
		defer answering.Add(-1)
		<-ctx.Done() // it never gets anywhere
		return nil, ctx.Err()
	}})
	l := <-f.links
	go func() {
		for f.read(l) != nil { // the device's words are of no interest
		}
	}()
	for ; len(script) >= 2; script = script[2:] {
		say(t, d, l, script[0], script[1])
		synctest.Wait()
	}
	stop()
	close(f.over)
	_ = server.Close()
	synctest.Wait()
	if n := answering.Load(); n > 0 {
		t.Errorf("%d offers are being answered after the end", n)
	}
}

// say is one step: the desk's word, the device's own doing, or time.
func say(t *testing.T, d *desk.Device, l *frame.Link, what, value byte) {
	n := uint32(value)
	frames := []frame.Frame{&frame.Welcome{Version: n % 3}, &frame.Code{Number: n, Code: "0123ABCD", Seconds: 600},
		&frame.Void{Number: n, Reason: frame.ReasonUsed}, &frame.Offer{ID: id(int(n)), SDP: []byte("v=0")},
		&frame.Leave{ID: id(int(n))}, &frame.Bye{Reason: frame.ReasonShutdown}}
	if what %= 9; int(what) < len(frames) {
		if what == 0 && n == 0 {
			frames[0] = &frame.Welcome{Version: frame.Version}
		}
		_ = l.Write(frames[what]) // it may have ended
		return
	}
	switch what {
	case 6, 7:
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		go func() {
			defer cancel()
			if what == 6 {
				_, _ = d.Ring(ctx)
			} else {
				_ = d.Cancel(ctx)
			}
		}()
	default:
		time.Sleep(time.Duration(value) * 20 * time.Millisecond)
	}
}

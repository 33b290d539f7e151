package server_test

import (
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"telestrator/desk"
	"telestrator/desk/desktest"
	"telestrator/desk/frame"
	"telestrator/desk/server"
	"telestrator/fuzz/bound"
)

// FuzzLink has a hostile device say anything that is well formed to a desk, in
// any order, while a good one rings beside it: the good device's code always
// leads to the good device, and the desk ends when it is told to.
func FuzzLink(f *testing.F) {
	f.Add([]byte{0, 1, 1, 1, 1, 2, 2, 2, 3, 0, 4, 1, 5, 1})
	f.Add([]byte{0, 1, 0, 1})
	f.Add([]byte{1, 1, 0, 1, 1, 5, 6, 200})
	f.Add([]byte{0, 1, 6, 255, 6, 255, 1, 1, 1, 2})
	f.Fuzz(func(t *testing.T, script []byte) {
		if len(script) > 100 {
			return // enough for any order, and well within a code's life
		}
		bound.CheckMemory(t, 2*bound.Memory, func() { synctest.Test(t, func(t *testing.T) { intrude(t, script) }) })
	})
}

func intrude(t *testing.T, script []byte) {
	network := new(desktest.Network)
	stop := desktest.Run(t, server.New(server.Config{Listener: network.Listen()}).Run)
	w := &world{url: "http://" + desktest.Address, client: &http.Client{Transport: &http.Transport{DialContext: network.Dial}}, dial: network}
	good, end := w.device(t, desk.Config{Answer: echo})
	code := ring(t, good)
	l, err := frame.Dial(t.Context(), w.client, w.url+"/api/device")
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		for {
			if _, err := l.Read(); err != nil {
				return
			}
		}
	}()
	for ; len(script) >= 2; script = script[2:] {
		tell(l, script[0], script[1])
		synctest.Wait()
	}
	if r := w.connect(t, code); r.status != http.StatusCreated || r.body != someOffer {
		t.Errorf("the good device's code leads to %+v", r)
	}
	l.Close()
	end()
	w.client.CloseIdleConnections()
	stop()
}

// tell is one word of the hostile device, or time.
func tell(l *frame.Link, what, value byte) {
	n := uint32(value)
	id := fmt.Sprintf("%032x", n)
	frames := []frame.Frame{&frame.Hello{Version: n % 3, Name: "hostile"}, &frame.Ring{Number: n}, &frame.Cancel{Number: n},
		&frame.Answer{ID: id, SDP: []byte("v=0")}, &frame.Refuse{ID: id, Reason: frame.ReasonBusy}, &frame.Bye{Reason: frame.ReasonShutdown}}
	if what %= 7; int(what) < len(frames) {
		_ = l.Write(frames[what]) // it may have ended
		return
	}
	time.Sleep(time.Duration(value) * 20 * time.Millisecond)
}

package server_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"
	"telestrator/desk"
	"telestrator/desk/frame"
	"telestrator/desk/server"
)

func TestLimitDevices(t *testing.T) {
	t.Parallel()
	w := real(t, server.Config{Limits: server.Limits{Devices: 2}})
	first := w.welcomed(t)
	w.socket(t) // counts before its hello
	_, resp, err := websocket.Dial(t.Context(), w.url+"/api/device", &websocket.DialOptions{HTTPClient: w.client})
	if err == nil || resp == nil || resp.StatusCode != http.StatusServiceUnavailable {
		t.Fatalf("a third device: %v", err)
	}
	d, _ := w.device(t, desk.Config{Answer: echo}) // waits for its turn
	first.send(&frame.Bye{Reason: frame.ReasonShutdown})
	ring(t, d)
}

func TestLimitRings(t *testing.T) {
	virtual(t, server.Limits{Rings: 2}, func(t *testing.T, w *world) {
		full := func(d *desk.Device) bool {
			_, err := d.Ring(t.Context())
			return err != nil && strings.Contains(err.Error(), frame.ReasonFull.String())
		}
		a, _ := w.device(t, desk.Config{Answer: echo})
		b, _ := w.device(t, desk.Config{Answer: echo})
		c, _ := w.device(t, desk.Config{Answer: echo})
		ring(t, a)
		code := ring(t, b)
		ring(t, a) // takes the place of its older one
		if !full(c) {
			t.Error("a third ring found room")
		}
		w.wantConnect(t, code, created, "")
		ring(t, c)
		if !full(b) {
			t.Error("a third ring found room again")
		}
		time.Sleep(10 * time.Minute)
		ring(t, b) // the others have expired
	})
}

// The fifth console that waits for one device is refused, by the desk.
func TestLimitOffers(t *testing.T) {
	t.Parallel()
	w := real(t, server.Config{})
	s := w.welcomed(t)
	replies := make(chan reply, 5)
	var offers []*frame.Offer
	for number := range uint32(4) {
		code := s.ring(number + 1)
		go func() { replies <- w.connect(t, code) }()
		s.wantVoid(number+1, frame.ReasonUsed)
		offers = append(offers, s.read().(*frame.Offer))
	}
	w.wantConnect(t, s.ring(5), http.StatusServiceUnavailable, "device_busy")
	s.wantVoid(5, frame.ReasonUsed)
	for _, offer := range offers {
		s.send(&frame.Answer{ID: offer.ID, SDP: offer.SDP})
		if r := <-replies; r.status != created {
			t.Errorf("got %+v", r)
		}
	}
}

func TestLimitConnections(t *testing.T) {
	t.Parallel()
	w := real(t, server.Config{Limits: server.Limits{Connections: 3, PerDevice: 2, Devices: 2}})
	a, _ := w.device(t, desk.Config{Answer: echo})
	b, stop := w.device(t, desk.Config{Answer: echo})
	var first string
	for i := range 3 { // the third takes the place of the first
		if got := w.wantConnect(t, ring(t, a), created, ""); i == 0 {
			first = got.location
		}
	}
	if r := w.do(t, http.MethodDelete, first, nil, nil); r.error != "not_found" {
		t.Errorf("the oldest of three: %+v", r)
	}
	third := w.wantConnect(t, ring(t, b), created, "").location
	w.wantConnect(t, ring(t, b), http.StatusServiceUnavailable, "desk_full")
	if r := w.do(t, http.MethodDelete, third, nil, nil); r.status != http.StatusNoContent {
		t.Errorf("leave: %+v", r)
	}
	w.wantConnect(t, ring(t, b), created, "")
	stop() // and its connection is forgotten before the next device comes in
	c, _ := w.device(t, desk.Config{Answer: echo})
	w.wantConnect(t, ring(t, c), created, "")
}

func TestLimitRequests(t *testing.T) {
	virtual(t, server.Limits{}, func(t *testing.T, w *world) {
		tryMany := func(pass int) {
			t.Helper()
			for range pass {
				w.wantConnect(t, "0000-0000", codeGone, "code_wrong")
			}
			w.wantConnect(t, "0000-0000", http.StatusTooManyRequests, "too_many")
			if r := w.do(t, http.MethodDelete, "/api/connections/0", nil, nil); r.error != "too_many" {
				t.Errorf("delete: %+v", r)
			}
		}
		tryMany(30)
		time.Sleep(time.Second)
		tryMany(10)
		time.Sleep(time.Hour)
		tryMany(30)
	})
}

// Sockets over the limit wait for a place.
func TestLimitSockets(t *testing.T) {
	virtual(t, server.Limits{Sockets: 2}, func(t *testing.T, w *world) {
		first := w.welcomed(t)
		w.welcomed(t)
		served := make(chan reply, 1)
		go func() { served <- w.do(t, http.MethodGet, "/", nil, nil) }()
		synctest.Wait()
		if len(served) != 0 {
			t.Error("a third socket was served")
		}
		first.send(&frame.Bye{Reason: frame.ReasonShutdown})
		if r := <-served; r.error != "not_found" {
			t.Errorf("got %+v", r)
		}
	})
}

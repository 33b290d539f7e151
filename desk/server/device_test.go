package server_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"telestrator/desk"
	"telestrator/desk/frame"
	"telestrator/desk/server"
)

// Whatever a device does wrong ends its own link with the reason, and the
// desk goes on.
func TestDeviceViolations(t *testing.T) {
	t.Parallel()
	w := real(t, server.Config{})
	bytes := func(data ...byte) func(*socket) {
		return func(s *socket) { s.sendRaw(data) }
	}
	frames := func(all ...frame.Frame) func(*socket) {
		return func(s *socket) {
			for _, f := range all {
				s.send(f)
			}
		}
	}
	t.Run("all", func(t *testing.T) {
		for _, x := range []struct {
			name     string
			welcomed bool
			do       func(*socket)
			want     frame.Reason
		}{
			{"noise", false, bytes(0xff, 0xff, 0xff), frame.ReasonForm},
			{"nothing", false, bytes(), frame.ReasonForm},
			{"no kind", false, bytes(0x82, 12, 0xa1, 1, 1), frame.ReasonKind},
			{"the desk's frame", false, frames(&frame.Welcome{Version: 1}), frame.ReasonDirection},
			{"ring before hello", false, frames(&frame.Ring{Number: 1}), frame.ReasonState},
			{"another version", false, frames(&frame.Hello{Version: frame.Version + 1}), frame.ReasonVersion},
			{"hello twice", true, frames(&frame.Hello{Version: frame.Version}), frame.ReasonState},
			{"ring 2 first", true, frames(&frame.Ring{Number: 2}), frame.ReasonState},
			{"noise later", true, bytes(0x82, 3, 0xbf, 1, 1, 0xff), frame.ReasonForm},
			{"ring 0", true, bytes(0x82, 3, 0xa1, 1, 0), frame.ReasonRange},
		} {
			t.Run(x.name, func(t *testing.T) {
				t.Parallel()
				s := w.socket(t)
				if x.welcomed {
					s = w.welcomed(t)
				}
				x.do(s)
				s.wantBye(x.want)
			})
		}
	})
	w.welcomed(t).ring(1)
}

func TestDeviceTooLarge(t *testing.T) {
	t.Parallel()
	w := real(t, server.Config{})
	s := w.welcomed(t)
	s.sendRaw(make([]byte, frame.MaxFrame+1))
	_, _, err := s.conn.Read(t.Context())
	if websocket.CloseStatus(err) != websocket.StatusMessageTooBig {
		t.Errorf("got %v, want the close code for too large", err)
	}
	w.welcomed(t).ring(1)
}

// Answers that nobody waits for are taken in silence.
func TestDeviceLateAnswer(t *testing.T) {
	t.Parallel()
	w := real(t, server.Config{})
	s := w.welcomed(t)
	id := strings.Repeat("0", frame.IDLength)
	s.send(&frame.Answer{ID: id, SDP: []byte("v=0")})
	s.send(&frame.Refuse{ID: id, Reason: frame.ReasonBusy})
	s.ring(1)
}

func TestDeviceHello(t *testing.T) {
	virtual(t, server.Limits{}, func(t *testing.T, w *world) {
		s := w.socket(t)
		time.Sleep(5*time.Second - time.Millisecond)
		s.send(&frame.Hello{Version: frame.Version})
		if _, ok := s.read().(*frame.Welcome); !ok {
			t.Error("a hello in time was refused")
		}
		began := time.Now()
		w.socket(t).wantBye(frame.ReasonTimeout)
		if took := time.Since(began); took != 5*time.Second {
			t.Errorf("a silent device was ended after %v", took)
		}
	})
}

// Virtual time stands still while the frames are sent, so the limit is exact.
func TestDeviceRate(t *testing.T) {
	virtual(t, server.Limits{}, func(t *testing.T, w *world) {
		s := w.welcomed(t)
		late := &frame.Refuse{ID: strings.Repeat("0", frame.IDLength), Reason: frame.ReasonBusy}
		burst := frame.Rate - 1 // hello was the first
		for range 5 {
			for range burst {
				s.send(late)
			}
			time.Sleep(time.Second)
			burst = frame.Rate
		}
		for range frame.Rate - 1 {
			s.send(late)
		}
		s.ring(1) // the last that passes
		s.send(late)
		s.wantBye(frame.ReasonFlood)
	})
}

func TestDeviceSilence(t *testing.T) {
	virtual(t, server.Limits{}, func(t *testing.T, w *world) {
		s := w.welcomed(t)
		time.Sleep(frame.Silence - time.Millisecond)
		s.ring(1)
		began := time.Now()
		s.wantBye(frame.ReasonTimeout)
		if took := time.Since(began); took != frame.Silence {
			t.Errorf("ended after %v of silence", took)
		}
	})
}

// A device that pings stays for hours.
func TestDeviceStays(t *testing.T) {
	virtual(t, server.Limits{}, func(t *testing.T, w *world) {
		states := make(chan bool, 10)
		d, _ := w.device(t, desk.Config{Answer: echo, State: func(on bool) { states <- on }})
		time.Sleep(5 * time.Hour)
		if len(states) != 1 {
			t.Errorf("the link changed %d times", len(states))
		}
		w.wantConnect(t, ring(t, d), created, "")
	})
}

func TestDeviceAwayMeanwhile(t *testing.T) {
	t.Parallel()
	w := real(t, server.Config{})
	s := w.welcomed(t)
	code := s.ring(1)
	got := make(chan reply, 1)
	go func() { got <- w.connect(t, code) }()
	s.wantVoid(1, frame.ReasonUsed)
	if _, ok := s.read().(*frame.Offer); !ok {
		t.Fatal("no offer")
	}
	s.conn.CloseNow()
	if r := <-got; r.status != http.StatusServiceUnavailable || r.error != "device_away" {
		t.Errorf("got %d %s", r.status, r.error)
	}
}

func TestDeviceSilent(t *testing.T) {
	virtual(t, server.Limits{}, func(t *testing.T, w *world) {
		s := w.welcomed(t)
		code := s.ring(1)
		began := time.Now()
		got := make(chan reply, 1)
		go func() { got <- w.connect(t, code) }()
		s.wantVoid(1, frame.ReasonUsed)
		offer, ok := s.read().(*frame.Offer)
		if !ok || string(offer.SDP) != someOffer {
			t.Fatalf("got %+v", offer)
		}
		if leave, ok := s.read().(*frame.Leave); !ok || leave.ID != offer.ID {
			t.Errorf("got %+v, want leave", leave)
		}
		if r := <-got; r.status != http.StatusGatewayTimeout || r.error != "device_silent" {
			t.Errorf("got %d %s", r.status, r.error)
		}
		if took := time.Since(began); took != 10*time.Second {
			t.Errorf("waited %v for the device", took)
		}
	})
}

// A refused offer takes no place among the connections.
func TestDeviceRefuses(t *testing.T) {
	t.Parallel()
	w := real(t, server.Config{Limits: server.Limits{Connections: 1}})
	var why error
	d, _ := w.device(t, desk.Config{Answer: func(context.Context, []byte) ([]byte, error) { return nil, why }})
	for _, x := range []struct {
		err     error
		status  int
		problem string
	}{
		{desk.ErrOffer, http.StatusBadRequest, "offer_bad"},
		{desk.ErrBusy, http.StatusServiceUnavailable, "device_busy"},
		{errors.New("no"), http.StatusServiceUnavailable, "device_failed"},
		{context.DeadlineExceeded, http.StatusGatewayTimeout, "device_silent"},
	} {
		why = x.err
		w.wantConnect(t, ring(t, d), x.status, x.problem)
	}
}

// The console hangs up while it waits: the device hears it at once.
func TestConsoleHangsUp(t *testing.T) {
	t.Parallel()
	w := real(t, server.Config{})
	s := w.welcomed(t)
	code := s.ring(1)
	ctx, hangUp := context.WithCancel(t.Context())
	go desk.Connect(ctx, w.url, code, []byte(someOffer))
	s.wantVoid(1, frame.ReasonUsed)
	offer := s.read().(*frame.Offer)
	hangUp()
	if leave, ok := s.read().(*frame.Leave); !ok || leave.ID != offer.ID {
		t.Errorf("got %+v, want leave", leave)
	}
}

func TestLeave(t *testing.T) {
	t.Parallel()
	w := real(t, server.Config{})
	left := make(chan string, 1)
	ids := make(chan string, 1)
	d, _ := w.device(t, desk.Config{
		Answer: func(ctx context.Context, offer []byte) ([]byte, error) {
			ids <- desk.Connection(ctx)
			return offer, nil
		},
		Left: func(id string) { left <- id },
	})
	got := w.wantConnect(t, ring(t, d), created, "")
	id := <-ids
	if got.location != "/api/connections/"+id {
		t.Errorf("location is %q", got.location)
	}
	if r := w.do(t, http.MethodDelete, got.location, nil, nil); r.status != http.StatusNoContent || r.body != "" {
		t.Errorf("got %+v", r)
	}
	if got := <-left; got != id {
		t.Errorf("%q left, want %q", got, id)
	}
	if r := w.do(t, http.MethodDelete, got.location, nil, nil); r.error != "not_found" {
		t.Errorf("the second time: %+v", r)
	}
}

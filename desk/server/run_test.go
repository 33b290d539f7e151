package server_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"telestrator/desk"
	"telestrator/desk/desktest"
	"telestrator/desk/frame"
	"telestrator/desk/server"
)

func TestRunRefusesOtherAddresses(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"0.0.0.0:0", "[::]:0"} {
		listener, err := net.Listen("tcp", address)
		if err != nil {
			t.Logf("%s: %v", address, err) // a machine without IPv6
			continue
		}
		err = server.New(server.Config{Listener: listener}).Run(t.Context())
		if err == nil || !strings.Contains(err.Error(), "until identities exist") {
			t.Errorf("%s: %v", address, err)
		}
		if _, err := listener.Accept(); !errors.Is(err, net.ErrClosed) {
			t.Errorf("%s: the listener is still open", address)
		}
	}
}

func TestRunListenerFails(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listener.Close()
	if err := server.New(server.Config{Listener: listener}).Run(t.Context()); !errors.Is(err, net.ErrClosed) {
		t.Errorf("got %v", err)
	}
}

// When the desk stops, its devices hear why and waiting consoles get an answer.
func TestRunEnds(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &world{url: "http://" + listener.Addr().String(), client: http.DefaultClient}
	stop := desktest.Run(t, server.New(server.Config{Listener: listener}).Run)
	s := w.welcomed(t)
	silent := w.socket(t)
	code := s.ring(1)
	got := make(chan reply, 1)
	go func() { got <- w.connect(t, code) }()
	s.wantVoid(1, frame.ReasonUsed)
	if _, ok := s.read().(*frame.Offer); !ok {
		t.Fatal("no offer")
	}
	go stop()
	if r := <-got; r.error != "desk_stopping" && r.error != "device_away" {
		t.Errorf("the console got %+v", r)
	}
	for f := s.read(); ; f = s.read() {
		if bye, ok := f.(*frame.Bye); ok && bye.Reason == frame.ReasonShutdown {
			break
		}
		if f == nil {
			t.Fatal("no bye")
		}
	}
	silent.wantBye(frame.ReasonShutdown)
	stop()
	if _, err := net.Dial("tcp", listener.Addr().String()); err == nil {
		t.Error("the desk still listens")
	}
}

// Run outlives even the device that takes a second not to hear its bye.
func TestRunWaitsForDevices(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		network, log := new(desktest.Network), new(bytes.Buffer)
		w := &world{url: "http://" + desktest.Address, client: &http.Client{Transport: &http.Transport{DialContext: network.Dial}}}
		stop := desktest.Run(t, server.New(server.Config{
			Listener: network.Listen(),
			Log:      slog.New(slog.NewTextHandler(log, nil)),
		}).Run)
		w.welcomed(t)
		began := time.Now()
		stop()
		if took := time.Since(began); !strings.Contains(log.String(), "device ended") || took > 3*time.Second {
			t.Errorf("Run ended after %v, and the log is %s", took, log)
		}
	})
}

// Devices come back by themselves to a desk that was away for an hour, each
// within the longest delay.
func TestRestart(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		network := new(desktest.Network)
		w := &world{url: "http://" + desktest.Address, dial: network,
			client: &http.Client{Transport: &http.Transport{DialContext: network.Dial, DisableKeepAlives: true}}}
		stop := desktest.Run(t, server.New(server.Config{Listener: network.Listen()}).Run)
		type change struct {
			on bool
			at time.Time
		}
		changes := make(chan change, 10)
		void := make(chan frame.Reason, 10)
		d, _ := w.device(t, desk.Config{
			Answer: echo,
			State:  func(on bool) { changes <- change{on, time.Now()} },
			Void:   func(why frame.Reason) { void <- why },
		})
		ring(t, d)
		if c := <-changes; !c.on {
			t.Error("not connected")
		}
		stop()
		if c := <-changes; c.on {
			t.Error("still connected")
		}
		if why := <-void; why != frame.ReasonLost {
			t.Errorf("the code ended with %v", why)
		}
		time.Sleep(time.Hour)
		began := time.Now()
		desktest.Run(t, server.New(server.Config{Listener: network.Listen()}).Run)
		if c := <-changes; !c.on || c.at.Sub(began) > 10*time.Second {
			t.Errorf("back after %v", c.at.Sub(began))
		}
		w.wantConnect(t, ring(t, d), created, "")
	})
}

// TestLeak lives through many devices, consoles, refusals and desks, and
// counts the goroutines before and after. It is not parallel: others' would
// count too.
func TestLeak(t *testing.T) {
	cycle := func() {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		w := &world{url: "http://" + listener.Addr().String(), client: &http.Client{Transport: &http.Transport{}}}
		defer w.client.CloseIdleConnections()
		stopDesk := desktest.Run(t, server.New(server.Config{Listener: listener}).Run)
		defer stopDesk()
		for range 5 {
			d, stop := w.device(t, desk.Config{Answer: echo})
			code := ring(t, d)
			w.wantConnect(t, wrongFor(code), codeGone, "code_wrong")
			got := w.wantConnect(t, code, created, "")
			w.do(t, http.MethodDelete, got.location, nil, nil)
			s := w.welcomed(t)
			s.sendRaw([]byte{0xff})
			s.wantBye(frame.ReasonForm)
			s.conn.CloseNow()
			stop()
		}
	}
	cycle() // what is made once in a process is made now
	before := runtime.NumGoroutine()
	for range 10 {
		cycle()
	}
	wantGoroutines(t, before)
}

// wantGoroutines waits for those of the libraries, which may end a moment
// later than what they served.
func wantGoroutines(t *testing.T, want int) {
	t.Helper()
	for range 1000 {
		if runtime.NumGoroutine() <= want {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	stacks := make([]byte, 1<<20)
	t.Errorf("%d goroutines, want %d:\n%s", runtime.NumGoroutine(), want, stacks[:runtime.Stack(stacks, true)])
}

func Example() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go server.New(server.Config{Listener: listener}).Run(ctx)
	url := "http://" + listener.Addr().String()

	device := desk.NewDevice(desk.Config{
		URL: url,
		Answer: func(_ context.Context, offer []byte) ([]byte, error) {
			return fmt.Appendf(nil, "v=0 in answer to %q", offer), nil
		},
	})
	go device.Run(ctx)
	code, err := device.Ring(ctx)
	if err != nil {
		panic(err)
	}

	answer, resource, err := desk.Connect(ctx, url, code.Text, []byte("v=0"))
	fmt.Println(string(answer), err)
	fmt.Println(desk.Leave(ctx, resource))
	// Output:
	// v=0 in answer to "v=0" <nil>
	// <nil>
}

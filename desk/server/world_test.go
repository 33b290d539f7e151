package server_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/coder/websocket"
	"telestrator/desk"
	"telestrator/desk/desktest"
	"telestrator/desk/frame"
	"telestrator/desk/server"
)

const someOffer = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\n"

// world is a desk and what knows how to reach it.
type world struct {
	url    string
	client *http.Client
	dial   *desktest.Network // nil on the real loopback
}

// real runs a desk on the loopback.
func real(t *testing.T, c server.Config) *world {
	w := &world{url: desktest.Start(t, c), client: &http.Client{Transport: &http.Transport{}}}
	t.Cleanup(w.client.CloseIdleConnections)
	return w
}

// virtual runs test with a desk in memory, in virtual time.
func virtual(t *testing.T, limits server.Limits, test func(*testing.T, *world)) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		network := new(desktest.Network)
		desktest.Run(t, server.New(server.Config{Listener: network.Listen(), Limits: limits}).Run)
		w := &world{
			url:    "http://" + desktest.Address,
			client: &http.Client{Transport: &http.Transport{DialContext: network.Dial}},
			dial:   network,
		}
		t.Cleanup(w.client.CloseIdleConnections)
		test(t, w)
	})
}

// device runs a device until the test ends, or stop is called.
func (w *world) device(t *testing.T, c desk.Config) (d *desk.Device, stop func()) {
	c.URL = w.url
	if w.dial != nil {
		c.Dial = w.dial.Dial
	}
	d = desk.NewDevice(c)
	return d, desktest.Run(t, d.Run)
}

// echo answers an offer with itself.
func echo(_ context.Context, offer []byte) ([]byte, error) { return offer, nil }

// ring asks for a code.
func ring(t *testing.T, d *desk.Device) string {
	t.Helper()
	code, err := d.Ring(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return code.Text
}

// reply is what the desk answers: the id of the error, or the body.
type reply struct {
	status   int
	error    string
	body     string
	location string
	header   http.Header
}

// do sends a request and reads the reply.
func (w *world) do(t *testing.T, method, path string, body io.Reader, header map[string]string) reply {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, w.url+path, body)
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range header {
		if name == "Host" {
			req.Host = value
			continue
		}
		req.Header.Set(name, value)
	}
	resp, err := w.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	r := reply{resp.StatusCode, "", string(text), resp.Header.Get("Location"), resp.Header}
	if resp.Header.Get("Content-Type") == "application/json" {
		var problem struct{ Error, Message string }
		if err := json.Unmarshal(text, &problem); err != nil || problem.Message == "" {
			t.Errorf("no error answer: %q, %v", text, err)
		}
		r.error = problem.Error
	}
	return r
}

// connect is a console's request with a code.
func (w *world) connect(t *testing.T, code string) reply {
	t.Helper()
	return w.do(t, http.MethodPost, "/api/connect", strings.NewReader(someOffer), map[string]string{
		"Authorization": "Bearer " + code, "Content-Type": "application/sdp",
	})
}

func (w *world) wantConnect(t *testing.T, code string, status int, problem string) reply {
	t.Helper()
	got := w.connect(t, code)
	if got.status != status || got.error != problem {
		t.Errorf("connect: %d %s, want %d %s", got.status, got.error, status, problem)
	}
	return got
}

// wrongFor gives a code of the same ring with another secret.
func wrongFor(code string) string {
	last := "0"
	if strings.HasSuffix(code, last) {
		last = "1"
	}
	return code[:len(code)-1] + last
}

// readWithin bounds the wait for a frame that never comes; it is longer than
// anything a link waits for.
const readWithin = 2 * frame.Silence

// socket is a device's WebSocket without its manners.
type socket struct {
	t    *testing.T
	conn *websocket.Conn
}

// socket opens one and says nothing.
func (w *world) socket(t *testing.T) *socket {
	t.Helper()
	conn, _, err := websocket.Dial(t.Context(), w.url+"/api/device", &websocket.DialOptions{HTTPClient: w.client})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.CloseNow() })
	return &socket{t, conn}
}

// welcomed opens one and says hello.
func (w *world) welcomed(t *testing.T) *socket {
	t.Helper()
	s := w.socket(t)
	s.send(&frame.Hello{Version: frame.Version, Name: "test"})
	if _, ok := s.read().(*frame.Welcome); !ok {
		t.Fatal("no welcome")
	}
	return s
}

func (s *socket) send(f frame.Frame) {
	s.t.Helper()
	data, err := frame.Encode(f)
	if err != nil {
		s.t.Fatal(err)
	}
	s.sendRaw(data)
}

func (s *socket) sendRaw(data []byte) {
	s.t.Helper()
	if err := s.conn.Write(s.t.Context(), websocket.MessageBinary, data); err != nil {
		s.t.Fatal(err)
	}
}

// read gives the next frame, nil when the socket has ended.
func (s *socket) read() frame.Frame {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), readWithin)
	defer cancel()
	_, data, err := s.conn.Read(ctx)
	if err != nil {
		return nil
	}
	f, err := frame.Decode(data, frame.Desk)
	if err != nil {
		s.t.Fatal(err)
	}
	return f
}

// ring asks for a code as the device's number-th ring.
func (s *socket) ring(number uint32) string {
	s.t.Helper()
	s.send(&frame.Ring{Number: number})
	code, ok := s.read().(*frame.Code)
	if !ok || code.Number != number || code.Seconds != 600 {
		s.t.Fatalf("got %+v, want a code", code)
	}
	return frame.FormatCode(code.Code)
}

func (s *socket) wantBye(want frame.Reason) {
	s.t.Helper()
	if bye, ok := s.read().(*frame.Bye); !ok || bye.Reason != want {
		s.t.Errorf("got %+v, want bye: %v", bye, want)
	}
	if f := s.read(); f != nil {
		s.t.Errorf("%+v came after the bye", f)
	}
}

func (s *socket) wantVoid(number uint32, want frame.Reason) {
	s.t.Helper()
	if void, ok := s.read().(*frame.Void); !ok || void.Number != number || void.Reason != want {
		s.t.Errorf("got %+v, want void %d: %v", void, number, want)
	}
}

// rawRequest sends bytes as they are and gives the status line's code.
func (w *world) rawRequest(t *testing.T, request []byte) string {
	t.Helper()
	conn := dialTCP(t, w.url)
	if _, err := conn.Write(request); err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(conn)
	if err != nil && len(answer) == 0 {
		t.Fatal(err)
	}
	_, rest, _ := bytes.Cut(answer, []byte(" "))
	status, _, _ := bytes.Cut(rest, []byte(" "))
	return string(status)
}

package panel

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

const (
	testAddr  = "127.0.0.1:4711"
	testToken = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
)

func newServer(t *testing.T, c Control) *Server {
	t.Helper()
	s, err := New(Config{Control: c, Token: testToken, Addr: testAddr, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// request makes a request that passes every check; tests then spoil one thing.
func request(method, path, body string) *http.Request {
	r := httptest.NewRequest(method, "http://"+testAddr+path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+testToken)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	return r
}

// answer is what a client reads: the status, and the error's id if it is one.
type answer struct {
	Status int
	ID     string
}

func ask(s *Server, r *http.Request) (answer, *httptest.ResponseRecorder) {
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	var no Refusal
	_ = json.Unmarshal(w.Body.Bytes(), &no)
	return answer{w.Code, no.ID}, w
}

// expect asks and compares.
func expect(t *testing.T, s *Server, r *http.Request, want answer) *httptest.ResponseRecorder {
	t.Helper()
	got, w := ask(s, r)
	if got != want {
		t.Errorf("%s %s: got %v, want %v", r.Method, r.URL.Path, got, want)
	}
	return w
}

var fine = answer{Status: 200}

// says is the answer that a refusal gives.
func says(no *Refusal) answer { return answer{no.Status, no.ID} }

// pipes is a listener in memory, so that a whole server can run in virtual
// time.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
}

func newPipes() *pipes {
	return &pipes{conns: make(chan net.Conn), closed: make(chan struct{})}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	select {
	case <-p.closed:
	default:
		close(p.closed)
	}
	return nil
}

func (p *pipes) Addr() net.Addr {
	return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 4711}
}

// client is one connection to a running server.
type client struct {
	net.Conn
	in *bufio.Reader
}

func (p *pipes) dial() *client {
	here, there := net.Pipe()
	p.conns <- there
	return &client{here, bufio.NewReader(here)}
}

// send writes raw text from its own goroutine, as a pipe has no buffer.
func (c *client) send(text string) { go io.WriteString(c, text) }

// status reads one answer; 0 means that the connection was closed instead.
func (c *client) status() int {
	res, err := http.ReadResponse(c.in, nil)
	if err != nil {
		return 0
	}
	_, _ = io.Copy(io.Discard, res.Body)
	return res.StatusCode
}

// run starts s in this bubble, and ends it with the test.
func run(t *testing.T, s *Server) *pipes {
	p := newPipes()
	ctx, end := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- s.Run(ctx, p) }()
	t.Cleanup(func() {
		end()
		if err := <-ended; err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	return p
}

// head is a request's text up to its empty line, with the right token.
func head(method, path string, more ...string) string {
	lines := append([]string{
		method + " " + path + " HTTP/1.1", "Host: " + testAddr, "Authorization: Bearer " + testToken,
	}, more...)
	return strings.Join(lines, "\r\n") + "\r\n\r\n"
}

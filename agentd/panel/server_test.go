package panel

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestConfig(t *testing.T) {
	good := Config{Control: newFakeControl(), Token: testToken, Addr: testAddr}
	if _, err := New(good); err != nil {
		t.Fatal(err)
	}
	spoil := map[string]func(*Config){
		"no control":     func(c *Config) { c.Control = nil },
		"no token":       func(c *Config) { c.Token = "" },
		"short token":    func(c *Config) { c.Token = testToken[2:] },
		"long token":     func(c *Config) { c.Token += "00" },
		"no hexadecimal": func(c *Config) { c.Token = "x" + testToken[1:] },
	}
	for _, addr := range []string{
		"", ":80", "127.0.0.1", "127.0.0.1:0", "localhost:80", "0.0.0.0:80", "[::]:80", "192.168.0.1:80", "127.0.0.2:80", "[::ffff:127.0.0.1]:80", "[::1%lo]:80",
	} {
		spoil["address "+addr] = func(c *Config) { c.Addr = addr }
	}
	for what, spoil := range spoil {
		c := good
		spoil(&c)
		if _, err := New(c); err == nil || !strings.HasPrefix(err.Error(), "panel: ") {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestForeignListener(t *testing.T) {
	s := newServer(t, newFakeControl())
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithTimeout(t.Context(), 10*time.Second) // in case that it serves
	defer end()
	if err := s.Run(ctx, l); err == nil || !strings.Contains(err.Error(), "not at "+testAddr) {
		t.Errorf("another address: %v", err)
	}
	if _, err := l.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Error("the refused listener still listens")
	}
	unix, err := net.Listen("unix", t.TempDir()+"/s")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Run(ctx, unix); err == nil {
		t.Error("a unix socket is served")
	}
}

// serveTCP runs a server on a real loopback port.
func serveTCP(t *testing.T, c Control) *Server {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(Config{Control: c, Token: testToken, Addr: l.Addr().String()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(start(t, s, l))
	return s
}

// start runs s and returns what ends it again.
func start(t *testing.T, s *Server, l net.Listener) (end func()) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx, l) }()
	return func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Run: %v", err)
		}
	}
}

func TestOverTCP(t *testing.T) {
	t.Parallel()
	s := serveTCP(t, newFakeControl())
	res, err := http.Get(s.Link())
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != 200 || !strings.Contains(string(body), "<title>Telestrator panel") {
		t.Errorf("%d %v: %s", res.StatusCode, err, body)
	}
}

// When Run ends, a wait under way is answered and not cut off.
func TestRunEndsWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newServer(t, newFakeControl())
		p := newPipes()
		ctx, end := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- s.Run(ctx, p) }()
		c := p.dial()
		c.send(head("GET", "/api/state?after=1"))
		synctest.Wait()
		begin := time.Now()
		end()
		if got := c.status(); got != 200 {
			t.Errorf("the wait: %d", got)
		}
		if err := <-ended; err != nil || time.Since(begin) > partTime {
			t.Errorf("Run: %v after %v", err, time.Since(begin))
		}
	})
}

func TestRunEndsWithItsListener(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPipes()
		p.Close()
		if err := newServer(t, newFakeControl()).Run(t.Context(), p); !errors.Is(err, net.ErrClosed) {
			t.Errorf("got %v", err)
		}
	})
}

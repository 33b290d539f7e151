package panel

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"sync"

	"golang.org/x/time/rate"
)

// Config says what a Server serves. Control, Token and Addr are required.
type Config struct {
	// Control is the daemon behind the panel.
	Control Control

	// Token is the master token: 64 hexadecimal digits, 256 random bits, kept
	// by the daemon in a file that only the user can read.
	Token string

	// Addr is where the panel will be reached: Addr().String() of the listener
	// that Run is given later. The host is 127.0.0.1 or [::1].
	Addr string

	// Log receives what the user cannot be told. Nil means slog.Default().
	Log *slog.Logger
}

// Server is the panel. Its methods may be called by several goroutines.
type Server struct {
	control Control
	addr    netip.AddrPort
	log     *slog.Logger
	keys    *keys

	// Three purses for requests, so that those with the right token never wait
	// for those without.
	known, strangers, files *rate.Limiter

	answering sync.RWMutex // held for reading by each request, so that Run can outlast them
}

// New checks c and makes a Server. It starts nothing.
func New(c Config) (*Server, error) {
	if c.Control == nil {
		return nil, errors.New("panel: config: a Control is needed")
	}
	if !validToken(c.Token) {
		return nil, errors.New("panel: config: the token must be 64 hexadecimal digits")
	}
	addr, err := parseAddr(c.Addr)
	if err != nil {
		return nil, err
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	return &Server{
		control:   c.Control,
		addr:      addr,
		log:       c.Log,
		keys:      newKeys(c.Token),
		known:     rate.NewLimiter(perSecond, perSecond),
		strangers: rate.NewLimiter(perSecond, perSecond),
		files:     rate.NewLimiter(filesPerSecond, filesPerSecond),
	}, nil
}

// parseAddr accepts the two loopback addresses with a port.
func parseAddr(s string) (netip.AddrPort, error) {
	addr, err := netip.ParseAddrPort(s)
	if err != nil || addr.Port() == 0 {
		return addr, fmt.Errorf("panel: address %q: want a loopback address with its port, such as 127.0.0.1:8080", s)
	}
	host := addr.Addr()
	if host != netip.AddrFrom4([4]byte{127, 0, 0, 1}) && host != netip.IPv6Loopback() {
		return addr, fmt.Errorf("panel: address %q: the panel is for the user of this device alone; use 127.0.0.1 or [::1]", s)
	}
	return addr, nil
}

// Link makes a one-time link to the page. It can be opened once, within 60
// seconds; more of them can be made at any time.
func (s *Server) Link() string {
	return "http://" + s.addr.String() + "/#" + s.keys.newCode()
}

// Handler answers the panel's requests without the limits of the connection
// (their number, the size of a header, the time to send it), which only Run
// can set.
func (s *Server) Handler() http.Handler { return http.HandlerFunc(s.serve) }

// Run serves the panel on l, which must be the loopback listener that
// Config.Addr names, until ctx ends, and then returns nil. It closes l.
func (s *Server) Run(ctx context.Context, l net.Listener) error {
	defer l.Close()
	if got := l.Addr(); got.Network() != "tcp" || got.String() != s.addr.String() {
		return fmt.Errorf("panel: the listener is at %s, and not at %s as configured", got, s.addr)
	}
	serving, end := context.WithCancel(ctx)
	defer end()
	web := s.web(serving)
	var failed error
	var loop sync.WaitGroup
	loop.Go(func() { failed = web.Serve(&door{Listener: l}); end() })
	<-serving.Done()
	part(web)
	loop.Wait()
	s.answering.Lock() // after the last request
	defer s.answering.Unlock()
	if ctx.Err() == nil {
		return fmt.Errorf("panel: serve: %w", failed)
	}
	return nil
}

// web is the HTTP server with the limits of the connection.
func (s *Server) web(ctx context.Context) *http.Server {
	return &http.Server{
		Handler:           s.Handler(),
		MaxHeaderBytes:    maxHeader - headerSlop,
		ReadHeaderTimeout: headerTime,
		WriteTimeout:      writeTime,
		IdleTimeout:       idleTime,
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ConnContext:       withConn,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
}

// headerSlop is what net/http adds to MaxHeaderBytes.
const headerSlop = 4096

// part lets answers under way reach the page, then closes all connections.
func part(web *http.Server) {
	ctx, end := context.WithTimeout(context.Background(), partTime)
	defer end()
	if web.Shutdown(ctx) != nil {
		web.Close()
	}
}

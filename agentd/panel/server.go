package panel

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
)

// Config says what a Server serves. Control, Token and Addr are required.
type Config struct {
	// Control is the daemon behind the panel.
	Control Control

	// Token is the master token: 64 hexadecimal digits, 256 random bits, kept
	// by the daemon in a file that only the user can read.
	Token string

	// Addr is where the panel will be reached: Addr().String() of the listener
	// that Run is given later. The host is a literal loopback address.
	Addr string

	// Log receives what the user cannot be told. Nil means slog.Default().
	Log *slog.Logger
}

// Server is the panel. Its methods may be called by several goroutines.
type Server struct {
	config Config
}

// New checks c and makes a Server. It starts nothing.
func New(c Config) (*Server, error) {
	if c.Control == nil {
		return nil, errors.New("panel: a Control is needed")
	}
	return &Server{config: c}, nil
}

// Link makes a one-time link to the page. It can be opened once, within 60
// seconds; more of them can be made at any time.
func (s *Server) Link() string { return "http://" + s.config.Addr + "/#" }

// Handler answers the panel's requests without the limits of the connection
// (their number, the size of a header, the time to send it), which only Run
// can set.
func (s *Server) Handler() http.Handler { return http.NotFoundHandler() }

// Run serves the panel on l, which must be the loopback listener that
// Config.Addr names, until ctx ends. It closes l.
func (s *Server) Run(ctx context.Context, l net.Listener) error {
	<-ctx.Done()
	return l.Close()
}

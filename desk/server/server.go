// Package server is the desk: devices ring here, and consoles bring the codes
// that people read out to them. SIGNALLING.md, one folder up, is its
// specification.
//
// A [Server] keeps one WebSocket for each device (device.go), the codes that
// open one connection each (rings.go), and the connections made so far
// (connections.go). Consoles come by plain HTTP (connect.go), behind one gate
// that knows browsers' tricks (gate.go).
//
//	device  == WebSocket ==> ring, code            rings
//	console -- POST offer, code -->  take the code
//	                                 offer -> device ... answer
//	console <-- 201 answer
package server

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"

	"golang.org/x/net/netutil"
	"golang.org/x/time/rate"
	"telestrator/desk"
)

// Server is a desk. Run serves it; make one with New.
type Server struct {
	config      Config
	log         *slog.Logger
	hosts       map[string]bool
	rings       *rings
	connections *connections
	devices     counter
	callers     *callers
	work        tracker
}

// New makes a desk. It serves once Run runs.
func New(c Config) *Server {
	c.Limits = c.Limits.withDefaults()
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{config: c, log: c.Log, hosts: make(map[string]bool)}
	for _, host := range hostsOf(c) {
		s.hosts[host] = true
	}
	s.rings = newRings(c.Limits.Rings)
	s.connections = newConnections(c.Limits.Connections, c.Limits.PerDevice)
	s.devices = newCounter(c.Limits.Devices)
	s.callers = newCallers(rate.Limit(c.Limits.Requests), 3*c.Limits.Requests)
	return s
}

// Run serves until ctx ends or the listener fails, and returns once everything
// it started has ended. Devices come back by themselves to the next desk.
func (s *Server) Run(ctx context.Context) error {
	defer s.config.Listener.Close()
	if err := s.checkListener(); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	server := s.httpServer(ctx)
	var loops sync.WaitGroup
	loops.Go(func() {
		<-ctx.Done()
		s.shutdown(server)
	})
	err := server.Serve(netutil.LimitListener(s.config.Listener, s.config.Limits.Sockets))
	ended := ctx.Err()
	cancel()
	loops.Wait()
	s.work.wait()
	if ended != nil {
		return ended
	}
	return fmt.Errorf("desk: serve: %w", err)
}

// checkListener refuses to be reached from anywhere else.
func (s *Server) checkListener() error {
	host, _, err := net.SplitHostPort(s.config.Listener.Addr().String())
	if err != nil {
		return fmt.Errorf("desk: listen: %w", err)
	}
	return desk.Loopback(host)
}

func (s *Server) httpServer(ctx context.Context) *http.Server {
	return &http.Server{
		Handler:           s.Handler(),
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ReadHeaderTimeout: headerWithin,
		ReadTimeout:       bodyWithin,
		WriteTimeout:      replyWithin,
		IdleTimeout:       idleWithin,
		MaxHeaderBytes:    headerLimit - headerSlack,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
}

// shutdown lets requests end: by now their context has. Those that do not are
// cut off.
func (s *Server) shutdown(server *http.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), closeWithin)
	defer cancel()
	if server.Shutdown(ctx) != nil {
		_ = server.Close()
	}
}

// Handler is the desk as HTTP. Run serves it; requests also need the context
// that ends with the desk.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/device", s.device)
	mux.HandleFunc("POST /api/connect", s.connect)
	mux.HandleFunc("DELETE /api/connections/{id}", s.leave)
	mux.HandleFunc("/api/", func(w http.ResponseWriter, _ *http.Request) { notFound.write(w) })
	mux.HandleFunc("/", s.page)
	return s.gate(mux)
}

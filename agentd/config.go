package agentd

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"

	"telestrator/capture"
	"telestrator/privacy"
)

// Config is what a daemon is started with.
type Config struct {
	Name    string // of this instance; empty means "agentd"
	Device  string // name shown to agents; empty means the host's
	Display string // X display, such as ":0"; empty means $DISPLAY
	Desk    string // URL of the desk
	Listen  string // address of the panel; empty means 127.0.0.1:0
	Policy  Policy
	Ring    bool // ring as soon as the desk is there
	Log     *slog.Logger

	// Screen opens the screen; nil means Display. For tests.
	Screen func() (capture.Source, *privacy.Guard, error)
}

// withDefaults fills in what was left open.
func (c Config) withDefaults() Config {
	if c.Name == "" {
		c.Name = "agentd"
	}
	if c.Device == "" {
		c.Device, _ = os.Hostname()
	}
	if c.Display == "" {
		c.Display = os.Getenv("DISPLAY")
	}
	if c.Listen == "" {
		c.Listen = "127.0.0.1:0"
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	c.Policy = c.Policy.withDefaults()
	if c.Screen == nil {
		c.Screen = func() (capture.Source, *privacy.Guard, error) { return openScreen(c.Display, c.Policy.Privacy) }
	}
	return c
}

// openScreen opens capture and privacy on one display.
func openScreen(display string, policy privacy.Policy) (capture.Source, *privacy.Guard, error) {
	guard, err := privacy.Open(display, policy)
	if err != nil {
		return nil, nil, err
	}
	source, err := capture.Open(display)
	if err != nil {
		_ = guard.Close()
		return nil, nil, err
	}
	return source, guard, nil
}

// listen opens the panel's port on loopback.
func listen(address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("agentd: the panel cannot listen on %s: %w; choose another address with --listen", address, errors.Unwrap(err))
	}
	return l, nil
}

package agentd

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"

	"telestrator/agentd/guardian"
	"telestrator/capture"
	"telestrator/privacy"
)

// Config is what a daemon is started with.
type Config struct {
	Name    string // of this instance; empty means "agentd"
	Device  string // name shown to agents; empty means the host's
	Display string // X display, such as ":0"; empty means $DISPLAY
	Bus     string // address of the D-Bus session whose programs are on it; empty means the environment's
	Desk    string // URL of the desk
	Listen  string // address of the panel; empty means 127.0.0.1:0
	Policy  Policy
	Ring    bool // ring as soon as the desk is there

	// Record is a file in whose name each session's recording is made, with the
	// session's id before the ending. Empty records nothing.
	Record     string
	RecordMost int64 // bytes of all of them together; zero means RecordMost

	Log *slog.Logger

	// Screen opens the screen; nil means Display. For tests.
	Screen func() (Parts, error)
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
	if c.RecordMost == 0 {
		c.RecordMost = RecordMost
	}
	c.Policy = c.Policy.withDefaults()
	if c.Screen == nil {
		c.Screen = func() (Parts, error) { return openScreen(c.Display, c.Bus, c.Policy) }
	}
	return c
}

// openScreen opens capture, privacy and guardian on one display, and asks the
// programs of one D-Bus session for their secrets.
func openScreen(display, bus string, policy Policy) (p Parts, err error) {
	if p.Guard, err = privacy.Open(display, bus, policy.Privacy); err != nil {
		return p, err
	}
	if p.Source, err = capture.Open(display); err != nil {
		_ = p.Guard.Close()
		return p, err
	}
	if err = canBeneath(p.Source); err == nil && len(policy.Privacy.Only) > 0 {
		_, err = canOnly(p.Source)
	}
	if err != nil {
		_ = p.Guard.Close()
		_ = p.Source.Close()
		return p, err
	}
	p.Guardian, err = guardian.Start(guardian.Config{Display: display, Chord: policy.Stop,
		Language: language(), Own: privacy.OwnTitles})
	if err != nil {
		_ = p.Guard.Close()
		_ = p.Source.Close()
	}
	return p, err
}

// canBeneath says why pictures of a screen could not be without our own sign
// and ink. Then nothing is shared.
func canBeneath(source capture.Source) error {
	b, can := source.(capture.Beneath)
	if !can {
		return fmt.Errorf("agentd: pictures of this screen would have our own sign in them: %w", capture.ErrUnsupported)
	}
	return b.CanBeneath()
}

// language is the user's, such as "de_DE.UTF-8" (POSIX, 8.2).
func language() string {
	return cmp.Or(os.Getenv("LC_ALL"), os.Getenv("LC_MESSAGES"), os.Getenv("LANG"))
}

// listen opens the panel's port on loopback.
func listen(address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("agentd: the panel cannot listen on %s: %w; choose another address with --listen", address, errors.Unwrap(err))
	}
	return l, nil
}

package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"

	"telestrator/agentd"
)

// defaultFile is read when it is there and --config is not given.
const defaultFile = "/etc/agentd/agentd.yaml"

// run serves this device. Flags go before the environment, that before the
// file, and that before the defaults.
type run struct {
	Config     string      `help:"Configuration file; /etc/agentd/agentd.yaml if it is there." env:"AGENTD_CONFIG" placeholder:"FILE"`
	Name       string      `help:"Name of this agentd, to run several." env:"AGENTD_NAME"`
	Device     string      `help:"Name shown to agents; the host's by default." env:"AGENTD_DEVICE"`
	Display    string      `help:"X display to show, such as :0; $$DISPLAY by default." env:"AGENTD_DISPLAY"`
	SessionBus string      `help:"Address of the D-Bus session of that display's programs; $$DBUS_SESSION_BUS_ADDRESS by default." env:"AGENTD_SESSION_BUS" placeholder:"ADDRESS"`
	Desk       string      `help:"URL of the desk; on this machine until identities exist." env:"AGENTD_DESK" placeholder:"URL"`
	Listen     string      `help:"Address of the panel; 127.0.0.1:0 by default." env:"AGENTD_LISTEN"`
	Most       agentd.Bits `help:"What pictures may take of the network, such as 2Mbit, for each session; no bound by default." env:"AGENTD_NETWORK_MOST" placeholder:"RATE"`
	recording
	Verbose bool `short:"v" help:"Say more on standard error."`
}

// Help is printed by kong below the command's sentence.
func (run) Help() string {
	return `It switches accessibility on in the user's D-Bus session, over which programs tell where their password fields are. Start it at login, before browsers: what started earlier cannot be looked into and is hidden. agentd doctor tells what can be protected.`
}

// Run is called by kong.
func (r *run) Run(ctx context.Context) error {
	config, err := r.config()
	if err != nil {
		return usage{err}
	}
	d, err := agentd.New(config)
	if err != nil {
		return usage{err}
	}
	fmt.Printf("Panel (for the user of this device): %s\n", d.Link())
	return d.Run(ctx)
}

// config lays the flags over the file, and wants a desk.
func (r *run) config() (agentd.Config, error) {
	file, _, err := r.file()
	if err != nil {
		return agentd.Config{}, err
	}
	c, err := r.lay(file)
	if err == nil && c.Desk == "" {
		err = errors.New("agentd: no desk is configured: give its URL with --desk, or try agentd demo")
	}
	return c, err
}

// lay lays the flags over a file.
func (r *run) lay(file agentd.File) (agentd.Config, error) {
	c, err := file.Config()
	c.Name = cmp.Or(r.Name, c.Name, "agentd")
	c.Device, c.Display = cmp.Or(r.Device, c.Device), cmp.Or(r.Display, c.Display)
	c.Bus = cmp.Or(r.SessionBus, c.Bus)
	c.Desk, c.Listen = cmp.Or(r.Desk, c.Desk), cmp.Or(r.Listen, c.Listen)
	if r.Most != 0 {
		c.Policy.Most = r.Most.Bytes()
	}
	r.recording.lay(&c)
	c.Log = logger(r.Verbose)
	return c, err
}

// file reads the configuration, and says from where.
func (r *run) file() (f agentd.File, path string, err error) {
	if r.Config != "" {
		f, err = agentd.LoadFile(r.Config)
		return f, r.Config, err
	}
	f, err = agentd.LoadFile(defaultFile)
	if errors.Is(err, fs.ErrNotExist) {
		return agentd.File{}, "", nil
	}
	return f, defaultFile, err
}

// logger writes to standard error; without verbose only what matters.
func logger(verbose bool) *slog.Logger {
	level := slog.LevelWarn
	if verbose {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
}

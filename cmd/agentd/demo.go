package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"sync"
	"time"

	"telestrator/agentd"
	"telestrator/console"
	"telestrator/desk"
	"telestrator/desk/server"
)

// demo is desk, panel, console and daemon in one process, on loopback.
type demo struct {
	Display    string `help:"X display to show; by default a small desktop of its own." env:"AGENTD_DISPLAY"`
	SessionBus string `help:"Address of the D-Bus session of that display's programs; $$DBUS_SESSION_BUS_ADDRESS by default." env:"AGENTD_SESSION_BUS" placeholder:"ADDRESS"`
	Listen     string `help:"Address of desk and console." default:"127.0.0.1:0" env:"AGENTD_LISTEN"`
	Name       string `help:"Name of this agentd, to run several." default:"demo" env:"AGENTD_NAME"`
	Config     string `help:"Configuration file, for what is hidden." placeholder:"FILE"`
	JSON       bool   `name:"json" help:"Print one line of JSON instead of the explanation."`
	recording
	Verbose bool `short:"v" help:"Say more on standard error."`
}

// links is what --json prints.
type links struct {
	Display   string `json:"display"`
	Console   string `json:"console"`
	Panel     string `json:"panel"`
	TokenFile string `json:"panel_token_file"`
	Code      string `json:"code"`
	Desk      string `json:"desk"`
}

// Run is called by kong.
func (c *demo) Run(ctx context.Context) error {
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return usage{fmt.Errorf("cannot listen on %s: %w; choose another address with --listen", c.Listen, errors.Unwrap(err))}
	}
	defer listener.Close()
	if err := desk.Loopback(listener.Addr().(*net.TCPAddr).IP.String()); err != nil {
		return usage{err}
	}
	ctx, end := context.WithCancelCause(ctx)
	var parts sync.WaitGroup
	defer parts.Wait()
	defer end(nil)
	if c.Display == "" {
		desktop, err := startDesktop(ctx, &parts)
		if err != nil {
			return usage{err}
		}
		c.Display, c.SessionBus = desktop.display, desktop.session
	}
	return c.serve(ctx, end, &parts, listener)
}

// serve runs desk and daemon until ctx ends.
func (c *demo) serve(ctx context.Context, end context.CancelCauseFunc, parts *sync.WaitGroup, listener net.Listener) error {
	url := "http://" + listener.Addr().String()
	log := logger(c.Verbose)
	rendezvous := server.New(server.Config{Listener: listener, Console: console.Files(), Log: log})
	config, err := c.config(url)
	if err != nil {
		return usage{err}
	}
	config.Log = log
	c.recording.lay(&config)
	daemon, err := agentd.New(config)
	if err != nil {
		return usage{err}
	}
	parts.Go(func() { end(rendezvous.Run(ctx)) })
	parts.Go(func() { end(daemon.Run(ctx)) })
	if err := c.tell(ctx, daemon, url); err != nil {
		return err
	}
	<-ctx.Done()
	return context.Cause(ctx)
}

// config is the demo's: no delays, and what the file hides.
func (c *demo) config(url string) (agentd.Config, error) {
	file := agentd.File{}
	if c.Config != "" {
		var err error
		if file, err = agentd.LoadFile(c.Config); err != nil {
			return agentd.Config{}, err
		}
	}
	config, err := file.Config()
	hidden := config.Policy.Privacy
	config.Policy = agentd.DemoPolicy()
	config.Policy.Privacy = hidden
	config.Name, config.Device, config.Display = c.Name, "Demo tablet", c.Display
	config.Bus = cmp.Or(c.SessionBus, config.Bus)
	config.Desk, config.Listen, config.Ring = url, "127.0.0.1:0", true
	return config, err
}

// tell prints the links once the code is there.
func (c *demo) tell(whole context.Context, daemon *agentd.Daemon, url string) error {
	ctx, cancel := context.WithTimeout(whole, 10*time.Second)
	defer cancel()
	state := daemon.State()
	for state.Code == "" && ctx.Err() == nil {
		state = daemon.Wait(ctx, state.Number)
	}
	if state.Code == "" && whole.Err() != nil {
		return context.Cause(whole)
	}
	if state.Code == "" {
		return errors.New("the demo's desk did not give a code in time; try again")
	}
	l := links{Display: c.Display, Console: state.Console, Panel: daemon.Link(),
		TokenFile: daemon.TokenFile(), Code: state.Code, Desk: url}
	if c.JSON {
		return json.NewEncoder(os.Stdout).Encode(l)
	}
	fmt.Printf(explanation, l.Display, l.Console, l.Panel, c.Name, state.Privacy.Sentence)
	return nil
}

const explanation = `Telestrator shows display %s.

  The agent's console   %s
  The user's panel      %s

1. Open the panel: you are the user. The link opens once, within a minute;
   agentd status --name %s makes a new one.
2. Open the console in another window: you are the agent. Join.
3. Allow it in the panel, and see the screen in the console.

%s
Ctrl+C ends the demo.
`

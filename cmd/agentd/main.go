// Command agentd lets a person help at this device's screen, while its user
// stays in charge. See agentd --help.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"telestrator/agentd/guardian"
)

// Exit codes.
const (
	exitFailed = 1 // it ran, and failed
	exitUsage  = 2 // it could not begin: a flag, a file, a display or a port is wrong
)

// cli is the commands and their flags.
type cli struct {
	Demo    demo    `cmd:"" help:"Show help at work: desk, console and panel on this machine, with a small desktop of its own."`
	Run     run     `cmd:"" help:"Serve this device: its screen, its panel, and its line to the desk."`
	Status  status  `cmd:"" help:"Tell what a running agentd does, and make a new link to its panel."`
	Pause   act     `cmd:"" help:"Hold all pictures and input back until resume."`
	Resume  act     `cmd:"" help:"Let them go on."`
	Stop    act     `cmd:"" help:"End every session at once."`
	Doctor  doctor  `cmd:"" help:"Tell what this desktop can and cannot protect, before anybody sees it."`
	Version version `cmd:"" help:"Print the version."`

	Guardian keeper `cmd:"" hidden:"" help:"Keep what acts on the screen; started by agentd itself."`
}

const description = `Telestrator's daemon: somebody sees this device's screen to help, after its user has allowed it.

Exit codes: 0 well, 1 failed while running, 2 could not begin (the message says what to change).`

// keeper is the second process, in which ink, sign and injection live.
type keeper struct{}

// Run is called by kong.
func (keeper) Run(ctx context.Context) error { return guardian.Main(ctx) }

// memoryLimit is what the Go runtime tries to stay below: five pictures of the
// largest screen (released, reference, two that privacy keeps, one of the panel),
// their streams, and what a hostile console may cost. GOMEMLIMIT overrides it.
const memoryLimit = 1 << 30

// garbage is how much of it may lie about, in percent of what is in use. Nearly
// all of that is pictures, which cost a collection nothing and of which little
// becomes garbage, so a small part keeps the daemon small. GOGC overrides it.
const garbage = 25

func main() {
	if err := seal(); err != nil {
		fmt.Fprintln(os.Stderr, sentence(fmt.Errorf("agentd: core dumps cannot be switched off: %w", err)))
		os.Exit(exitUsage)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbage)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(command(ctx, os.Args[1:]))
}

// command runs one command line and returns the exit code.
func command(ctx context.Context, args []string) int {
	var c cli
	parser := kong.Must(&c, kong.Name("agentd"), kong.Description(description),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}), kong.BindTo(ctx, (*context.Context)(nil)))
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		return explain(usage{fmt.Errorf("%w; try agentd --help", err)})
	}
	return explain(parsed.Run(ctx))
}

// usage marks errors of which the user can change the cause before trying again.
type usage struct{ error }

func (u usage) Unwrap() error { return u.error }

// explain prints one sentence about an error and returns the exit code for it.
func explain(err error) int {
	var wrong usage
	switch {
	case err == nil || errors.Is(err, context.Canceled):
		return 0
	case errors.Is(err, errUnprotected):
		return exitFailed
	case errors.As(err, &wrong):
		fmt.Fprintln(os.Stderr, sentence(err))
		return exitUsage
	}
	fmt.Fprintln(os.Stderr, sentence(err))
	return exitFailed
}

// sentence is an error on one line, with the program's name before it once.
func sentence(err error) string {
	text := strings.Join(strings.Fields(err.Error()), " ")
	return "agentd: " + strings.TrimPrefix(text, "agentd: ")
}

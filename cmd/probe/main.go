// Command probe connects to a device like any console, without a window. It
// decodes everything, counts it, and keeps the last picture. See probe --help.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"telestrator/desk"
	"telestrator/peer"
	"telestrator/protocol"
)

// Exit codes.
const (
	exitEnded   = 1 // the session ended before its time, or a case of conformance failed
	exitUsage   = 2 // a flag or a file is wrong
	exitRefused = 3 // the desk or the user said no, or nobody answered
	exitBroken  = 4 // the device sent what it must not
)

type options struct {
	Desk    string        `help:"URL of the desk." placeholder:"URL"`
	Code    string        `help:"Code that the user's panel shows."`
	Name    string        `help:"Name shown to the user." default:"probe"`
	Request string        `help:"Scopes to ask for, separated by commas." default:"view"`
	Look    string        `help:"Part of the screen to look at: x,y,width,height." placeholder:"PART"`
	Size    string        `help:"Largest picture to be sent, which the device scales to fit." placeholder:"WxH"`
	Seconds float64       `help:"How long to watch, from the first picture on." default:"5"`
	Wait    time.Duration `help:"How long to wait for the user's answer and the first picture." default:"60s"`
	PNG     string        `name:"png" help:"File for the last picture." placeholder:"FILE"`
	Raw     string        `help:"File for the last picture as bytes R, G, B, A." placeholder:"FILE"`
	Ink     string        `help:"Script of strokes, a JSON object a line; - is standard input." placeholder:"FILE"`
	Input   string        `help:"Script of mouse and keyboard, a JSON object a line; - is standard input." placeholder:"FILE"`
	Record  string        `help:"File for every message, for inspect." placeholder:"FILE"`
	Replay  string        `help:"Play a recording instead of connecting; only --png, --raw, --speed and --json go with it." placeholder:"FILE"`
	Speed   float64       `help:"How many times as fast the recording is played; 0 does not wait." default:"1" placeholder:"N"`
	JSON    bool          `name:"json" help:"Print the report as one JSON object."`
}

const description = `Connects to a device as an agent's console would, and reports what came.

"probe conform" judges a device by the protocol, "probe conform-console" a console; each has its own --help.

Exit codes: 0 well, 1 the session ended early, 2 a flag or file is wrong, 3 refused or nobody answered, 4 the device broke the protocol.`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	name, help, does, arguments := command(os.Args[1:])
	parser := kong.Must(does, kong.Name(name), kong.Description(help), kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if _, err := parser.Parse(arguments); err != nil {
		fail(exitUsage, fmt.Errorf("%w; try %s --help", err, name))
	}
	if err := does.run(ctx); err != nil {
		fail(codeOf(err), err)
	}
}

// command is what the first argument asks for: to watch, if it is a flag.
func command(arguments []string) (name, help string, does interface{ run(context.Context) error }, rest []string) {
	switch {
	case len(arguments) > 0 && arguments[0] == "conform":
		return "probe conform", deviceHelp, &device{}, arguments[1:]
	case len(arguments) > 0 && arguments[0] == "conform-console":
		return "probe conform-console", consoleHelp, &viewing{}, arguments[1:]
	}
	return "probe", description, &options{}, arguments
}

func fail(code int, err error) {
	fmt.Fprintln(os.Stderr, "probe: "+strings.TrimPrefix(err.Error(), "probe: "))
	os.Exit(code)
}

// usage marks errors of which the cause is on the command line.
type usage struct{ error }

func codeOf(err error) int {
	var wrong usage
	var refused *desk.Refused
	var broken *broken
	switch {
	case errors.As(err, &wrong):
		return exitUsage
	case errors.As(err, &refused), errors.Is(err, errRefused):
		return exitRefused
	case errors.As(err, &broken):
		return exitBroken
	}
	return exitEnded
}

// run connects, watches and reports. The report is printed however it ends.
func (o *options) run(ctx context.Context) error {
	switch {
	case o.Replay != "":
		return o.play(ctx, o.print)
	case o.Desk == "" || o.Code == "":
		return usage{errLine}
	}
	scopes, ok := protocol.ParseScopes(strings.Split(o.Request, ","))
	if !ok {
		return usage{errors.New("--request takes view, ink, pointer and keyboard")}
	}
	v := newViewer(o.Name, scopes)
	var err error
	if v.wish, err = wish(o.Look, o.Size); err != nil {
		return usage{err}
	}
	if o.Record != "" {
		file, err := os.OpenFile(o.Record, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
		if err != nil {
			return usage{err}
		}
		defer file.Close()
		if v.recorder, err = protocol.NewRecorder(file); err != nil {
			return err
		}
	}
	script, err := openScripts(o.Input, o.Ink)
	if err != nil {
		return err
	}
	v.script = script
	ctx, end := context.WithCancel(ctx)
	defer end()
	go script.Run(ctx, v.begin) // it ends with the program
	conn, leave, err := connect(ctx, o.Desk, o.Code)
	if err != nil {
		return err
	}
	defer leave()
	err = v.watch(ctx, conn, o.Wait, time.Duration(o.Seconds*float64(time.Second)))
	return errors.Join(err, o.save(v), o.print(v.report()))
}

// connect brings an offer to the desk and opens the connection.
func connect(ctx context.Context, url, code string) (peer.Conn, func(), error) {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	offering, err := peer.Offer(ctx, peer.Config{Loopback: true})
	if err != nil {
		return nil, nil, err
	}
	answer, resource, err := desk.Connect(ctx, url, code, offering.SDP())
	if err != nil {
		_ = offering.Close()
		return nil, nil, err
	}
	conn, err := offering.Accept(ctx, answer)
	if err != nil {
		return nil, nil, err
	}
	return conn, func() {
		_ = conn.Close()
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		_ = desk.Leave(ctx, resource) // it ends by itself otherwise
	}, nil
}

func (o *options) print(r report) error {
	if !o.JSON {
		fmt.Printf("%d pictures in %.1f s (%.1f a second), %d bytes, %dx%d, may: %s\n",
			r.Frames, r.Seconds, r.FPS, r.Bytes, r.Width, r.Height, strings.Join(r.Scopes, ", "))
		return nil
	}
	return json.NewEncoder(os.Stdout).Encode(r)
}

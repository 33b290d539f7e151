// Command inspect prints a recording (probe --record, agentd run --record) in
// CBOR diagnostic notation, one message a line: seconds, direction, channel,
// kind, message. See inspect --help.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"telestrator/protocol"
)

// Exit codes.
const (
	exitBroken = 1 // the file is no recording, or damaged
	exitUsage  = 2 // a flag is wrong, or the file cannot be read
	exitCut    = 3 // the file ends in the middle; what came before is whole
)

const description = `Prints a recording of a session, one message a line: seconds, direction, channel, kind, and the message in CBOR diagnostic notation. -> is to the device, <- to the console. Bytes are shortened unless --full is given.

Exit codes: 0 well, 1 no recording or a damaged one, 2 a flag is wrong or the file cannot be read, 3 the file ends too early. What is before the damage is printed all the same.`

type options struct {
	File string `arg:"" help:"Recording; - is standard input."`
	filter
	Limit int  `help:"Stop after so many messages; 0 is no limit." placeholder:"N"`
	Stats bool `help:"Count messages and bytes of each kind instead."`
	Full  bool `help:"Print all bytes of pictures."`
	JSON  bool `name:"json" help:"Print JSON: an object for each message, or one for --stats."`
}

func main() {
	var o options
	parser := kong.Must(&o, kong.Name("inspect"), kong.Description(description), kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if _, err := parser.Parse(os.Args[1:]); err != nil {
		fail(exitUsage, fmt.Errorf("%w; try inspect --help", err))
	}
	if err := o.run(os.Stdout); err != nil {
		fail(codeOf(err), err)
	}
}

func fail(code int, err error) {
	fmt.Fprintln(os.Stderr, "inspect: "+strings.TrimPrefix(err.Error(), "protocol: "))
	os.Exit(code)
}

func codeOf(err error) int {
	var bad *protocol.BadRecording
	switch {
	case errors.As(err, &bad) && bad.Cut:
		return exitCut
	case errors.As(err, &bad):
		return exitBroken
	}
	return exitUsage
}

// run prints what is wanted of the file, and then says what is wrong with it.
func (o *options) run(w io.Writer) error {
	if err := o.ready(o.Limit); err != nil {
		return err
	}
	file, err := open(o.File)
	if err != nil {
		return err
	}
	defer file.Close()
	out := bufio.NewWriter(w)
	err = o.print(out, bufio.NewReader(file))
	if failed := out.Flush(); failed != nil && !errors.Is(failed, syscall.EPIPE) {
		return failed
	}
	return err
}

func open(name string) (*os.File, error) {
	if name == "-" {
		return os.Stdin, nil
	}
	return os.Open(name)
}

// print prints what passes the filter, message by message or counted.
func (o *options) print(out *bufio.Writer, file io.Reader) error {
	var show func(protocol.Record)
	count := newStats()
	switch {
	case o.Stats:
		show = count.add
	case o.JSON:
		show = func(r protocol.Record) { printJSON(out, r, o.Full) }
	default:
		show = func(r protocol.Record) { fmt.Fprintln(out, line(r, o.Full)) }
	}
	err := o.each(file, show)
	if o.Stats {
		count.print(out, o.JSON)
	}
	return err
}

// each shows the records that pass the filter, until the limit.
func (o *options) each(file io.Reader, show func(protocol.Record)) error {
	shown := 0
	return protocol.ReadRecording(file, func(r protocol.Record) bool {
		if o.over(r) {
			return false
		}
		if o.pass(r) {
			show(r)
			shown++
		}
		return o.Limit == 0 || shown < o.Limit
	})
}

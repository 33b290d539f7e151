// Command inspect prints a recording (probe --record) in CBOR diagnostic
// notation, one message a line: time, direction, channel, kind, message.
package main

import (
	"bufio"
	"fmt"
	"os"

	"telestrator/protocol"
)

var channels = [...]string{"ctl", "evt", "input", "move", "ink", "ping", "screen"}
var arrows = [...]string{protocol.ToDevice: "->", protocol.ToConsole: "<-"}

func main() {
	if len(os.Args) != 2 || os.Args[1] == "--help" {
		fmt.Fprintln(os.Stderr, "usage: inspect FILE\nPrints a recording made by probe --record, one message a line.\n-> is to the device, <- to the console. Exit codes: 0 well, 1 not a recording, 2 cannot read.")
		os.Exit(2)
	}
	file, err := os.Open(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "inspect:", err)
		os.Exit(2)
	}
	out := bufio.NewWriter(os.Stdout)
	err = protocol.ReadRecording(bufio.NewReader(file), func(r protocol.Record) bool {
		fmt.Fprintln(out, line(r))
		return true
	})
	out.Flush()
	if err != nil {
		fmt.Fprintln(os.Stderr, "inspect:", err)
		os.Exit(1)
	}
}

func line(r protocol.Record) string {
	text, err := protocol.Diagnose(r.Bytes)
	if err != nil {
		text = fmt.Sprintf("%d bytes that are not CBOR: %v", len(r.Bytes), err)
	}
	kind, _ := protocol.KindOf(r.Bytes)
	return fmt.Sprintf("%12.6f %s %-6s %-13s %s", float64(r.Time)/1e6, arrows[r.Direction], channels[r.Channel], kind, text)
}

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"strings"

	"telestrator/protocol"
)

var (
	arrows = [...]string{protocol.ToDevice: "->", protocol.ToConsole: "<-"}
	sides  = [...]string{protocol.ToDevice: "device", protocol.ToConsole: "console"}
)

// line is a record for people.
func line(r protocol.Record, full bool) string {
	return fmt.Sprintf("%12.6f %s %-6s %-13s %s", seconds(r), arrows[r.Direction], channels[r.Channel], kindOf(r), diagnose(r.Bytes, full))
}

// diagnose is a message in diagnostic notation, or a comment about what is none.
func diagnose(data []byte, full bool) string {
	if len(data) == 0 {
		return "/ withheld /"
	}
	text, err := protocol.Diagnose(data)
	if err != nil {
		return fmt.Sprintf("/ %d bytes that are not CBOR /", len(data))
	}
	if !full {
		text = shorten(text)
	}
	return text
}

// maxShown is how many bytes of a byte string are shown, and keptShown how many
// of one that is longer.
const maxShown, keptShown = 32, 16

// shorten cuts long byte strings, and says how long they are. It leaves alone
// what stands between quotes.
func shorten(text string) string {
	var b strings.Builder
	for text != "" {
		at := strings.IndexAny(text, `"'`)
		if at < 0 {
			break
		}
		end := at + 1 + closing(text[at+1:], text[at])
		token := text[at:end]
		if hex := token[1 : len(token)-1]; token[0] == '\'' && len(hex) > 2*maxShown {
			token = fmt.Sprintf("'%s...' / %d bytes /", hex[:2*keptShown], len(hex)/2)
		}
		b.WriteString(text[:at] + token)
		text = text[end:]
	}
	return b.String() + text
}

// closing is how much of text is up to and with the quote that ends it.
func closing(text string, quote byte) int {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case quote:
			return i + 1
		}
	}
	return len(text)
}

// message is a record for programs.
type message struct {
	Seconds   float64 `json:"seconds"`
	Direction string  `json:"direction"` // where it goes: device or console
	Channel   string  `json:"channel"`
	Kind      string  `json:"kind"`
	Bytes     int     `json:"bytes"`
	Message   string  `json:"message"` // diagnostic notation
}

func printJSON(out *bufio.Writer, r protocol.Record, full bool) {
	_ = json.NewEncoder(out).Encode(message{seconds(r), sides[r.Direction], channels[r.Channel], kindOf(r), len(r.Bytes), diagnose(r.Bytes, full)}) // out keeps its error
}

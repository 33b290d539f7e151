package main

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"telestrator/protocol"
)

var channels = [...]string{"ctl", "evt", "input", "move", "ink", "ping", "screen"}

// filter says which messages are wanted: those that pass every flag given.
type filter struct {
	Kind      []string `help:"Only these kinds, by name, separated by commas; unknown is what is no message." placeholder:"KINDS"`
	Channel   []string `help:"Only these channels: ctl, evt, input, move, ink, ping, screen." placeholder:"CHANNELS"`
	Direction string   `help:"Only to the device, or to the console." enum:",device,console" default:"" placeholder:"device|console"`
	From      float64  `help:"Only from so many seconds on." placeholder:"SECONDS"`
	To        float64  `help:"Only until so many seconds, themselves included." placeholder:"SECONDS"`
}

var errRange = errors.New("--from, --to and --limit are 0 or more, and --to is not before --from")

// ready says what is wrong with the flags.
func (f *filter) ready(limit int) error {
	for _, name := range f.Kind {
		if _, known := protocol.ParseKind(name); !known && name != unknown {
			return fmt.Errorf("there is no kind %q; SPEC.md 4 lists them", name)
		}
	}
	for _, name := range f.Channel {
		if !slices.Contains(channels[:], name) {
			return fmt.Errorf("there is no channel %q: %s", name, strings.Join(channels[:], ", "))
		}
	}
	if !(f.From >= 0 && f.To >= 0 && limit >= 0) || f.To != 0 && f.To < f.From {
		return errRange
	}
	if f.To == 0 {
		f.To = math.Inf(1)
	}
	return nil
}

func (f *filter) over(r protocol.Record) bool { return seconds(r) > f.To }

func (f *filter) pass(r protocol.Record) bool {
	return seconds(r) >= f.From &&
		(len(f.Kind) == 0 || slices.Contains(f.Kind, kindOf(r))) &&
		(len(f.Channel) == 0 || slices.Contains(f.Channel, channels[r.Channel])) &&
		(f.Direction == "" || f.Direction == sides[r.Direction])
}

func seconds(r protocol.Record) float64 { return float64(r.Time) / 1e6 }

// unknown is the kind of what is no message.
const unknown = "unknown"

func kindOf(r protocol.Record) string {
	if kind, ok := protocol.KindOf(r.Bytes); ok {
		return kind.String()
	}
	return unknown
}

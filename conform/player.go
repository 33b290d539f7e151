package conform

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// player is our side of one case's connection: a console's when it sends to the
// device, a device's when it sends to the console.
type player struct {
	context.Context
	link     *link
	sends    way
	name     string // what our console calls itself
	user     User   // nil without one
	patience time.Duration

	state   state // as our side sees it
	heard   []said
	bye     *said // the last message of the other side
	log     transcript
	joiners map[channel]*joiner
	console viewer // what a console keeps
	asked   uint64 // pings
	pings   [2]time.Time
	ours    uint64 // generation that our device told last
}

// said is a message of the other side that was right.
type said struct {
	kind   *kind
	on     channel
	values []any
}

// get is the value of a field.
func (s *said) get(name string) any {
	for i, f := range s.kind.fields {
		if f.name == name {
			return s.values[i]
		}
	}
	panic("conform: " + s.kind.name + " has no " + name) // a mistake in a case
}

func (s *said) number(name string) uint64 {
	n, _ := s.get(name).(uint64)
	return n
}

const (
	maxHeard = 4096 // messages that no step has asked for; the oldest go
	grace    = 150 * time.Millisecond
	closing  = 3 * time.Second // for the end after a bye
)

var (
	errSilent = errors.New("nothing came")
	errEnded  = errors.New("the other side ended the connection")
)

func newPlayer(ctx context.Context, l *link, sends way) *player {
	return &player{Context: ctx, link: l, sends: sends, console: newViewer(),
		joiners: map[channel]*joiner{evt: {unordered: true}, screen: {}}}
}

// keep leaves a message to the steps.
func (p *player) keep(s said) {
	if s.kind.name == "bye" {
		p.bye = &s
		p.log.add("   bye: %s", codeName(s.number("code")))
	}
	if len(p.heard) == maxHeard {
		p.heard = p.heard[1:]
	}
	p.heard = append(p.heard, s)
}

// find takes the first message that fits out of what was heard, and with it all
// older ones of its kind.
func (p *player) find(kind string, fits func(*said) bool) *said {
	for i := range p.heard {
		if s := p.heard[i]; s.kind.name == kind && fits(&s) {
			rest := slices.DeleteFunc(slices.Clone(p.heard[:i]), func(older said) bool { return older.kind == s.kind })
			p.heard = append(rest, p.heard[i+1:]...)
			return &s
		}
	}
	return nil
}

// wait hears until something is so. A bye or an end that nobody waits for is an
// error.
func (p *player) wait(what string, done func() bool) error {
	for until := time.Now().Add(p.patience); !done(); {
		if p.bye != nil {
			return fmt.Errorf("waited for %s, and got a bye: %s", what, codeName(p.bye.number("code")))
		}
		if err := p.hear(until); err != nil {
			return fmt.Errorf("waited for %s: %w", what, err)
		}
	}
	return nil
}

// send sends bytes and notes it.
func (p *player) send(on channel, data []byte, note string) error {
	p.log.add("-> %s %s", on, note)
	return p.link.send(on, data)
}

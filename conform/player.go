package conform

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
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

// hear takes the next message, judges it, and does what every side does with
// it. The message is kept for the steps.
func (p *player) hear(until time.Time) error {
	timer := time.NewTimer(time.Until(until))
	defer timer.Stop()
	select {
	case a := <-p.link.arrivals:
		return p.arrived(a)
	case <-p.link.ended:
		return p.last()
	case <-p.link.foreign:
		return breaks(foreignCode, "the other side opened a channel beyond the seven")
	case <-timer.C:
		return errSilent
	case <-p.Done():
		return p.Err()
	}
}

// last takes what still came before the end.
func (p *player) last() error {
	if p.bye != nil {
		return errEnded
	}
	select {
	case a := <-p.link.arrivals:
		return p.arrived(a)
	case <-time.After(grace):
		return errEnded
	}
}

func (p *player) arrived(a arrival) error {
	if p.bye != nil {
		return nil // nothing is read after a bye
	}
	most := map[way]int{toDevice: maxToConsole, toConsole: maxToDevice}[p.sends]
	switch {
	case a.text:
		return breaks(formCode, "text instead of bytes on %s", a.on)
	case len(a.data) > most:
		return breaks(sizeCode, "%d bytes on %s", len(a.data), a.on)
	}
	k, values, err := judge(a.data, 1-p.sends, a.on, p.state)
	if err == nil {
		err = p.accept(said{k, a.on, values}, len(a.data))
	}
	return err
}

// accept lets a message have its effect on our side.
func (p *player) accept(s said, size int) error {
	p.log.add("<- %s %s", s.on, s.kind.name)
	if p.sends == toConsole {
		return p.serve(s)
	}
	if size > maxWhole {
		return breaks(sizeCode, "%s of %d bytes on %s is not sent in parts", s.kind.name, size, s.on)
	}
	if s.kind.name != "part" {
		if s.on == screen {
			p.joiners[screen].drop()
		}
		return p.watch(s)
	}
	whole, err := p.joiners[s.on].add(s)
	if err != nil || whole == nil {
		return err
	}
	k, values, err := judge(whole, toConsole, s.on, p.state)
	if err != nil {
		return err
	}
	if k.name == "part" {
		return breaks(decodeCode, "a part made of parts")
	}
	p.log.add("<- %s %s, joined of %d bytes", s.on, k.name, len(whole))
	return p.watch(said{k, s.on, values})
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

// transcript is the course of a case, without what was in the messages.
type transcript struct {
	began time.Time
	lines []string
}

const maxLines = 40 // the newest are kept

func (t *transcript) add(format string, args ...any) {
	if t.began.IsZero() {
		t.began = time.Now()
	}
	if len(t.lines) == maxLines {
		t.lines = t.lines[1:]
	}
	t.lines = append(t.lines, fmt.Sprintf("%6.3f ", time.Since(t.began).Seconds())+fmt.Sprintf(format, args...))
}

func (t *transcript) String() string { return strings.Join(t.lines, "\n") }

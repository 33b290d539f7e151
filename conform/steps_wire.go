package conform

import (
	"fmt"
	"time"
)

// wire sends bytes, whatever they are.
type wire struct {
	on   channel
	data []byte
	note string
}

// String says the step in the words of a report.
func (w wire) String() string                     { return "send " + w.note }
func (w wire) play(p *player) error               { return p.send(w.on, w.data, w.note) }
func on(c channel, data []byte, note string) step { return wire{c, data, note} }

// many sends the same bytes again and again, as fast as they go.
type many struct {
	wire
	times int
}

// String says the step in the words of a report.
func (m many) String() string { return fmt.Sprintf("send %d times %s", m.times, m.note) }

func (m many) play(p *player) error {
	p.log.add("-> %s %d times %s", m.on, m.times, m.note)
	for range m.times {
		if err := p.link.send(m.on, m.data); err != nil {
			return err
		}
	}
	return nil
}

// words sends text where bytes belong.
type words struct{ on channel }

// String says the step in the words of a report.
func (w words) String() string { return fmt.Sprintf("send text on %s", w.on) }

func (w words) play(p *player) error {
	p.log.add("-> %s text", w.on)
	return p.link.pipes[w.on].SendText("hello")
}

// further opens a channel beyond the seven.
type further struct{}

// String says the step in the words of a report.
func (further) String() string { return "open a further channel" }

func (further) play(p *player) error {
	p.log.add("-> a further channel")
	_, err := p.link.pc.CreateDataChannel("more", nil)
	return err
}

// shut closes one of the seven channels.
type shut struct{ on channel }

// String says the step in the words of a report.
func (s shut) String() string { return fmt.Sprintf("close %s", s.on) }

func (s shut) play(p *player) error {
	p.log.add("-> close %s", s.on)
	return p.link.pipes[s.on].Close()
}

// pour sends the same bytes for a while, or until the other side ends it: three
// times as many in a second as a device takes, also where time stood still.
type pour struct {
	wire
	length time.Duration
}

// String says the step in the words of a report.
func (f pour) String() string { return fmt.Sprintf("send for %v %s", f.length, f.note) }

func (f pour) play(p *player) error {
	p.log.add("-> %s %s for %v", f.on, f.note, f.length)
	beat := time.NewTicker(20 * time.Millisecond)
	defer beat.Stop()
	began, sent := time.Now(), 0
	for time.Since(began) < f.length && !p.link.gone() {
		for due := int(3 * rateMessages * time.Since(began).Seconds()); sent < due; sent++ {
			if err := p.link.send(f.on, f.data); err != nil {
				return err
			}
		}
		<-beat.C
	}
	return nil
}

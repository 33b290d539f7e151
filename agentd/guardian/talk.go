package guardian

import (
	"errors"
	"fmt"
	"time"
)

// write sends orders, and heartbeats while the guardian is on duty.
func (g *Guardian) write() error {
	tick, acting := newBeat(), acting{}
	defer tick.Stop()
	for {
		if err := g.follow(tick, acting); err != nil {
			return err
		}
		var err error
		select {
		case <-g.ended:
			return ErrGone
		case o := <-g.out:
			err = writeFrame(g.conn, o)
			acting.note(o)
		case areas := <-g.hidden.areas:
			err = writeFrame(g.conn, order{Kind: orderHidden, Areas: areas})
		case now := <-tick.C:
			err = g.pulse(now)
		}
		if err != nil {
			return err
		}
	}
}

// follow has the heart beat as often as the guardian listens for it. Another
// rhythm begins with a beat, which is answered.
func (g *Guardian) follow(tick *beat, acting acting) error {
	every := time.Duration(0)
	if g.isOnDuty() {
		every = beatWithin(acting.silence())
	}
	if tick.keep(every) && every > 0 {
		return writeBeat(g.conn)
	}
	return nil
}

func (g *Guardian) isOnDuty() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.onDuty
}

// pulse sends a heartbeat. The guardian must answer some.
func (g *Guardian) pulse(now time.Time) error {
	g.mu.Lock()
	deaf := g.onDuty && now.Sub(g.heard) > deafFor
	g.mu.Unlock()
	if deaf {
		return errors.New("guardian: it is silent")
	}
	return writeBeat(g.conn)
}

// read takes reports.
func (g *Guardian) read() error {
	for {
		var r report
		if err := readFrame(g.in, &r); err != nil {
			return err
		}
		if err := g.take(r); err != nil {
			return err
		}
	}
}

func (g *Guardian) take(r report) error {
	switch r.Kind {
	case reportBeat:
		g.mu.Lock()
		g.heard = time.Now()
		g.mu.Unlock()
		return nil
	case reportDone:
		g.answered(r)
		return nil
	case reportHand:
		return g.tell(Event{Hand: &r.On})
	case reportStop:
		return g.tell(Event{Stop: true})
	case reportPause:
		return g.tell(Event{Pause: true})
	case reportCounts:
		if r.Counts == nil {
			return errors.New("guardian: counts without any")
		}
		return g.tell(Event{Session: r.Session, Counts: *r.Counts})
	}
	return fmt.Errorf("guardian: no such report: %q", r.Kind)
}

// answered passes an answer on.
func (g *Guardian) answered(r report) {
	g.mu.Lock()
	done := g.pending[r.Number]
	delete(g.pending, r.Number)
	g.mu.Unlock()
	if done == nil {
		return
	}
	var err error
	if r.Error != "" {
		err = errors.New(r.Error)
	}
	done <- err
}

// tell queues an event. Nobody may be slow with them.
func (g *Guardian) tell(e Event) error {
	select {
	case g.events <- e:
		return nil
	default:
		return errors.New("guardian: the daemon does not listen")
	}
}

package conform

import "time"

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

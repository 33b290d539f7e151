package conform

import (
	"fmt"
	"strings"
	"time"
)

// alive expects that the other side is there and answers: two pings one after
// the other, because a first one may overtake what was sent before it.
type alive struct{}

// String says the step in the words of a report.
func (alive) String() string { return "expect that the session goes on" }

func (alive) play(p *player) error {
	for range 2 {
		if err := p.pace(); err != nil {
			return err
		}
		if err := p.send(ping, message(named("ping").number, p.asked, false, p.asked*1000), "ping"); err != nil {
			return err
		}
		want := with{"number": int(p.asked), "reply": true, "time": int(p.asked * 1000)}
		if err := (expect{"ping", want}).play(p); err != nil {
			return err
		}
	}
	return nil
}

// pace numbers the next ping and waits until it is due: two a second are right.
func (p *player) pace() error {
	wait := time.Until(p.pings[0].Add(time.Second + grace))
	p.asked++
	p.pings[0], p.pings[1] = p.pings[1], time.Now().Add(max(wait, 0))
	if wait <= 0 {
		return nil
	}
	return rest{wait}.play(p)
}

// quiet expects that nothing of these kinds comes for a while.
type quiet struct {
	length time.Duration
	kinds  []string
}

// String says the step in the words of a report.
func (q quiet) String() string {
	return fmt.Sprintf("expect no %s for %v", strings.Join(q.kinds, ", "), q.length)
}

func (q quiet) play(p *player) error {
	p.heard = nil
	for until := time.Now().Add(q.length); ; {
		err := p.hear(until)
		for _, one := range q.kinds {
			if p.find(one, func(*said) bool { return true }) != nil {
				return fmt.Errorf("%s came, which must not", one)
			}
		}
		switch {
		case err == errSilent:
			return nil
		case err != nil:
			return err
		case p.bye != nil:
			return fmt.Errorf("a bye came: %s", codeName(p.bye.number("code")))
		}
	}
}

// act has the user do something.
type act struct {
	act    Act
	scopes []string
}

// String says the step in the words of a report.
func (a act) String() string {
	return strings.TrimSpace(fmt.Sprintf("the user does %s %s", a.act, strings.Join(a.scopes, ", ")))
}

func (a act) play(p *player) error {
	p.log.add("   the user: %s %v", a.act, a.scopes)
	return p.user.Do(p, a.act, p.name, a.scopes)
}

// rest lets time pass, and hears what comes.
type rest struct{ length time.Duration }

// String says the step in the words of a report.
func (r rest) String() string { return fmt.Sprintf("wait for %v", r.length) }

func (r rest) play(p *player) error {
	for until := time.Now().Add(r.length); ; {
		if err := p.hear(until); err == errSilent {
			return nil
		} else if err != nil {
			return err
		}
	}
}

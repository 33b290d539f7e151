package conform

import (
	"fmt"
	"reflect"
	"strings"
	"time"
)

// step is one act or expectation of a case. String says it in words, for the
// report.
type step interface {
	play(p *player) error
	fmt.Stringer
}

// with sets fields of a message by their names, or expects them.
type with map[string]any

// told stands for the newest generation that the device has told.
type told struct{ plus int }

// offered stands for the capabilities of the console that we know.
type offered struct{}

// fill takes the values of a case for what they stand for.
func (p *player) fill(value any) any {
	switch v := value.(type) {
	case told:
		return max(int(p.console.generation), int(p.ours), 1) + v.plus
	case offered:
		all := []any{}
		for _, one := range p.console.offered {
			if one <= canPrivate {
				all = append(all, one)
			}
		}
		return all
	case []any:
		all := make([]any, len(v))
		for i, one := range v {
			all[i] = p.fill(one)
		}
		return all
	}
	return value
}

// say sends a message of a kind: valid, but for what is set otherwise.
type say struct {
	kind string
	with with
}

func (s say) String() string { return "send " + s.kind }

func (s say) play(p *player) error {
	k := named(s.kind)
	return p.send(k.on[p.sends][0], s.bytes(p), s.kind)
}

// bytes are the message, of which our side takes note.
func (s say) bytes(p *player) []byte {
	k := named(s.kind)
	values := k.example()
	for i, f := range k.fields {
		if value, set := s.with[f.name]; set {
			values[i] = p.fill(value)
		} else if f.name == "generation" {
			values[i] = p.fill(told{})
		} else if k.name == "hello" && f.name == "name" && p.name != "" {
			values[i] = p.name // by which the user is told who asks
		}
	}
	p.said(k, values)
	return message(k.number, values...)
}

// said notes what our side says of itself.
func (p *player) said(k *kind, values []any) {
	switch k.name {
	case "hello":
		p.console.offered = nil
		for _, one := range values[1].([]any) {
			p.console.offered = append(p.console.offered, uint64(amount(one)))
		}
	case "ready":
		p.state = waiting
	case "welcome":
		p.state = max(p.state, greeted)
	case "grants":
		p.ours = max(p.ours, uint64(amount(values[1])))
		if p.state == waiting && amount(values[2])&1 != 0 {
			p.state = live
		}
	case "update":
		p.console.picture.number = max(p.console.picture.number, uint64(amount(values[0])))
	}
}

// amount is a number of a case, whatever its type.
func amount(value any) int64 {
	switch v := value.(type) {
	case int:
		return int64(v)
	case int64:
		return v
	case uint64:
		return int64(v)
	}
	return 0
}

// wire sends bytes, whatever they are.
type wire struct {
	on   channel
	data []byte
	note string
}

func (w wire) String() string                     { return "send " + w.note }
func (w wire) play(p *player) error               { return p.send(w.on, w.data, w.note) }
func on(c channel, data []byte, note string) step { return wire{c, data, note} }

// many sends the same bytes again and again, as fast as they go.
type many struct {
	wire
	times int
}

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

func (w words) String() string { return fmt.Sprintf("send text on %s", w.on) }

func (w words) play(p *player) error {
	p.log.add("-> %s text", w.on)
	return p.link.pipes[w.on].SendText("hello")
}

// further opens a channel beyond the seven.
type further struct{}

func (further) String() string { return "open a further channel" }

func (further) play(p *player) error {
	p.log.add("-> a further channel")
	_, err := p.link.pc.CreateDataChannel("more", nil)
	return err
}

// shut closes one of the seven channels.
type shut struct{ on channel }

func (s shut) String() string { return fmt.Sprintf("close %s", s.on) }

func (s shut) play(p *player) error {
	p.log.add("-> close %s", s.on)
	return p.link.pipes[s.on].Close()
}

// expect waits for a message with these values; others may come before it.
type expect struct {
	kind string
	with with
}

func (e expect) String() string {
	return strings.TrimSpace(fmt.Sprintf("expect %s %s", e.kind, describe(e.with)))
}

func describe(w with) string {
	if len(w) == 0 {
		return ""
	}
	return strings.TrimPrefix(fmt.Sprint(map[string]any(w)), "map")
}

func (e expect) play(p *player) error {
	fits := func(s *said) bool {
		for name, want := range e.with {
			if !matches(s.get(name), p.fill(want)) {
				return false
			}
		}
		return true
	}
	return p.wait(strings.TrimPrefix(e.String(), "expect "), func() bool { return p.find(e.kind, fits) != nil })
}

// atLeast expects a number, or a length.
type atLeast uint64

func matches(got, want any) bool {
	switch w := want.(type) {
	case atLeast:
		if list, ok := got.([]any); ok {
			return len(list) >= int(w)
		}
		n, _ := got.(uint64)
		return n >= uint64(w)
	case int:
		n, ok := got.(uint64)
		return ok && n == uint64(w)
	}
	return reflect.DeepEqual(got, want)
}

// ends waits for the end of the connection. A bye, if one comes, has one of the
// codes; bye says that one must come.
type ends struct {
	codes  []uint64
	bye    bool
	within time.Duration // 0: as everything
}

// byeWith expects a bye of a code, and the end after it.
func byeWith(codes ...uint64) step { return ends{codes: codes, bye: true} }

// endWith expects the end, with a bye of this code or without one.
func endWith(codes ...uint64) step { return ends{codes: codes} }

func (e ends) String() string {
	if len(e.codes) == 0 {
		return "expect the end"
	}
	names := make([]string, len(e.codes))
	for i, code := range e.codes {
		names[i] = codeName(code)
	}
	said := strings.Join(names, " or ")
	if e.bye {
		return "expect a bye: " + said
	}
	return "expect the end: " + said
}

func (e ends) play(p *player) error {
	until := time.Now().Add(max(p.patience, e.within))
	for ended := false; !ended; {
		err := p.hear(until)
		if p.bye != nil {
			until = minTime(until, time.Now().Add(closing))
		}
		if err != nil && err != errEnded {
			return fmt.Errorf("waited for %s: %w", strings.TrimPrefix(e.String(), "expect "), e.unended(p, err))
		}
		ended = err == errEnded
	}
	return e.check(p.bye)
}

func (e ends) unended(p *player, err error) error {
	if p.bye != nil && err == errSilent {
		return fmt.Errorf("there was a bye, %s, but the connection stays", codeName(p.bye.number("code")))
	}
	return err
}

func (e ends) check(bye *said) error {
	switch {
	case bye == nil && e.bye:
		return fmt.Errorf("the connection ended without a bye, not with %s", strings.TrimPrefix(e.String(), "expect "))
	case bye == nil || len(e.codes) == 0:
		return nil
	}
	got := bye.number("code")
	for _, code := range e.codes {
		if got == code {
			return nil
		}
	}
	return fmt.Errorf("bye: %s, not %s", codeName(got), strings.TrimPrefix(e.String(), "expect "))
}

func minTime(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// alive expects that the other side is there and answers: two pings one after
// the other, because a first one may overtake what was sent before it.
type alive struct{}

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

func (a act) String() string {
	return strings.TrimSpace(fmt.Sprintf("the user does %s %s", a.act, strings.Join(a.scopes, ", ")))
}

func (a act) play(p *player) error {
	p.log.add("   the user: %s %v", a.act, a.scopes)
	return p.user.Do(p, a.act, p.name, a.scopes)
}

// rest lets time pass, and hears what comes.
type rest struct{ length time.Duration }

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

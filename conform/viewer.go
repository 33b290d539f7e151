package conform

import (
	"slices"
	"strings"
)

// Capabilities: SPEC.md 5.1.
const (
	canCopy    = 1
	canJPEG    = 2
	canCursor  = 3
	canInk     = 4
	canPrivate = 5
	canView    = 6
	canRate    = 7
)

// viewer is what our console keeps of a session.
type viewer struct {
	offered    []uint64 // capabilities of our hello
	agreed     []uint64
	newest     map[string]uint64 // numbers of the snapshots
	scopes     uint64
	generation uint64 // newest that was told
	stopped    uint64 // why the picture is paused
	picture    picture
	mute       bool // does not acknowledge
}

func newViewer() viewer { return viewer{newest: map[string]uint64{}} }

// watch lets a message of the device have its effect.
func (p *player) watch(s said) error {
	err := error(nil)
	switch s.kind.name {
	case "welcome":
		err = p.welcomed(s)
	case "grants", "paused":
		p.granted(s)
	case "ping":
		err = p.echo(s)
	case "update":
		err = p.updated(s)
	case "cursor":
		err = p.pointed(s)
	case "masks":
		err = p.masked(numbers(s.get("areas")))
	}
	p.keep(s)
	return err
}

func (p *player) welcomed(s said) error {
	p.console.agreed = numbers(s.get("capabilities"))
	for i, one := range p.console.agreed {
		if !slices.Contains(p.console.offered, one) {
			return breaks(rangeCode, "welcome: capability %d was not offered", one)
		}
		if i > 0 && one <= p.console.agreed[i-1] {
			return breaks(rangeCode, "welcome: capabilities do not ascend")
		}
	}
	if session, _ := s.get("session").(string); strings.Trim(session, "0123456789abcdef") != "" {
		return breaks(rangeCode, "welcome: the session is not 16 hexadecimal digits")
	}
	p.state = greeted
	return nil
}

// granted takes a snapshot, unless there is a newer one.
func (p *player) granted(s said) {
	v := &p.console
	if s.number("number") <= v.newest[s.kind.name] {
		return
	}
	v.newest[s.kind.name] = s.number("number")
	if s.kind.name == "grants" {
		v.scopes = s.number("scopes")
		v.generation = max(v.generation, s.number("generation"))
	} else {
		v.stopped = s.number("why")
	}
	switch {
	case v.scopes&1 == 0:
		p.state = waiting
	case v.stopped != 0:
		p.state = paused
	default:
		p.state = live
	}
}

// echo answers a ping, if it asks.
func (p *player) echo(s said) error {
	if reply, _ := s.get("reply").(bool); reply || p.state == opening {
		return nil
	}
	return p.link.send(ping, message(s.kind.number, s.values[0], true, s.values[2]))
}

// updated decodes a picture and acknowledges it.
func (p *player) updated(s said) error {
	v := &p.console
	err := v.picture.update(s, slices.Contains(v.agreed, canCopy), slices.Contains(v.agreed, canJPEG))
	if err != nil {
		return err
	}
	if reset := numbers(s.get("reset")); len(reset) > 0 {
		v.generation = max(v.generation, reset[0])
	}
	if v.picture.open || v.mute {
		return nil
	}
	return p.link.send(screen, message(named("ack").number, v.picture.number, 1000))
}

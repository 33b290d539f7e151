package agentd

import (
	"time"

	"telestrator/agentd/panel"
	"telestrator/protocol"
)

// consent is what one console asked for and what the user said. Only the panel
// answers; a console can only ask. It is guarded by its session's lock.
type consent struct {
	held     protocol.Scopes
	since    time.Time // of the first grant, zero without one
	control  time.Time // since when mouse or keyboard is held, zero without
	asked    protocol.Scopes
	askedAt  time.Time
	request  uint32 // number of the last request
	answered uint32 // number of the last request that was decided
	reason   string

	refused   int       // requests that the user refused or let lapse
	pestering int       // requests that could not be put before the user
	calm      time.Time // no request before
}

// ask puts a request before the user. A refusal goes back to the console; a
// failure ends the session.
func (c *consent) ask(r *protocol.Request, now time.Time, p Policy) (refusal string, failure error) {
	if r.Number <= c.request {
		return "", &protocol.Error{Code: protocol.Sequence, Reason: "request number used before"}
	}
	c.request = r.Number
	wanted := r.Scopes & Served &^ c.held
	if why := c.unwelcome(wanted, now); why != "" {
		c.answered = r.Number
		if c.pestering++; c.pestering > maxPestering {
			return "", &protocol.Error{Code: protocol.Flood, Reason: "too many requests"}
		}
		return why, nil
	}
	c.asked, c.askedAt, c.reason = wanted, now, r.Reason
	return "", nil
}

// unwelcome says why a request is not put before the user.
func (c *consent) unwelcome(wanted protocol.Scopes, now time.Time) string {
	switch {
	case c.asked != 0:
		return "An earlier request is still before the user."
	case wanted == 0:
		return "There is nothing to grant: it is held already, or this device does not offer it."
	case c.refused >= maxRefusals:
		return "The user has refused three times and is not asked again."
	case now.Before(c.calm):
		return "The user has refused. Wait a minute before you ask again."
	}
	return ""
}

// answer is the user's word on the open request. No scopes means no.
func (c *consent) answer(scopes protocol.Scopes, now time.Time, p Policy) error {
	if c.asked == 0 {
		return &panel.Refusal{ID: "not_asked", Message: "Nobody is asking any more."}
	}
	if scopes&^c.asked != 0 {
		return &panel.Refusal{ID: "not_requested", Message: "Only what was asked for can be allowed."}
	}
	if scopes == 0 {
		c.refuse(now, p)
		return nil
	}
	if now.Sub(c.askedAt) < p.delay(scopes) {
		return &panel.Refusal{ID: "too_early", Message: "Please read the request first. The button works in a moment."}
	}
	if (c.held|scopes)&protocol.View == 0 {
		return &panel.Refusal{ID: "needs_view", Message: "Who does not see the screen cannot draw on it or work it."}
	}
	c.hold(scopes, now)
	c.asked, c.answered = 0, c.request
	return nil
}

// hold adds scopes to what is held.
func (c *consent) hold(scopes protocol.Scopes, now time.Time) {
	if c.held == 0 {
		c.since = now
	}
	if scopes&control != 0 {
		c.control = now
	}
	c.held |= scopes
}

// control is what lets an agent work the device.
const control = protocol.PointerScope | protocol.Keyboard

// delay is how long a request is read before these scopes can be allowed.
func (p Policy) delay(scopes protocol.Scopes) time.Duration {
	if scopes&control != 0 {
		return max(p.ConsentDelay, p.ControlDelay)
	}
	return p.ConsentDelay
}

func (c *consent) refuse(now time.Time, p Policy) {
	c.asked, c.answered = 0, c.request
	c.refused++
	c.calm = now.Add(p.CoolDown)
}

// revoke takes scopes away; without view nothing is left.
func (c *consent) revoke(scopes protocol.Scopes) (changed bool) {
	before := c.held
	if c.held &^= scopes; c.held&protocol.View == 0 {
		c.held, c.since = 0, time.Time{}
	}
	return c.held != before
}

// end is when the first of what is held ends; zero when nothing is.
func (c *consent) end(p Policy) (end time.Time) {
	if c.held != 0 {
		end = c.since.Add(p.ViewFor)
	}
	if works := c.control.Add(p.ControlFor); c.held&control != 0 && works.Before(end) {
		end = works
	}
	return end
}

// lapse ends what has lasted too long: a request without an answer, a grant.
func (c *consent) lapse(now time.Time, p Policy) (changed bool) {
	if c.asked != 0 && now.Sub(c.askedAt) >= p.AnswerWithin {
		c.refuse(now, p)
		changed = true
	}
	if c.held != 0 && now.Sub(c.since) >= p.ViewFor {
		changed = c.revoke(protocol.AllScopes) || changed
	}
	if c.held&control != 0 && now.Sub(c.control) >= p.ControlFor {
		changed = c.revoke(control) || changed
	}
	return changed
}

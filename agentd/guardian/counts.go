package guardian

import "telestrator/protocol"

// Counts is what became of the messages of one session. Presses count, and
// releases do not.
type Counts struct {
	Pointer uint64 `json:"pointer"` // positions that took effect
	Button  uint64 `json:"button"`
	Wheel   uint64 `json:"wheel"`
	Key     uint64 `json:"key"`
	Text    uint64 `json:"text"`
	Strokes uint64 `json:"strokes"` // that were begun
	Refused uint64 `json:"refused"` // input that had no effect
}

// note counts a message that took effect, or did not.
func (c *Counts) note(m protocol.Message, effect bool) {
	n := c.of(m)
	switch {
	case n != nil && effect:
		*n++
	case n != nil:
		c.Refused++
	}
}

// of is the count that a message belongs to; nil for one that is not counted.
func (c *Counts) of(m protocol.Message) *uint64 {
	switch m := m.(type) {
	case *protocol.Pointer:
		return &c.Pointer
	case *protocol.Button:
		if m.Down {
			return &c.Button
		}
	case *protocol.Wheel:
		return &c.Wheel
	case *protocol.Key:
		if m.Down {
			return &c.Key
		}
	case *protocol.Text:
		return &c.Text
	case *protocol.StrokeBegin:
		return &c.Strokes
	}
	return nil
}

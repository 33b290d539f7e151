package conform

import "fmt"

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
			if one <= canRate {
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

// String says the step in the words of a report.
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

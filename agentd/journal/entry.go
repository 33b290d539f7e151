package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"telestrator/agentd/line"
)

// Limits of one line. The exact value passes, one more does not.
const (
	maxLine    = 2 << 10 // bytes, the end of the line included
	maxSession = 32      // characters of a session's id
	maxAgent   = 60      // characters of a name
	maxReason  = 200     // characters of a reason
	maxScope   = 8       // characters of a scope's name; keyboard has as many
	maxSpans   = 4       // of a line that had to be cut: one for each scope
)

// Entry is one session. Times are kept to the second, in UTC.
type Entry struct {
	Session  string    `json:"session"`
	Agent    string    `json:"agent"` // the agent's own words, cleaned and cut
	Began    time.Time `json:"began"`
	Ended    time.Time `json:"ended,omitzero"` // zero: it still runs, or the device went down during it
	Code     int       `json:"code"`           // the protocol's number of the reason
	Reason   string    `json:"reason"`         // one sentence, cleaned and cut
	Scopes   []Span    `json:"scopes"`         // what was held, in the order of the grants
	Injected Injected  `json:"injected"`
	Refused  uint64    `json:"refused"`      // events that were not carried out
	Strokes  uint64    `json:"strokes"`      // drawn on the screen
	Cut      bool      `json:"cut,omitzero"` // spans were joined, because the line became too long
	Torn     bool      `json:"-"`            // this line cannot be read, and nothing else here is set
}

// Span is a scope and how long it was held.
type Span struct {
	Scope string    `json:"scope"`
	From  time.Time `json:"from"`
	To    time.Time `json:"to"`
}

// Injected counts what was done with mouse and keyboard. Its fields are those
// of panel.Injected, so that one converts to the other.
type Injected struct {
	Pointer uint64 `json:"pointer"` // moves
	Button  uint64 `json:"button"`  // presses, not releases
	Wheel   uint64 `json:"wheel"`   // turns
	Key     uint64 `json:"key"`     // presses, not releases
	Text    uint64 `json:"text"`    // texts, however long
}

// beginning is the line at the start of a session.
type beginning struct {
	Session string    `json:"session"`
	Agent   string    `json:"agent"`
	Began   time.Time `json:"began"`
}

var (
	errNameless = errors.New("journal: an entry needs the id of its session")
	errEndless  = errors.New("journal: a session that has ended needs the time of its end")
)

// firstLine is what Begin writes.
func firstLine(e Entry) ([]byte, error) {
	e = tidy(e)
	if e.Session == "" {
		return nil, errNameless
	}
	return encode(beginning{e.Session, e.Agent, e.Began})
}

// lastLine is what End writes. One that is too long keeps of each scope only
// when it was first and last held.
func lastLine(e Entry) ([]byte, error) {
	e = tidy(e)
	switch {
	case e.Session == "":
		return nil, errNameless
	case e.Ended.IsZero():
		return nil, errEndless
	}
	text, err := encode(e)
	if len(text) > maxLine {
		e.Scopes, e.Cut = joined(e.Scopes), true
		text, err = encode(e)
	}
	return text, err
}

// encode makes a line of v, with its end.
func encode(v any) ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false) // it would make six bytes of one
	err := encoder.Encode(v)
	return text.Bytes(), err
}

// tidy returns e with every text cleaned and cut, and times to the second.
func tidy(e Entry) Entry {
	e.Session = line.Clean(e.Session, maxSession)
	e.Agent = line.Clean(e.Agent, maxAgent)
	e.Reason = line.Clean(e.Reason, maxReason)
	e.Began, e.Ended = toSecond(e.Began), toSecond(e.Ended)
	spans := make([]Span, len(e.Scopes))
	for i, s := range e.Scopes {
		spans[i] = Span{line.Clean(s.Scope, maxScope), toSecond(s.From), toSecond(s.To)}
	}
	e.Scopes = spans
	return e
}

func toSecond(t time.Time) time.Time { return t.UTC().Truncate(time.Second) }

// joined makes one span of all spans of a scope.
func joined(spans []Span) (out []Span) {
	for _, s := range spans {
		i := slices.IndexFunc(out, func(o Span) bool { return o.Scope == s.Scope })
		switch {
		case i >= 0 && s.To.After(out[i].To):
			out[i].To = s.To
		case i < 0 && len(out) < maxSpans:
			out = append(out, s)
		}
	}
	return out
}

package conform

import (
	"fmt"
	"reflect"
	"strings"
	"time"
)

// expect waits for a message with these values; others may come before it.
type expect struct {
	kind string
	with with
}

// String says the step in the words of a report.
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

// String says the step in the words of a report.
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

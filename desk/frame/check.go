package frame

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

func (f *Hello) check() error   { return checkName(f.Name) }
func (f *Welcome) check() error { return nil }
func (f *Ring) check() error    { return checkNumber(f.Number) }
func (f *Cancel) check() error  { return checkNumber(f.Number) }
func (f *Leave) check() error   { return checkID(f.ID) }
func (f *Bye) check() error     { return checkReason(f.Reason) }

func (f *Code) check() error {
	if len(f.Code) != CodeLength || strings.Trim(f.Code, CodeAlphabet) != "" {
		return refuse(ReasonRange, "a code is %d characters of Crockford's alphabet", CodeLength)
	}
	if f.Seconds < 1 || f.Seconds > MaxLife {
		return refuse(ReasonRange, "a code lives 1 to %d seconds", MaxLife)
	}
	return checkNumber(f.Number)
}

func (f *Void) check() error {
	if err := checkNumber(f.Number); err != nil {
		return err
	}
	return checkReason(f.Reason)
}

func (f *Offer) check() error  { return checkSession(f.ID, f.SDP) }
func (f *Answer) check() error { return checkSession(f.ID, f.SDP) }

func (f *Refuse) check() error {
	if err := checkID(f.ID); err != nil {
		return err
	}
	return checkReason(f.Reason)
}

func checkSession(id string, sdp []byte) error {
	if len(sdp) < 1 || len(sdp) > MaxSDP {
		return refuse(ReasonRange, "a session description is 1 to %d bytes", MaxSDP)
	}
	return checkID(id)
}

func checkID(id string) error {
	if len(id) != IDLength || strings.Trim(id, "0123456789abcdef") != "" {
		return refuse(ReasonRange, "an id is %d hexadecimal digits", IDLength)
	}
	return nil
}

func checkNumber(number uint32) error {
	if number == 0 {
		return refuse(ReasonRange, "rings count from 1")
	}
	return nil
}

func checkReason(r Reason) error {
	if r.String() == "" {
		return refuse(ReasonRange, "reason %d", uint(r))
	}
	return nil
}

func checkName(name string) error {
	if len(name) > MaxName || strings.ContainsFunc(name, unprintable) {
		return refuse(ReasonRange, "a name is at most %d bytes without control characters", MaxName)
	}
	return nil
}

// CleanName makes a name that a hello may carry from any text.
func CleanName(text string) string {
	name := strings.Map(func(r rune) rune {
		if unprintable(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	for len(name) > MaxName {
		_, last := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-last]
	}
	return name
}

// unprintable tells the characters that could change how the text around
// them is shown: controls and marks of direction.
func unprintable(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
}

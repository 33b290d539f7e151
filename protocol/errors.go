package protocol

import "fmt"

// Code says why a connection ended or something was refused. SPEC.md 10.
type Code uint8

// The codes of SPEC.md 10. Those from Size to Range are in the order of checks.
const (
	Stopped   Code = 1
	Left      Code = 2
	Refused   Code = 3
	Expired   Code = 4
	Shutdown  Code = 5
	Busy      Code = 6
	Size      Code = 10
	Form      Code = 11
	Canonical Code = 12
	BadKind   Code = 13
	BadWay    Code = 14
	BadState  Code = 15
	BadKeys   Code = 16
	BadTypes  Code = 17
	BadRange  Code = 18
	Timeout   Code = 19
	Version   Code = 20
	Foreign   Code = 21
	Flood     Code = 22
	BadData   Code = 23
	Sequence  Code = 24
	NoScreen  Code = 25
	Internal  Code = 30
	Lost      Code = 31
)

var codeNames = map[Code]string{
	Stopped: "stopped", Left: "left", Refused: "refused", Expired: "expired", Shutdown: "shutdown", Busy: "busy",
	Size: "size", Form: "form", Canonical: "canonical", BadKind: "kind", BadWay: "channel", BadState: "state",
	BadKeys: "keys", BadTypes: "types", BadRange: "range", Timeout: "timeout", Version: "version",
	Foreign: "foreign", Flood: "flood", BadData: "decode", Sequence: "sequence", NoScreen: "screen",
	Internal: "internal", Lost: "lost",
}

// String returns the name of SPEC.md 10.
func (c Code) String() string {
	if name, ok := codeNames[c]; ok {
		return name
	}
	return fmt.Sprintf("code %d", uint8(c))
}

// Error is why a connection ended: the Go error and the bye are the same.
type Error struct {
	Code   Code
	Reason string // a plain sentence without secrets
}

func (e *Error) Error() string { return "protocol: " + e.Code.String() + ": " + e.Reason }

// fail makes an Error from a format.
func fail(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Reason: fmt.Sprintf(format, args...)}
}

package conform

import "fmt"

// Reason codes: SPEC.md 10.
const (
	stoppedCode   = 1
	leftCode      = 2
	refusedCode   = 3
	expiredCode   = 4
	shutdownCode  = 5
	busyCode      = 6
	sizeCode      = 10
	formCode      = 11
	canonicalCode = 12
	kindCode      = 13
	channelCode   = 14
	stateCode     = 15
	keysCode      = 16
	typesCode     = 17
	rangeCode     = 18
	timeoutCode   = 19
	versionCode   = 20
	foreignCode   = 21
	floodCode     = 22
	decodeCode    = 23
	sequenceCode  = 24
	screenCode    = 25
	internalCode  = 30
	lostCode      = 31
)

var codeNames = map[uint64]string{stoppedCode: "stopped", leftCode: "left", refusedCode: "refused", expiredCode: "expired",
	shutdownCode: "shutdown", busyCode: "busy", sizeCode: "size", formCode: "form", canonicalCode: "canonical",
	kindCode: "kind", channelCode: "channel", stateCode: "state", keysCode: "keys", typesCode: "types",
	rangeCode: "range", timeoutCode: "timeout", versionCode: "version", foreignCode: "foreign", floodCode: "flood",
	decodeCode: "decode", sequenceCode: "sequence", screenCode: "screen", internalCode: "internal", lostCode: "lost"}

func codeName(code uint64) string {
	if name := codeNames[code]; name != "" {
		return fmt.Sprintf("%d %s", code, name)
	}
	return fmt.Sprintf("%d, which is no code", code)
}

// breach is what the other side did that SPEC.md does not allow.
type breach struct {
	code uint64
	text string
}

// Error says what was done, and which code of SPEC.md 10 it deserves.
func (b *breach) Error() string { return fmt.Sprintf("%s (%s)", b.text, codeName(b.code)) }

func breaks(code uint64, format string, args ...any) error {
	return &breach{code, fmt.Sprintf(format, args...)}
}

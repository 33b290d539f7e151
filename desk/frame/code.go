package frame

import "strings"

// A pairing code is CodeLength characters of CodeAlphabet, which is
// Crockford's: no I, L, O or U, so that it can be read aloud. The first
// CodeRing of them choose the ring, the others are its secret.
const (
	CodeAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	CodeLength   = 8
	CodeRing     = 4
)

// maxTyped bounds the text that ParseCode looks at, in bytes.
const maxTyped = 32

// typed maps what people type to what was meant; a hyphen means nothing.
var typed = strings.NewReplacer("-", "", "O", "0", "I", "1", "L", "1")

// ParseCode reads a code as a person may have typed it: in either case, with
// or without its hyphen, with O for 0 and with I or L for 1.
func ParseCode(text string) (code string, ok bool) {
	if len(text) > maxTyped {
		return "", false
	}
	code = typed.Replace(strings.ToUpper(text))
	return code, len(code) == CodeLength && strings.Trim(code, CodeAlphabet) == ""
}

// FormatCode gives a code as it is shown: XXXX-XXXX.
func FormatCode(code string) string {
	return code[:CodeRing] + "-" + code[CodeRing:]
}

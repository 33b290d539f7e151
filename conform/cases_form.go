package conform

import "strings"

// malformed are messages that are not one well-formed item of the subset of
// SPEC.md 3, or not in its one form. None depends on a kind, and both sides of
// a connection are tested with them.
type malformed struct {
	name string
	data []byte
	code uint64
}

// around puts a value into a message that has one field.
func around(value any) []byte { return write(nil, []any{1, keyed(value)}) }

func malformations() []malformed { return append(badForms(), badCanonical()...) }

func badForms() []malformed {
	form := func(name string, data []byte) malformed { return malformed{name, data, formCode} }
	whole := message(1, 1, []any{}, "x")
	return []malformed{
		form("empty", []byte{}),
		form("cut short", whole[:len(whole)-1]),
		form("one byte of it", whole[:1]),
		form("followed by a byte", append(message(1), 0)),
		form("two messages", append(message(3), message(3)...)),
		form("an integer", write(nil, 1)),
		form("text", write(nil, "hello")),
		form("a map", write(nil, dict{})),
		form("an array of one", write(nil, []any{1})),
		form("an array of three", write(nil, []any{1, dict{}, 0})),
		form("a kind that is negative", write(nil, []any{-1, dict{}})),
		form("a kind that is text", write(nil, []any{"hello", dict{}})),
		form("an array for a map", write(nil, []any{1, []any{}})),
		form("a key that is text", write(nil, []any{1, dict{{"a", 1}}})),
		form("a key that is negative", write(nil, []any{1, dict{{-1, 1}}})),
		form("a float of 16 bits", around(raw{0xf9, 0x3c, 0x00})),
		form("a float of 32 bits", around(raw{0xfa, 0x3f, 0x80, 0, 0})),
		form("a float of 64 bits", around(raw{0xfb, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0})),
		form("null", around(raw{0xf6})),
		form("undefined", around(raw{0xf7})),
		form("a simple value", around(raw{0xe0})),
		form("a simple value of two bytes", around(raw{0xf8, 0xff})),
		form("a break without a beginning", around(raw{0xff})),
		form("a tag", around(raw{majorTag | 1, 0x01})),
		form("a big number", around(raw{majorTag | 2, 0x41, 0x01})),
		form("an array without length", around(raw{0x9f, 0x01, 0xff})),
		form("a map without length", around(raw{0xbf, 0x01, 0x01, 0xff})),
		form("text without length", around(raw{0x7f, 0x61, 0x61, 0xff})),
		form("bytes without length", around(raw{0x5f, 0x41, 0x61, 0xff})),
		form("a reserved head", around(raw{0x1c})),
		form("text that is not UTF-8", around(raw{0x62, 0xc3, 0x28})),
		form("text with a surrogate", around(raw{0x63, 0xed, 0xa0, 0x80})),
		form("an array that claims 2^32 items", around(raw{0x9a, 0xff, 0xff, 0xff, 0xff})),
		form("bytes that claim 2^63", around(raw{0x5b, 0x80, 0, 0, 0, 0, 0, 0, 0})),
		form("an integer of 2^53", around(uint64(maxInteger+1))),
		form("an integer of 2^64-1", around(raw{0x1b, 255, 255, 255, 255, 255, 255, 255, 255})),
		form("a negative integer of -2^53", around(int64(-maxInteger-1))),
		form("nesting of 5", around([]any{[]any{[]any{}}})),
		form("an array of 1025", around(repeat(0, maxArray+1))),
		form("a map of 33", write(nil, []any{1, keyed(repeat(0, maxMap+1)...)})),
		form("text of 2001 bytes", around(strings.Repeat("a", maxText+1))),
	}
}

func badCanonical() []malformed {
	loose := func(name string, data []byte) malformed { return malformed{name, data, canonicalCode} }
	return []malformed{
		loose("a long head of the array", append(long(nil, majorArray, 2, 1), message(3)[1:]...)),
		loose("a long kind", write(nil, []any{raw{0x18, 0x03}, dict{}})),
		loose("a long head of the map", write(nil, []any{3, raw{0xb8, 0x00}})),
		loose("a long key", write(nil, []any{1, dict{{raw{0x18, 0x01}, 1}}})),
		loose("a number in two bytes", around(raw{0x18, 0x17})),
		loose("a number in three bytes", around(raw{0x19, 0x00, 0xff})),
		loose("a number in five bytes", around(raw{0x1a, 0x00, 0x00, 0xff, 0xff})),
		loose("a number in nine bytes", around(raw{0x1b, 0, 0, 0, 0, 255, 255, 255, 255})),
		loose("a negative number in two bytes", around(raw{0x38, 0x00})),
		loose("a long head of text", around(raw{0x78, 0x01, 0x61})),
		loose("a long head of bytes", around(raw{0x58, 0x01, 0x61})),
		loose("a long head of an array", around(raw{0x98, 0x01, 0x01})),
		loose("keys that descend", write(nil, []any{1, dict{{2, 1}, {1, 1}}})),
		loose("a key twice", write(nil, []any{1, dict{{1, 1}, {1, 1}}})),
	}
}

// formCases send them to a device; what is at a limit gets past the form.
func formCases() (cases []Case) {
	for _, m := range malformations() {
		group := map[uint64]string{formCode: "form/", canonicalCode: "canonical/"}[m.code]
		cases = append(cases, in(opening, group+m.name, "3.1", on(ctl, m.data, m.name), byeWith(m.code)))
	}
	past := func(name string, data []byte, code uint64) Case {
		return in(opening, "form/"+name+" is well-formed", "3.1", on(ctl, data, name), byeWith(code))
	}
	return append(cases,
		past("nesting of 4", around([]any{[]any{}}), keysCode),
		past("an array of 1024", around(repeat(0, maxArray)), keysCode),
		past("a map of 32", write(nil, []any{1, keyed(repeat(0, maxMap)...)}), keysCode),
		past("text of 2000 bytes", around(strings.Repeat("a", maxText)), keysCode),
		past("an integer of 2^53-1", around(uint64(maxInteger)), keysCode),
		past("a negative integer of -2^53+1", around(int64(-maxInteger)), keysCode),
	)
}

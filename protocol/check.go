package protocol

import "unicode/utf8"

// running checks a number that counts from 1. SPEC.md 1.
func running(message string, n uint32) *Error {
	return within(message, "number", int64(n), 1, MaxNumber)
}

// within checks low <= n <= high.
func within(message, field string, n, low, high int64) *Error {
	if n < low || n > high {
		return fail(BadRange, "%s: %s is %d, not %d to %d", message, field, n, low, high)
	}
	return nil
}

// sized checks the length of a text or byte string.
func sized(message, field string, length, low, high int) *Error {
	return within(message, "length of "+field, int64(length), int64(low), int64(high))
}

// utf8Text checks what an encoder would otherwise send out as broken text.
func utf8Text(message, field, text string, low, high int) *Error {
	if !utf8.ValidString(text) {
		return fail(BadRange, "%s: %s is not UTF-8", message, field)
	}
	return sized(message, field, len(text), low, high)
}

// firstOf returns the first failure.
func firstOf(checks ...*Error) *Error {
	for _, err := range checks {
		if err != nil {
			return err
		}
	}
	return nil
}

package conform

import (
	"encoding/binary"
	"fmt"
)

// Values are uint64, int64 (negative ones only), bool, string, []byte and
// []any. What cases break on purpose is written with raw and dict.

// raw is CBOR that is written as it is.
type raw []byte

// dict is a map in the order given, whatever its keys are.
type dict []pair

type pair struct{ key, value any }

// The major types of CBOR, in the upper three bits of a head.
const (
	majorUint  = 0 << 5
	majorInt   = 1 << 5
	majorBytes = 2 << 5
	majorText  = 3 << 5
	majorArray = 4 << 5
	majorMap   = 5 << 5
	majorTag   = 6 << 5
)

// message is a message in its one form: [kind, {1: value, ...}].
func message(kind uint64, values ...any) []byte {
	return write(nil, []any{kind, keyed(values...)})
}

// keyed is the map of a message.
func keyed(values ...any) dict {
	fields := make(dict, len(values))
	for i, value := range values {
		fields[i] = pair{uint64(i + 1), value}
	}
	return fields
}

// write appends a value in deterministic encoding.
func write(to []byte, value any) []byte {
	switch v := value.(type) {
	case raw:
		return append(to, v...)
	case int:
		return writeInt(to, int64(v))
	case int64:
		return writeInt(to, v)
	case uint64:
		return head(to, majorUint, v)
	case bool:
		return append(to, map[bool]byte{false: 0xf4, true: 0xf5}[v])
	case string:
		return append(head(to, majorText, uint64(len(v))), v...)
	case []byte:
		return append(head(to, majorBytes, uint64(len(v))), v...)
	case []any:
		return writeArray(to, v)
	case dict:
		return writeDict(to, v)
	}
	panic(fmt.Sprintf("conform: a case holds a %T", value)) // a mistake in this package, found by its tests
}

func writeInt(to []byte, v int64) []byte {
	if v < 0 {
		return head(to, majorInt, uint64(-1-v))
	}
	return head(to, majorUint, uint64(v))
}

func writeArray(to []byte, list []any) []byte {
	to = head(to, majorArray, uint64(len(list)))
	for _, one := range list {
		to = write(to, one)
	}
	return to
}

func writeDict(to []byte, d dict) []byte {
	to = head(to, majorMap, uint64(len(d)))
	for _, one := range d {
		to = write(write(to, one.key), one.value)
	}
	return to
}

// head writes a head in its shortest form.
func head(to []byte, major byte, n uint64) []byte {
	switch {
	case n < 24:
		return append(to, major|byte(n))
	case n < 1<<8:
		return long(to, major, n, 1)
	case n < 1<<16:
		return long(to, major, n, 2)
	case n < 1<<32:
		return long(to, major, n, 4)
	}
	return long(to, major, n, 8)
}

// long writes a head with its number in 1, 2, 4 or 8 bytes, needed or not.
func long(to []byte, major byte, n uint64, size int) []byte {
	form := map[int]byte{1: 24, 2: 25, 4: 26, 8: 27}[size]
	all := binary.BigEndian.AppendUint64(nil, n)
	return append(append(to, major|form), all[8-size:]...)
}

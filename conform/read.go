package conform

import (
	"math"
	"unicode/utf8"
)

// The shape of a message: SPEC.md 3.1 and 11.
const (
	maxNesting = 4
	maxArray   = 1024
	maxMap     = 32
	maxText    = 2000
	maxInteger = 1<<53 - 1
)

// reader reads one item of the subset of SPEC.md 3. A form that is wrong ends
// the reading; one that is not canonical is noted, because form comes first.
type reader struct {
	rest      []byte
	canonical bool
}

// read reads a message: its kind and the map behind it. The code is formCode,
// canonicalCode or 0.
func read(data []byte) (kind uint64, fields dict, code uint64) {
	r := &reader{rest: data, canonical: true}
	item, ok := r.item(1)
	list, isList := item.([]any)
	if !ok || len(r.rest) > 0 || !isList || len(list) != 2 {
		return 0, nil, formCode
	}
	kind, isKind := list[0].(uint64)
	fields, isMap := list[1].(dict)
	switch {
	case !isKind || !isMap:
		return 0, nil, formCode
	case !r.canonical:
		return 0, nil, canonicalCode
	}
	return kind, fields, 0
}

// item reads one item at this depth of nesting.
func (r *reader) item(depth int) (value any, ok bool) {
	if len(r.rest) == 0 {
		return nil, false
	}
	first := r.rest[0]
	if first == 0xf4 || first == 0xf5 {
		r.rest = r.rest[1:]
		return first == 0xf5, true
	}
	n, ok := r.head()
	if !ok {
		return nil, false
	}
	switch first & 0xe0 {
	case majorUint:
		return n, n <= maxInteger
	case majorInt:
		return -1 - int64(min(n, math.MaxInt64)), n < maxInteger
	case majorBytes:
		return r.take(n)
	case majorText:
		text, ok := r.take(n)
		return string(text), ok && n <= maxText && utf8.Valid(text)
	case majorArray:
		return r.array(n, depth)
	case majorMap:
		return r.dict(n, depth)
	}
	return nil, false
}

// head reads the number in a head.
func (r *reader) head() (n uint64, ok bool) {
	form := r.rest[0] & 0x1f
	r.rest = r.rest[1:]
	if form < 24 {
		return uint64(form), true
	}
	if form > 27 || len(r.rest) < 1<<(form-24) {
		return 0, false
	}
	size := 1 << (form - 24)
	for _, one := range r.rest[:size] {
		n = n<<8 | uint64(one)
	}
	r.rest = r.rest[size:]
	if len(head(nil, 0, n)) != 1+size {
		r.canonical = false
	}
	return n, true
}

func (r *reader) take(n uint64) ([]byte, bool) {
	if n > uint64(len(r.rest)) {
		return nil, false
	}
	taken := r.rest[:n:n]
	r.rest = r.rest[n:]
	return taken, true
}

func (r *reader) array(n uint64, depth int) (any, bool) {
	if n > maxArray || depth > maxNesting {
		return nil, false
	}
	list := make([]any, 0, n)
	for range n {
		one, ok := r.item(depth + 1)
		if !ok {
			return nil, false
		}
		list = append(list, one)
	}
	return list, true
}

func (r *reader) dict(n uint64, depth int) (any, bool) {
	if n > maxMap || depth > maxNesting {
		return nil, false
	}
	d := make(dict, 0, n)
	for range n {
		key, keyed := r.item(depth + 1)
		number, isNumber := key.(uint64)
		if !keyed || !isNumber {
			return nil, false
		}
		value, ok := r.item(depth + 1)
		if !ok {
			return nil, false
		}
		if len(d) > 0 && d[len(d)-1].key.(uint64) >= number {
			r.canonical = false
		}
		d = append(d, pair{number, value})
	}
	return d, true
}

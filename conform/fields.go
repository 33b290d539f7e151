package conform

import "strings"

const (
	maxNumber = 1<<31 - 1 // of running numbers
	resetHead = 7         // numbers before the monitors in a reset
)

// field is one value of a kind: its type as a letter of SPEC.md 4, the range
// of the number, or of the length of text (bytes), bytes and arrays, and for
// arrays what an element may be.
type field struct {
	name     string
	letter   byte
	min, max int64
	element  *field
	group    int64 // elements come in groups of so many; 0 and 1 are the same
	good     any   // an example
}

func u(name string, low, high int64) field {
	return field{name: name, letter: 'u', min: low, max: high, good: low}
}

func signed(name string, low, high int64) field {
	return field{name: name, letter: 'i', min: low, max: high, good: 0}
}

// number is a uint32 that runs from 1.
func number(name string) field { return u(name, 1, maxNumber) }

func flag(name string) field { return field{name: name, letter: 'b', good: false} }

func text(name string, low, high int64) field {
	return field{name: name, letter: 't', min: low, max: high, good: strings.Repeat("a", int(low))}
}

func octets(name string, low, high int64) field {
	return field{name: name, letter: 'y', min: low, max: high, good: make([]byte, low)}
}

// list is an array of unsigned integers; the lengths count integers.
func list(name string, low, high, least, most int64) field {
	element := u(name, least, most)
	return field{name: name, letter: 'U', min: low, max: high, element: &element, good: repeat(least, low)}
}

func texts(name string, low, high, short, long int64) field {
	element := text(name, short, long)
	return field{name: name, letter: 'T', min: low, max: high, element: &element, good: repeat("ShiftLeft", low)}
}

// rects is an array of JPEG rectangles.
func rects(name string, low, high int64) field {
	return field{name: name, letter: 'J', min: low, max: high, good: []any{}}
}

func (f field) as(good any) field    { f.good = good; return f }
func (f field) of(group int64) field { f.group = group; return f }

func repeat(value any, times int64) []any {
	all := make([]any, times)
	for i := range all {
		all[i] = value
	}
	return all
}

// typed says whether a value has the field's type. SPEC.md 3.1, check 17.
func (f *field) typed(value any) bool {
	switch v := value.(type) {
	case uint64:
		return f.letter == 'u' || f.letter == 'i'
	case int64:
		return f.letter == 'i'
	case bool:
		return f.letter == 'b'
	case string:
		return f.letter == 't'
	case []byte:
		return f.letter == 'y'
	case []any:
		return f.typedList(v)
	}
	return false
}

func (f *field) typedList(values []any) bool {
	for _, one := range values {
		switch f.letter {
		case 'U', 'T':
			if !f.element.typed(one) {
				return false
			}
		case 'J':
			if !isRect(one) {
				return false
			}
		}
	}
	return f.letter == 'U' || f.letter == 'T' || f.letter == 'J'
}

func isRect(value any) bool {
	all, ok := value.([]any)
	if !ok || len(all) != 5 {
		return false
	}
	for _, one := range all[:4] {
		if _, ok := one.(uint64); !ok {
			return false
		}
	}
	_, ok = all[4].([]byte)
	return ok
}

// within says whether a value of the right type is in range. Check 18.
func (f *field) within(value any) bool {
	size := int64(0)
	switch v := value.(type) {
	case uint64:
		size = int64(v)
	case int64:
		size = v
	case string:
		size = int64(len(v))
	case []byte:
		size = int64(len(v))
	case []any:
		return f.withinList(v)
	default:
		return true
	}
	return f.min <= size && size <= f.max
}

func (f *field) withinList(values []any) bool {
	n := int64(len(values))
	if n < f.min || n > f.max || f.group > 1 && n%f.group != 0 {
		return false
	}
	for _, one := range values {
		if f.element != nil && !f.element.within(one) {
			return false
		}
	}
	return true
}

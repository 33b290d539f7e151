package protocol

import (
	"fmt"
	"slices"
	"strings"
)

// trial is a value for a field and what a reader says of it; 0 takes it.
type trial struct {
	name  string
	value any
	code  Code
}

// longestTrial bounds the strings in vectors; longer ones are made by TestAgreement.
const longestTrial = 20000

// trials are a rule's values at its limits and one past each.
func (r rule) trials() []trial {
	switch {
	case r.free || r.letter == 'b':
		return nil
	case r.letter == 'u' || r.letter == 'i':
		return r.numbers()
	case r.letter == 't' || r.letter == 'y':
		return r.strings()
	case r.letter == 'j' || r.head != nil:
		return nil // by hand, in resetVectors
	}
	return append(r.counts(), r.elements()...)
}

func (r rule) numbers() (list []trial) {
	for _, span := range r.spans {
		list = append(list, trial{fmt.Sprint(span[0]), span[0], 0}, trial{fmt.Sprint(span[1]), span[1], 0})
		if below := span[0] - 1; below >= 0 || r.letter == 'i' {
			list = append(list, trial{fmt.Sprint(below), below, BadRange})
		}
		if above := span[1] + 1; above <= MaxInteger {
			list = append(list, trial{fmt.Sprint(above), above, BadRange})
		} else {
			list = append(list, trial{fmt.Sprint(above), above, Form})
		}
	}
	if r.spans[len(r.spans)-1][1] < MaxInteger {
		list = append(list, trial{"2^53-1", int64(MaxInteger), BadRange})
	}
	return list
}

func (r rule) strings() (list []trial) {
	low, high := int(r.spans[0][0]), int(r.spans[0][1])
	list = []trial{{fmt.Sprintf("of %d bytes", low), r.long(low), 0}}
	if low > 0 {
		list = append(list, trial{fmt.Sprintf("of %d bytes", low-1), r.long(low - 1), BadRange})
	}
	if high < longestTrial {
		list = append(list, trial{fmt.Sprintf("of %d bytes", high), r.long(high), 0},
			trial{fmt.Sprintf("of %d bytes", high+1), r.long(high + 1), BadRange})
	}
	if r.letter == 't' {
		list = append(list, trial{fmt.Sprintf("of %d bytes in fewer letters", high+2), strings.Repeat("é", high/2+1), BadRange})
	}
	return list
}

func (r rule) long(n int) any {
	if r.letter == 't' {
		return strings.Repeat("x", n)
	}
	return make([]byte, n)
}

// counts are arrays of as few and as many groups as may be, and one past.
func (r rule) counts() (list []trial) {
	for _, n := range slices.Compact([]int{r.times[0], r.times[1]}) {
		list = append(list, trial{fmt.Sprintf("of %d", n), r.filled(n), 0})
	}
	past := trial{fmt.Sprintf("of %d", r.times[1]+1), r.filled(r.times[1] + 1), BadRange}
	if len(past.value.([]any)) > MaxArray {
		past.code = Form
	}
	if list = append(list, past); r.times[0] > 0 {
		list = append(list, trial{fmt.Sprintf("of %d", r.times[0]-1), r.filled(r.times[0] - 1), BadRange})
	}
	for cut := 1; cut < len(r.group); cut++ {
		list = append(list, trial{fmt.Sprintf("of one and %d numbers", cut), append(r.filled(1), r.filled(1)[:cut]...), BadRange})
	}
	return list
}

// filled is an array of n groups; numbers that stand alone ascend.
func (r rule) filled(n int) []any {
	list := []any{}
	for i := range n {
		for _, one := range r.group {
			list = append(list, one.sample(int64(i)))
		}
	}
	return list
}

// sample is a value that the rule takes.
func (r rule) sample(i int64) any {
	switch r.letter {
	case 'u', 'i':
		return min(r.spans[0][0]+i, r.spans[0][1])
	case 'j':
		list := []any{}
		for _, one := range r.group {
			list = append(list, one.sample(1))
		}
		return list
	}
	return r.long(int(r.spans[0][0]))
}

// elements are arrays of the fewest groups, one value in the first of which is
// at its limits and past them.
func (r rule) elements() (list []trial) {
	for at, one := range r.group {
		if one.letter == 'j' {
			list = append(list, one.inTuple()...)
			continue
		}
		for _, t := range one.trials() {
			array := r.filled(max(1, r.times[0]))
			array[at] = t.value
			list = append(list, trial{fmt.Sprintf("with %s at place %d", t.name, at), array, t.code})
		}
	}
	return list
}

func (r rule) inTuple() (list []trial) {
	for at, one := range r.group {
		for _, t := range one.trials() {
			tuple := r.sample(0).([]any)
			tuple[at] = t.value
			list = append(list, trial{fmt.Sprintf("with %s at place %d", t.name, at), []any{tuple}, t.code})
		}
	}
	return list
}

// foreign are values of every type that the letter of a signature does not
// mean, and arrays with such elements.
func foreign(letter byte) (list []trial) {
	values := []struct {
		letters, name string
		value         any
	}{
		{"ui", "a number", 1}, {"i", "a negative number", -1}, {"b", "a boolean", true}, {"t", "a text", "a"}, {"y", "bytes", []byte{1}},
		{"UTJ", "an empty array", []any{}}, {"", "a map", map[int]int{}},
		{"U", "an array of numbers", []any{1}}, {"T", "an array of texts", []any{"a"}}, {"", "an array of negative numbers", []any{-1}},
		{"", "an array of bytes", []any{[]byte{1}}}, {"", "an array of booleans", []any{false}},
		{"J", "an array of tuples", []any{[]any{1, 1, 1, 1, []byte{1}}}}, {"", "an array of short tuples", []any{[]any{1, 1, 1, []byte{1}}}},
		{"", "an array of long tuples", []any{[]any{1, 1, 1, 1, []byte{1}, []byte{1}}}},
		{"", "an array of tuples of numbers", []any{[]any{1, 1, 1, 1, 1}}},
		{"", "an array of tuples with a text", []any{[]any{"a", 1, 1, 1, []byte{1}}}},
	}
	scalar := slices.Contains([]byte("uibty"), letter)
	for i, v := range values {
		if !strings.Contains(v.letters, string(letter)) && !(scalar && i > 6) {
			list = append(list, trial{v.name, v.value, BadTypes})
		}
	}
	return list
}

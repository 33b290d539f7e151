package conform

import (
	"fmt"
	"strings"
)

// spoken calls do for every kind that travels this way.
func spoken(w way, do func(k *kind) []Case) (cases []Case) {
	for i := range kinds {
		if len(kinds[i].on[w]) > 0 {
			cases = append(cases, do(&kinds[i])...)
		}
	}
	return cases
}

// variant is a kind's message that is broken, or at a limit.
type variant struct {
	name string
	data []byte
}

// keyVariants leave out a key, add one, or begin with 0.
func keyVariants(k *kind) []variant {
	values := k.example()
	more := variant{"a key too many", message(k.number, append(k.example(), 0)...)}
	if len(values) == 0 {
		return []variant{more}
	}
	shifted := dict{}
	for i, one := range values {
		shifted = append(shifted, pair{i, one})
	}
	return []variant{more, {"a key left out", message(k.number, values[:len(values)-1]...)},
		{"keys from 0", write(nil, []any{k.number, shifted})}}
}

// typeVariants put another type into each field.
func typeVariants(k *kind) (all []variant) {
	for i, f := range k.fields {
		for _, wrong := range otherTypes[f.letter] {
			values := k.example()
			values[i] = wrong
			all = append(all, variant{fmt.Sprintf("%s as %T", f.name, wrong), message(k.number, values...)})
		}
	}
	return all
}

// otherTypes are values of which none has the type of the letter.
var otherTypes = map[byte][]any{
	'u': {"1", -1}, 'i': {"1"}, 'b': {1}, 't': {[]byte("a")}, 'y': {"a"}, 'U': {1, []any{"1"}}, 'T': {[]any{[]byte("a")}},
	'J': {[]any{[]any{1, 1, 1, 1, "a"}}},
}

// edges are the values of a field at its limits, and those one past them.
func (f *field) edges() (inside, outside []any) {
	if f.max+f.group > maxArray && f.letter == 'U' || f.max > maxToConsole && f.letter == 'y' {
		return nil, nil // one past it is not well-formed, or too large to be sent whole
	}
	switch f.letter {
	case 'u', 'i':
		return []any{f.min, f.max}, numbersPast(f.min, f.max, f.letter == 'i')
	case 't':
		return []any{strings.Repeat("a", int(f.min)), strings.Repeat("a", int(f.max))}, f.lengths(func(n int64) any { return strings.Repeat("a", int(n)) })
	case 'y':
		return []any{make([]byte, f.min), make([]byte, f.max)}, f.lengths(func(n int64) any { return make([]byte, n) })
	case 'U', 'T':
		return f.listEdges()
	}
	return nil, nil
}

func numbersPast(low, high int64, negative bool) (all []any) {
	if low > 0 || negative {
		all = append(all, low-1)
	}
	if high < maxInteger {
		all = append(all, high+1)
	}
	return all
}

// lengths are one shorter and one longer than allowed.
func (f *field) lengths(of func(n int64) any) (all []any) {
	step := max(f.group, 1)
	if f.min > 0 {
		all = append(all, of(f.min-step))
	}
	return append(all, of(f.max+step))
}

// listEdges are lists at their limits, and elements at theirs. Capabilities
// ascend; so do all lists here, in groups.
func (f *field) listEdges() (inside, outside []any) {
	rising := func(n int64) any {
		all := make([]any, n)
		for i := range all {
			all[i] = f.element.good
			if f.letter == 'U' {
				all[i] = int64(i)
			}
		}
		return all
	}
	inside = []any{rising(f.min), rising(f.max)}
	outside = f.lengths(rising)
	_, wrong := f.element.edges()
	for _, one := range wrong {
		outside = append(outside, repeat(one, max(f.min, f.group, 1)))
	}
	if f.group > 1 {
		outside = append(outside, rising(f.min+1))
	}
	return inside, outside
}

// rangeVariants put each field one past its limits.
func rangeVariants(k *kind) (all []variant) {
	for i := range k.fields {
		_, outside := k.fields[i].edges()
		for n, wrong := range outside {
			values := k.example()
			values[i] = wrong
			all = append(all, variant{fmt.Sprintf("%s out of range %d", k.fields[i].name, n+1), message(k.number, values...)})
		}
	}
	return all
}

func fieldCases(group string, k *kind, variants []variant, code uint64) (cases []Case) {
	for _, v := range variants {
		cases = append(cases, in(home(k), fmt.Sprintf("%s/%s/%s", group, k.name, v.name), "3.1", on(k.on[toDevice][0], v.data, k.name+" with "+v.name), byeWith(code)))
	}
	return cases
}

func keyCases() []Case {
	return spoken(toDevice, func(k *kind) []Case { return fieldCases("keys", k, keyVariants(k), keysCode) })
}

func typeCases() []Case {
	return spoken(toDevice, func(k *kind) []Case { return fieldCases("types", k, typeVariants(k), typesCode) })
}

func rangeCases() []Case {
	return spoken(toDevice, func(k *kind) []Case { return fieldCases("range", k, rangeVariants(k), rangeCode) })
}

// limitCases send each field at its limits, which is right: no end comes.
// What is at a limit may still be refused, or have no effect.
func limitCases() []Case {
	return spoken(toDevice, func(k *kind) []Case {
		if stands[k.name] {
			return nil
		}
		steps := []step{}
		for i, f := range k.fields {
			inside, _ := f.edges()
			for _, value := range inside {
				if f.name != "generation" {
					steps = append(steps, say{k.name, with{k.fields[i].name: value}})
				}
			}
		}
		return []Case{in(home(k), "limit/"+k.name, "11", append(steps, alive{})...)}
	})
}

// stands are kinds of which one message is all, or of which the numbers are
// judged by what was said before: cases of their own.
var stands = map[string]bool{"hello": true, "ready": true, "bye": true, "ping": true, "request": true, "ack": true}

package input

import "math/bits"

// set is a set of numbers of keys or buttons.
type set [32]byte

func (s *set) has(n byte) bool { return s[n/8]>>(n%8)&1 == 1 }

// members are the numbers in the set, ascending.
func (s *set) members() []byte {
	var list []byte
	for i, b := range s {
		for ; b != 0; b &= b - 1 {
			list = append(list, byte(8*i+bits.TrailingZeros8(b)))
		}
	}
	return list
}

func (s *set) put(n byte) { s[n/8] |= 1 << (n % 8) }

func (s *set) remove(n byte) { s[n/8] &^= 1 << (n % 8) }

// add puts the members of another set in.
func (s *set) add(other set) {
	for i := range s {
		s[i] |= other[i]
	}
}

// keep removes what is not in the other set.
func (s *set) keep(other set) {
	for i := range s {
		s[i] &= other[i]
	}
}

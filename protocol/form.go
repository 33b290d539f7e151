package protocol

// form checks that data is one canonical item [kind, map] and returns the
// kind and where the map begins. SPEC.md 3.1, checks 11 and 12.
func form(data []byte) (kind uint64, body int, err *Error) {
	s := scanner{data: data}
	if err := s.item(0); err != nil {
		return 0, 0, err
	}
	if s.at != len(data) {
		return 0, 0, fail(Form, "%d bytes follow the message", len(data)-s.at)
	}
	if kind, body, err = envelope(data); err != nil {
		return 0, 0, err
	}
	return kind, body, s.sloppy
}

// envelope takes a well-formed item apart into its kind and its map.
func envelope(data []byte) (kind uint64, body int, err *Error) {
	s := scanner{data: data}
	if major, n, _ := s.head(); major != majorArray || n != 2 {
		return 0, 0, fail(Form, "not an array of two")
	}
	major, kind, _ := s.head()
	if major != majorUint || data[s.at]>>5 != majorMap {
		return 0, 0, fail(Form, "not a kind and a map")
	}
	return kind, s.at, nil
}

// keysOf checks that the map at body has exactly the keys 1 to n and returns
// where each value begins. SPEC.md 3.1, check 16.
func keysOf(data []byte, body, n int, values *[MaxMap]int) *Error {
	s := scanner{data: data, at: body}
	_, pairs, _ := s.head()
	if pairs != uint64(n) {
		return fail(BadKeys, "%d keys instead of %d", pairs, n)
	}
	for i := range n {
		_, key, _ := s.head()
		if key != uint64(i+1) {
			return fail(BadKeys, "key %d instead of %d", key, i+1)
		}
		values[i] = s.at
		_ = s.item(2) // well-formed, as form has seen
	}
	return nil
}

// typesOf checks each value against the signature of its kind. Check 17.
func typesOf(data []byte, values []int, signature string) *Error {
	for i, want := range []byte(signature) {
		s := scanner{data: data, at: values[i]}
		if !s.is(want) {
			return fail(BadTypes, "key %d is not %q", i+1, string(want))
		}
	}
	return nil
}

// is walks one value and says whether it has the type of a signature letter.
func (s *scanner) is(want byte) bool {
	switch want {
	case 'U':
		return s.elements('u')
	case 'T':
		return s.elements('t')
	case 'J':
		return s.elements('j')
	case 'j':
		return s.tuple("uuuuy")
	}
	major := int(s.data[s.at] >> 5)
	_ = s.item(MaxNesting - 1)
	return major == majorOf[want] || (want == 'i' && major == majorUint)
}

var majorOf = map[byte]int{'u': majorUint, 'i': majorInt, 'b': majorSimple, 't': majorText, 'y': majorBytes}

func (s *scanner) elements(want byte) bool {
	major, n, _ := s.head()
	if major != majorArray {
		return false
	}
	for range n {
		if !s.is(want) {
			return false
		}
	}
	return true
}

func (s *scanner) tuple(signature string) bool {
	major, n, _ := s.head()
	if major != majorArray || n != uint64(len(signature)) {
		return false
	}
	for _, want := range []byte(signature) {
		if !s.is(want) {
			return false
		}
	}
	return true
}

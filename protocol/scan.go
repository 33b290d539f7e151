package protocol

import "unicode/utf8"

// scanner walks one CBOR item of the subset of SPEC.md 3 without making
// anything of it. A problem of form stops it; a form that is merely not
// canonical is remembered, because form is judged first.
type scanner struct {
	data   []byte
	at     int
	sloppy *Error
}

// Major types of RFC 8949, 3.1.
const (
	majorUint = iota
	majorInt
	majorBytes
	majorText
	majorArray
	majorMap
	majorTag
	majorSimple
)

// item walks one item that stands depth arrays and maps deep.
func (s *scanner) item(depth int) *Error {
	major, n, err := s.head()
	if err != nil {
		return err
	}
	switch major {
	case majorBytes, majorText:
		return s.str(major, n)
	case majorArray:
		return s.array(n, depth+1)
	case majorMap:
		return s.pairs(n, depth+1)
	}
	return nil
}

// head reads the first bytes of an item: its major type and its argument.
func (s *scanner) head() (major int, n uint64, err *Error) {
	if s.at >= len(s.data) {
		return 0, 0, fail(Form, "ends in the middle of an item")
	}
	first := s.data[s.at]
	s.at++
	major, info := int(first>>5), first&31
	if major == majorTag || (major == majorSimple && info != 20 && info != 21) {
		return 0, 0, fail(Form, "byte %d: tags, floats, null and other simple values are not used", s.at-1)
	}
	if n, err = s.argument(info); err != nil {
		return 0, 0, err
	}
	if n > MaxInteger || (major == majorInt && n == MaxInteger) {
		return 0, 0, fail(Form, "byte %d: number beyond 2^53-1", s.at-1)
	}
	return major, n, nil
}

// argument reads what follows the first byte. RFC 8949, 3.
func (s *scanner) argument(info byte) (uint64, *Error) {
	if info < 24 {
		return uint64(info), nil
	}
	if info > 27 {
		return 0, fail(Form, "byte %d: reserved or indefinite length", s.at-1)
	}
	size := 1 << (info - 24)
	if len(s.data)-s.at < size {
		return 0, fail(Form, "ends in the middle of a number")
	}
	var n uint64
	for _, b := range s.data[s.at : s.at+size] {
		n = n<<8 | uint64(b)
	}
	s.at += size
	if shortest := [4]uint64{24, 1 << 8, 1 << 16, 1 << 32}; n < shortest[info-24] {
		s.blame(fail(Canonical, "byte %d: number not in its shortest form", s.at-size-1))
	}
	return n, nil
}

func (s *scanner) str(major int, n uint64) *Error {
	if n > uint64(len(s.data)-s.at) {
		return fail(Form, "ends in the middle of a string")
	}
	text := s.data[s.at : s.at+int(n)]
	s.at += int(n)
	if major == majorText && n > MaxText {
		return fail(Form, "text of %d bytes, at most %d", n, MaxText)
	}
	if major == majorText && !utf8.Valid(text) {
		return fail(Form, "text is not UTF-8")
	}
	return nil
}

func (s *scanner) array(n uint64, depth int) *Error {
	if err := room("array", n, MaxArray, depth); err != nil {
		return err
	}
	for range n {
		if err := s.item(depth); err != nil {
			return err
		}
	}
	return nil
}

func (s *scanner) pairs(n uint64, depth int) *Error {
	if err := room("map", n, MaxMap, depth); err != nil {
		return err
	}
	last := int64(-1)
	for range n {
		major, key, err := s.head()
		if err != nil {
			return err
		}
		if major != majorUint {
			return fail(Form, "byte %d: a key is not an unsigned integer", s.at-1)
		}
		if int64(key) <= last {
			s.blame(fail(Canonical, "key %d after key %d", key, last))
		}
		last = int64(key)
		if err := s.item(depth); err != nil {
			return err
		}
	}
	return nil
}

// blame remembers the first thing that is not canonical.
func (s *scanner) blame(err *Error) {
	if s.sloppy == nil {
		s.sloppy = err
	}
}

// room says whether n things fit into an array or map at this depth.
func room(what string, n, limit uint64, depth int) *Error {
	if depth > MaxNesting {
		return fail(Form, "nested deeper than %d", MaxNesting)
	}
	if n > limit {
		return fail(Form, "%s of %d, at most %d", what, n, limit)
	}
	return nil
}

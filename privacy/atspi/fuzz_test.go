package atspi

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/godbus/dbus/v5"

	"telestrator/fuzz/bound"
)

// FuzzAnswers has a program with a password field give any answers. There is no
// panic; and where the window is called ready, the field is among the secret
// ones, unless the program has said in proper form that it is not.
func FuzzAnswers(f *testing.F) {
	for which := range byte(len(methods)) {
		for _, method := range []byte{which, which | 64, which | 128, which | 192} { // of all nodes or the field, at first or later
			f.Add(method, []byte{})                                     // nothing
			f.Add(method, []byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9})         // one of each kind
			f.Add(method, []byte{7, 3, 1, 255, 255, 255, 255})          // an array in an array
			f.Add(method, []byte{8, 2, 255, 255, 255, 255})             // a variant with a number
			f.Add(method, []byte{1, 0, 0, 0, 0})                        // a number
			f.Add(method, []byte{6, 2, 0, 0, 0, 0, 255, 255, 255, 255}) // words
			f.Add(method, []byte{7, 1, 7, 2, 3, 2, ':', '1', 4})        // a node without a path
			f.Add(method, []byte{10})                                   // an error
			f.Add(method, []byte{11})                                   // there is no such node
		}
	}
	f.Fuzz(func(t *testing.T, which byte, data []byte) {
		bound.Check(t, func() {
			for _, kit := range []string{"gtk", "Chromium", "Gecko", "Qt"} {
				spoil(t, kit, which, data)
			}
		})
	})
}

// spoil has every answer to one of the methods be what the data says.
func spoil(t *testing.T, kit string, which byte, data []byte) {
	f := newFake(kit, "3")
	f.searches = kit != "Qt"
	f.put("window", "page", fakeNode{role: roleDocumentWeb, states: showing, area: [4]int32{0, 90, 800, 510}, document: map[string]string{"DocURL": "https://a.test"}})
	f.put("page", "secret", field40(50))
	p := f.program()
	if which >= 128 {
		scanned(t, p) // what is remembered meets it
	}
	proper := false
	f.spoil = func(to ref, method string, a answer) answer {
		if method != methods[int(which&63)%len(methods)] || which&64 != 0 && to != fakeRef("secret") {
			return a
		}
		d := source{data}
		spoilt := d.answer()
		proper = proper || isProper(method, spoilt)
		return spoilt
	}
	s, err := p.scan(context.Background())
	if err != nil {
		if !errors.Is(err, ErrNonsense) {
			t.Fatal(err)
		}
		return
	}
	for _, frame := range s.Frames {
		missing := !slices.ContainsFunc(s.Secrets, func(s Secret) bool { return s.ID == fakeRef("secret").String() })
		if frame.Ready && missing && !proper {
			t.Fatalf("%s, %s: vouched for by %v", kit, methods[int(which&63)%len(methods)], data)
		}
	}
	for _, secret := range s.Secrets {
		if !secret.Showing && !proper {
			t.Fatalf("%s, %s: %v hides the field", kit, methods[int(which&63)%len(methods)], data)
		}
		if secret.Known && secret.Showing && secret.Area.Empty() {
			t.Fatalf("%+v is known to be nowhere", secret)
		}
	}
}

var methods = []string{
	accessible + "GetRole", accessible + "GetState", accessible + "GetAttributes", accessible + "GetChildren",
	component + "GetExtents", accessible + "GetRelationSet", document + "GetAttributes", collection + "GetMatches", "org.freedesktop.DBus.Properties.Get",
}

// isProper says whether an answer is of the form that the method has, or that
// the node is gone: then it may say that there is nothing secret.
func isProper(method string, a answer) bool {
	var refused dbus.Error
	if errors.As(a.err, &refused) {
		return refused.Name != "org.freedesktop.DBus.Error.Failed"
	}
	if len(a.body) != 1 {
		return false
	}
	switch v := a.body[0].(type) {
	case uint32:
		return method == accessible+"GetRole" && v <= lastRole
	case []uint32:
		return method == accessible+"GetState" && len(v) == 2
	case [][]any:
		if method != accessible+"GetChildren" && method != collection+"GetMatches" {
			return false
		}
		return !slices.ContainsFunc(v, func(pair []any) bool { return !isPair(pair) })
	}
	return false
}

func isPair(pair []any) bool {
	if len(pair) != 2 {
		return false
	}
	_, named := pair[0].(string)
	_, placed := pair[1].(dbus.ObjectPath)
	return named && placed
}

// source makes values of bytes.
type source struct{ data []byte }

func (s *source) next() byte {
	if len(s.data) == 0 {
		return 0
	}
	b := s.data[0]
	s.data = s.data[1:]
	return b
}

func (s *source) word() uint32 {
	return uint32(s.next()) | uint32(s.next())<<8 | uint32(s.next())<<16 | uint32(s.next())<<24
}

func (s *source) text() string {
	n := min(int(s.next()), len(s.data))
	text := string(s.data[:n])
	s.data = s.data[n:]
	return text
}

func (s *source) answer() answer {
	if len(s.data) == 0 {
		return answer{}
	}
	switch s.data[0] {
	case 10:
		return refused("Failed")
	case 11:
		return refused("UnknownObject")
	case 12:
		return refused("UnknownMethod")
	}
	var values []any
	for len(s.data) > 0 && len(values) < 4 {
		values = append(values, s.value(0))
	}
	return answer{body: values}
}

// value makes one of the kinds that the library makes of messages.
func (s *source) value(depth int) any {
	kind := s.next() % 10
	if depth > 4 {
		kind %= 6
	}
	switch kind {
	case 0:
		return s.next() != 0
	case 1:
		return s.word()
	case 2:
		return int32(s.word())
	case 3:
		return s.text()
	case 4:
		return dbus.ObjectPath("/" + s.text())
	case 5:
		return []string{s.text()}
	case 6:
		words := make([]uint32, s.next()%5)
		for i := range words {
			words[i] = s.word()
		}
		return words
	case 7:
		return s.lists(depth)
	case 8:
		return dbus.MakeVariantWithSignature(s.value(depth+1), dbus.Signature{})
	}
	return map[string]string{s.text(): s.text()}
}

func (s *source) lists(depth int) any {
	n := int(s.next() % 6)
	if s.next()%2 == 0 {
		list := make([]any, n)
		for i := range list {
			list[i] = s.value(depth + 1)
		}
		return list
	}
	list := make([][]any, n)
	for i := range list {
		list[i] = []any{s.value(depth + 1), s.value(depth + 1)}
	}
	return list
}

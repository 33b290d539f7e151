package atspi

import (
	"image"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/godbus/dbus/v5"
)

// The functions of this file read what programs answer: bodies of D-Bus
// messages, whatever is in them. Each says by its last result whether it made
// sense.

// nowhere is the path of a node that is not there.
const nowhere = "/org/a11y/atspi/null"

// ref names a node: the connection of its program and its path there.
type ref struct {
	name string
	path dbus.ObjectPath
}

// The roles that matter here, by their numbers in AT-SPI.
const (
	roleAlert       = 2
	roleComboBox    = 11
	roleDialog      = 16
	roleFrame       = 23
	rolePassword    = 40
	roleSpinButton  = 52
	roleText        = 61
	roleWindow      = 69
	roleComplete    = 76
	roleEditBar     = 77
	roleEntry       = 79
	roleDocumentWeb = 95
	lastRole        = 1023
)

// entryRoles are those of fields for text.
var entryRoles = []int{roleComboBox, roleSpinButton, roleText, roleComplete, roleEditBar, roleEntry}

// states are a node's, as a set of bits.
type states uint64

// The states that matter here.
const (
	busy    states = 1 << 3
	defunct states = 1 << 6
	focused states = 1 << 12
	lines   states = 1 << 17
	showing states = 1 << 25
)

func only[T any](body []any) (v T, ok bool) {
	if len(body) != 1 {
		return v, false
	}
	v, ok = body[0].(T)
	return v, ok
}

// property reads the answer to a question for a property.
func property[T any](body []any) (v T, ok bool) {
	variant, ok := only[dbus.Variant](body)
	if !ok {
		return v, false
	}
	v, ok = variant.Value().(T)
	return v, ok
}

func readRole(body []any) (int, bool) {
	role, ok := only[uint32](body)
	return int(role), ok && role <= lastRole
}

func readStates(body []any) (states, bool) {
	words, ok := only[[]uint32](body)
	if !ok || len(words) != 2 {
		return 0, false
	}
	return states(words[0]) | states(words[1])<<32, true
}

// readRefs reads a list of nodes. Those that are said not to be there are left
// out.
func readRefs(body []any, most int) ([]ref, bool) {
	list, ok := only[[][]any](body)
	if !ok || len(list) > most {
		return nil, false
	}
	refs := make([]ref, 0, len(list))
	for _, pair := range list {
		r, ok := readRef(pair)
		if !ok {
			return nil, false
		}
		if r.path != nowhere {
			refs = append(refs, r)
		}
	}
	return refs, true
}

func readRef(pair []any) (ref, bool) {
	if len(pair) != 2 {
		return ref{}, false
	}
	name, named := pair[0].(string)
	path, placed := pair[1].(dbus.ObjectPath)
	if !named || !placed || !path.IsValid() {
		return ref{}, false
	}
	return ref{name, path}, path == nowhere || unique(name)
}

// unique says whether name is one that the bus gives to a connection.
func unique(name string) bool {
	rest, ok := strings.CutPrefix(name, ":")
	return ok && rest != "" && len(name) <= 255 && strings.Trim(rest, "0123456789.") == "" &&
		!strings.HasPrefix(rest, ".") && !strings.HasSuffix(rest, ".") && strings.Contains(rest, ".") && !strings.Contains(rest, "..")
}

// readArea reads an area that a field can have. What is said of a node whose
// place is not known, and what cannot be on a screen, is none.
func readArea(body []any) (image.Rectangle, bool) {
	four, ok := only[[]any](body)
	if !ok || len(four) != 4 {
		return image.Rectangle{}, false
	}
	var v [4]int
	for i, side := range four {
		n, ok := side.(int32)
		if !ok {
			return image.Rectangle{}, false
		}
		v[i] = int(n)
	}
	return area(v[0], v[1], v[2], v[3])
}

func area(x, y, width, height int) (image.Rectangle, bool) {
	far := max(x, -x, y, -y) > maxCoordinate
	if far || width <= 0 || height <= 0 || width > maxSide || height > maxSide {
		return image.Rectangle{}, false
	}
	return image.Rect(x, y, x+width, y+height), true
}

// readAttributes reads attributes, each cut to maxText.
func readAttributes(body []any) (map[string]string, bool) {
	all, ok := only[map[string]string](body)
	if !ok || len(all) > maxAttributes {
		return nil, false
	}
	kept := make(map[string]string, len(all))
	for k, v := range all {
		kept[cut(k, maxText)] = cut(v, maxAddress)
	}
	return kept, true
}

func readText(body []any) (string, bool) {
	s, ok := property[string](body)
	return Clean(s), ok
}

func readCount(body []any) (int, bool) {
	n, ok := property[int32](body)
	return int(n), ok && n >= 0
}

// labelledBy is the kind of relation that leads to a node's labels.
const labelledBy = 2

// readLabels reads which other nodes name a node. What makes no sense names none.
func readLabels(body []any) []ref {
	relations, _ := only[[][]any](body)
	for _, r := range relations {
		if len(r) != 2 || r[0] != any(uint32(labelledBy)) {
			continue
		}
		if labels, ok := readRefs(r[1:], maxLabels); ok {
			return labels
		}
	}
	return nil
}

// Clean makes a title of foreign text: without control characters, marks of
// direction and what is no character at all, and not longer than 512 bytes. To
// compare another title with that of a Frame, clean it too.
func Clean(s string) string { return clean(s, maxText) }

func clean(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError || unicode.Is(unicode.Cf, r):
			return -1
		case unicode.IsControl(r) || unicode.IsSpace(r):
			return ' '
		}
		return r
	}, cut(s, 4*most))
	return strings.TrimSpace(cut(s, most))
}

// cut cuts s to most bytes, between characters.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}

package protocol

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// rule is what protocol.cddl says of one value. The vectors are made from it.
type rule struct {
	letter byte       // of the signatures in SPEC.md 4; 'j' is a tuple
	spans  [][2]int64 // of a number; of the length of a text or byte string
	free   bool       // a text with a form of its own
	head   []rule     // of an array: what stands first
	times  [2]int     // of an array: how often the group comes
	group  []rule     // of an array, or a tuple
}

// grammar is protocol.cddl: its definitions, and the fields of each kind.
type grammar struct {
	definitions map[string]string
	fields      map[Kind][]rule
}

var (
	comment    = regexp.MustCompile(`(?m);.*$`)
	definition = regexp.MustCompile(`(?m)^([a-z0-9-]+)\s*= (.+(?:\n .+)*)$`)
	message    = regexp.MustCompile(`(?s)^\[(\d+), \{(.*)\}\]$`)
	spanOf     = regexp.MustCompile(`^(-?\d+)\.\.(-?\d+)$`)
	sizeOfText = regexp.MustCompile(`^(tstr|bstr) \.size \((\d+)\.\.(\d+)\)$`)
	timesOf    = regexp.MustCompile(`^(\d+)\*(\d+) (.*)$`)
	keyOf      = regexp.MustCompile(`^\d+: (.*)$`)
)

func readGrammar(t testing.TB) grammar {
	t.Helper()
	text, err := os.ReadFile("protocol.cddl")
	if err != nil {
		t.Fatal(err)
	}
	g := grammar{map[string]string{}, map[Kind][]rule{}}
	for _, m := range definition.FindAllStringSubmatch(comment.ReplaceAllString(string(text), ""), -1) {
		g.definitions[m[1]] = strings.Join(strings.Fields(m[2]), " ")
	}
	for _, text := range g.definitions {
		if m := message.FindStringSubmatch(text); m != nil {
			number, _ := strconv.Atoi(m[1])
			g.fields[Kind(number)] = g.list(t, m[2])
		}
	}
	return g
}

// list reads rules with commas between them, with or without keys.
func (g grammar) list(t testing.TB, text string) (rules []rule) {
	for _, part := range split(text, ',') {
		if m := keyOf.FindStringSubmatch(part); m != nil {
			part = m[1]
		}
		rules = append(rules, g.rule(t, part))
	}
	return rules
}

func (g grammar) rule(t testing.TB, text string) rule {
	if m := sizeOfText.FindStringSubmatch(text); m != nil {
		return rule{letter: map[string]byte{"tstr": 't', "bstr": 'y'}[m[1]], spans: [][2]int64{{number(m[2]), number(m[3])}}}
	}
	if known, ok := g.definitions[text]; ok {
		return g.rule(t, known)
	}
	switch {
	case text == "bool":
		return rule{letter: 'b'}
	case strings.HasPrefix(text, "tstr .regexp"):
		return rule{letter: 't', free: true}
	case strings.HasPrefix(text, "["):
		alternatives := split(text, '/')
		return g.array(t, strings.Trim(alternatives[len(alternatives)-1], "[]"))
	}
	return numbers(t, text)
}

// array reads what stands between brackets.
func (g grammar) array(t testing.TB, inside string) rule {
	parts := split(inside, ',')
	m := timesOf.FindStringSubmatch(parts[len(parts)-1])
	if m == nil {
		return rule{letter: 'j', group: g.list(t, inside)}
	}
	var group []rule
	switch {
	case strings.HasPrefix(m[3], "("):
		group = g.list(t, strings.Trim(m[3], "()"))
	case strings.HasPrefix(m[3], "["):
		group = []rule{g.array(t, strings.Trim(m[3], "[]"))}
	default:
		group = g.list(t, m[3])
	}
	array := rule{letter: group[0].letter - 'a' + 'A', times: [2]int{int(number(m[1])), int(number(m[2]))}, group: group}
	if len(parts) > 1 {
		array.head = g.list(t, strings.Join(parts[:len(parts)-1], ","))
	}
	return array
}

func numbers(t testing.TB, text string) rule {
	r := rule{letter: 'u'}
	for _, part := range split(text, '/') {
		m := spanOf.FindStringSubmatch(part)
		if m == nil {
			t.Fatalf("protocol.cddl: %q is not understood", text)
		}
		r.spans = append(r.spans, [2]int64{number(m[1]), number(m[2])})
	}
	if r.spans[0][0] < 0 {
		r.letter = 'i'
	}
	return r
}

func number(text string) int64 {
	n, _ := strconv.ParseInt(text, 10, 64)
	return n
}

// split cuts at a separator that stands in no bracket.
func split(text string, at rune) (parts []string) {
	depth, from := 0, 0
	for i, c := range text {
		depth += strings.Count("([{", string(c)) - strings.Count(")]}", string(c))
		if c == at && depth == 0 {
			parts = append(parts, strings.TrimSpace(text[from:i]))
			from = i + 1
		}
	}
	if rest := strings.TrimSpace(text[from:]); rest != "" {
		parts = append(parts, rest)
	}
	return parts
}

// TestGrammar sees that protocol.cddl has every kind, with its signature.
func TestGrammar(t *testing.T) {
	g := readGrammar(t)
	for k, row := range kinds {
		var signature strings.Builder
		for _, field := range g.fields[k] {
			signature.WriteByte(field.letter)
		}
		if signature.String() != row.signature {
			t.Errorf("protocol.cddl gives %s the signature %q, the code %q", k, signature.String(), row.signature)
		}
	}
	if len(g.fields) != len(kinds) {
		t.Errorf("protocol.cddl has %d kinds, the code %d", len(g.fields), len(kinds))
	}
}

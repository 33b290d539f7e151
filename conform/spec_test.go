package conform

import (
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The tables that are restated here are those of SPEC.md: it is the authority,
// and whoever adds to it is told here what is missing.

// table returns the rows of the tables between two headings of SPEC.md.
func table(t *testing.T, from, to string) (rows [][]string) {
	t.Helper()
	text, err := os.ReadFile("../protocol/SPEC.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(text), "\n"+from)
	if !found {
		t.Fatalf("SPEC.md has no %q", from)
	}
	rest, _, _ = strings.Cut(rest, "\n"+to)
	for line := range strings.Lines(rest) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		if len(cells) > 2 {
			rows = append(rows, cells)
		}
	}
	return rows
}

func TestKindsAreThoseOfTheText(t *testing.T) {
	t.Parallel()
	seen := 0
	for _, cells := range table(t, "## 4. Kinds", "### 4.1") {
		number, err := strconv.ParseUint(cells[0], 10, 64)
		if err != nil {
			continue
		}
		seen++
		k := kindOf(number)
		if k == nil {
			t.Errorf("SPEC.md has kind %v, which is not in kinds.go", cells)
			continue
		}
		signature := ""
		for _, f := range k.fields {
			signature += string(f.letter)
		}
		if k.name != cells[1] || signature != strings.ReplaceAll(cells[4], " ", "") || k.section != cells[5] {
			t.Errorf("kind %d: SPEC.md has %v; here it is %s %q of %s", number, cells, k.name, signature, k.section)
		}
		if on := k.places(); on != cells[2]+" "+cells[3] {
			t.Errorf("%s: SPEC.md has it %s on %s, here it is %s", k.name, cells[2], cells[3], on)
		}
	}
	if seen != len(kinds) {
		t.Errorf("SPEC.md has %d kinds, kinds.go %d", seen, len(kinds))
	}
}

// places is where a kind travels, as SPEC.md 4 writes it.
func (k *kind) places() string {
	way := "both"
	switch {
	case len(k.on[toConsole]) == 0:
		way = "c→d"
	case len(k.on[toDevice]) == 0:
		way = "d→c"
	}
	var names []string
	for _, c := range append(slices.Clone(k.on[toDevice]), k.on[toConsole]...) {
		if name := c.String(); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return way + " " + strings.Join(names, ", ")
}

func TestStatesAreThoseOfTheText(t *testing.T) {
	t.Parallel()
	seen := 0
	for _, cells := range table(t, "### 4.1 States", "## 5.") {
		w, isRow := map[string]way{"c→d": toDevice, "d→c": toConsole}[cells[1]]
		if !isRow {
			continue
		}
		seen++
		row, known := verdicts[w][cells[0]]
		if !known {
			t.Errorf("SPEC.md has %s %s, which is not in states.go", cells[0], cells[1])
		}
		for _, s := range states {
			if row[s].String() != cells[2+s] {
				t.Errorf("%s while %s: SPEC.md says %s, states.go %s", cells[0], s, cells[2+s], row[s])
			}
		}
	}
	if here := len(verdicts[toDevice]) + len(verdicts[toConsole]); seen != here {
		t.Errorf("SPEC.md has %d rows, states.go %d", seen, here)
	}
}

func TestCodesAreThoseOfTheText(t *testing.T) {
	t.Parallel()
	seen := 0
	for _, cells := range table(t, "## 10. Reason codes", "## 11.") {
		if code, err := strconv.ParseUint(cells[0], 10, 64); err == nil {
			seen++
			if codeNames[code] != cells[1] {
				t.Errorf("code %d is %q, SPEC.md says %q", code, codeNames[code], cells[1])
			}
		}
	}
	if seen != len(codeNames) {
		t.Errorf("SPEC.md has %d codes, codes.go %d", seen, len(codeNames))
	}
}

// TestRangesAreThoseOfTheGrammar compares the ranges with protocol.cddl, as far
// as it gives them as numbers.
func TestRangesAreThoseOfTheGrammar(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../protocol/protocol.cddl")
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]string{"u8": "0..255", "u16": "0..65535", "u32": "1..2147483647", "code": "1..31", "scope": "0..15", "micro": "0..9007199254740991"}
	line := regexp.MustCompile(`(?s)= \[(\d+), \{(.*?)\}\]`)
	value := regexp.MustCompile(`(\d+): ([\w.-]+)`)
	compared := 0
	for _, match := range line.FindAllStringSubmatch(string(text), -1) {
		number, _ := strconv.ParseUint(match[1], 10, 64)
		k := kindOf(number)
		if k == nil {
			t.Errorf("the grammar has kind %d", number)
			continue
		}
		for _, pair := range value.FindAllStringSubmatch(match[2], -1) {
			key, _ := strconv.Atoi(pair[1])
			want := pair[2]
			if named, ok := names[want]; ok {
				want = named
			}
			low, high, isRange := strings.Cut(want, "..")
			if f := k.fields[key-1]; isRange {
				compared++
				if low != strconv.FormatInt(f.min, 10) || high != strconv.FormatInt(f.max, 10) {
					t.Errorf("%s of %s: the grammar says %s, here it is %d..%d", f.name, k.name, want, f.min, f.max)
				}
			}
		}
	}
	if compared < 60 {
		t.Errorf("only %d ranges were compared", compared)
	}
}

package protocol

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// section returns the lines of the tables between two headings of SPEC.md,
// each split into its cells.
func section(t *testing.T, from, to string) [][]string {
	t.Helper()
	text, err := os.ReadFile("SPEC.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(text), "\n"+from)
	if !ok {
		t.Fatalf("SPEC.md has no %q", from)
	}
	rest, _, _ = strings.Cut(rest, "\n"+to)
	var rows [][]string
	for line := range strings.Lines(rest) {
		if cells := strings.Split(strings.TrimSpace(line), "|"); len(cells) > 3 {
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
			rows = append(rows, cells[1:len(cells)-1])
		}
	}
	return rows
}

// TestKinds compares the table of kinds with SPEC.md 4.
func TestKinds(t *testing.T) {
	names := map[string]channels{"ctl": onCtl, "evt": onEvt, "input": onInput, "move": onMove, "ink": onInk, "ping": onPing, "screen": onScreen}
	seen := 0
	for _, cells := range section(t, "## 4. Kinds", "### 4.1") {
		n, err := strconv.Atoi(cells[0])
		if err != nil {
			continue
		}
		seen++
		row, ok := kinds[Kind(n)]
		if !ok || row.name != cells[1] || row.signature != strings.ReplaceAll(cells[4], " ", "") {
			t.Errorf("kind %d: SPEC.md has %v, the code %q %q", n, cells, row.name, row.signature)
		}
		if row.make().Kind() != Kind(n) {
			t.Errorf("kind %d makes kind %d", n, row.make().Kind())
		}
		var want [2]channels
		for _, name := range strings.Split(cells[3], ", ") {
			way := ToConsole
			if cells[2] == "c→d" || (cells[2] == "both" && name == "ctl") {
				way = ToDevice
			}
			want[way] |= names[name]
			if cells[2] == "both" && name == "ping" {
				want[ToDevice] |= onPing
			}
		}
		if row.channels != want {
			t.Errorf("%s: channels %v, SPEC.md says %v", row.name, row.channels, want)
		}
	}
	if seen != len(kinds) {
		t.Errorf("SPEC.md has %d kinds, the code %d", seen, len(kinds))
	}
}

// TestStates compares the verdicts with SPEC.md 4.1: every pair is there.
func TestStates(t *testing.T) {
	verdict := map[string]Verdict{"take": Take, "drop": Drop, "end": End}
	ways := map[string]Direction{"c→d": ToDevice, "d→c": ToConsole}
	seen := 0
	for _, cells := range section(t, "### 4.1", "## 5.") {
		way, ok := ways[cells[1]]
		if !ok {
			continue
		}
		for k, row := range kinds {
			if row.name != cells[0] {
				continue
			}
			seen++
			for state := Opening; state < Over; state++ {
				if got, want := Judge(way, state, k), verdict[cells[2+int(state)]]; got != want {
					t.Errorf("%s %s while %s: %v, SPEC.md says %v", cells[0], cells[1], state, got, want)
				}
			}
		}
	}
	if want := len(verdicts[ToDevice]) + len(verdicts[ToConsole]); seen != want {
		t.Errorf("SPEC.md has %d rows, the code %d", seen, want)
	}
}

// TestCodes compares the reason codes with SPEC.md 10.
func TestCodes(t *testing.T) {
	seen := 0
	for _, cells := range section(t, "## 10.", "## 11.") {
		n, err := strconv.Atoi(cells[0])
		if err != nil {
			continue
		}
		seen++
		if got := Code(n).String(); got != cells[1] {
			t.Errorf("code %d is %q, SPEC.md says %q", n, got, cells[1])
		}
	}
	if seen != len(codeNames) {
		t.Errorf("SPEC.md has %d codes, the code %d", seen, len(codeNames))
	}
}

// TestGrammar sees that the CDDL names every kind with as many keys.
func TestGrammar(t *testing.T) {
	text, err := os.ReadFile("protocol.cddl")
	if err != nil {
		t.Fatal(err)
	}
	rule := regexp.MustCompile(`(?s)= \[(\d+), \{(.*?)\}\]\n`)
	seen := 0
	for _, m := range rule.FindAllStringSubmatch(string(text), -1) {
		n, _ := strconv.Atoi(m[1])
		seen++
		keys := regexp.MustCompile(`(^|\s)\d+: `).FindAllString(m[2], -1)
		if len(keys) != len(kinds[Kind(n)].signature) {
			t.Errorf("protocol.cddl gives kind %d %d keys, the code %d", n, len(keys), len(kinds[Kind(n)].signature))
		}
	}
	if seen != len(kinds) {
		t.Errorf("protocol.cddl has %d kinds, the code %d", seen, len(kinds))
	}
}

package protocol

import (
	"os"
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

package protocol

import (
	"encoding/json"
	"os"
	"slices"
	"testing"
)

// stateTable is states.json: the table of SPEC.md 4.1 as data. It has every
// kind in both directions; a kind that does not go one way has end there.
type stateTable struct {
	States   []string `json:"states"`
	Verdicts []struct {
		Kind      string   `json:"kind"`
		Direction string   `json:"direction"`
		Verdict   []string `json:"verdict"` // in the order of States
	} `json:"verdicts"`
}

var verdictNames = []string{End: "end", Drop: "drop", Take: "take"}

func readStates(t testing.TB) (table stateTable) {
	t.Helper()
	text, err := os.ReadFile("states.json")
	if err == nil {
		err = json.Unmarshal(text, &table)
	}
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// rows returns the table by kind and direction.
func (s stateTable) rows() map[[2]string][]string {
	rows := map[[2]string][]string{}
	for _, v := range s.Verdicts {
		rows[[2]string{v.Kind, v.Direction}] = v.Verdict
	}
	return rows
}

// TestStatesOfCode sees that every pair of the table is what the code says.
func TestStatesOfCode(t *testing.T) {
	table := readStates(t)
	if !slices.Equal(table.States, stateNames[:]) || len(table.Verdicts) != 2*len(kinds) {
		t.Fatalf("states.json has the states %v and %d rows", table.States, len(table.Verdicts))
	}
	rows := table.rows()
	for k := range kinds {
		for way, name := range wayNames {
			row := rows[[2]string{k.String(), name}]
			for state := Opening; state <= Over; state++ {
				if got := verdictNames[Judge(Direction(way), state, k)]; len(row) <= int(state) || got != row[state] {
					t.Errorf("%s %s while %s: the code says %s, states.json %v", k, name, state, got, row)
				}
			}
		}
	}
}

// TestStatesOfSpec sees that SPEC.md 4.1 has the rows of states.json; a row
// that it leaves out has end everywhere.
func TestStatesOfSpec(t *testing.T) {
	rows := readStates(t).rows()
	ways := map[string]string{"c→d": "c>d", "d→c": "d>c"}
	for _, cells := range section(t, "### 4.1", "## 5.") {
		way, ok := ways[cells[1]]
		if !ok {
			continue
		}
		at := [2]string{cells[0], way}
		if !slices.Equal(append(cells[2:], "end"), rows[at]) {
			t.Errorf("%s %s: SPEC.md says %v, states.json %v", cells[0], way, cells[2:], rows[at])
		}
		delete(rows, at)
	}
	for at, row := range rows {
		if slices.ContainsFunc(row, func(verdict string) bool { return verdict != "end" }) {
			t.Errorf("SPEC.md has no row of %v", at)
		}
	}
}

// TestStatesOfVectors sees that no vector contradicts states.json: what the
// table ends is refused at the latest for its state, and only that.
func TestStatesOfVectors(t *testing.T) {
	table := readStates(t)
	rows := table.rows()
	for _, v := range allVectors(t) {
		k, ok := KindOf(fromHex(t, v.Hex))
		if !ok || (v.Expect == "refused" && v.Code < BadState) {
			continue
		}
		verdict := rows[[2]string{k.String(), v.Direction}][slices.Index(table.States, v.State)]
		wrong := (verdict == "end") != (v.Code == BadState) || (verdict != "drop" && v.Expect == "drop") || (verdict == "drop" && v.Expect == "ok")
		if wrong {
			t.Errorf("%s: %s %d, states.json says %s", v.Name, v.Expect, v.Code, verdict)
		}
	}
}

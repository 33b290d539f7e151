package protocol

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// frozenFile has a line for the version before the dot, and one for each case
// of the vectors of that version: a hash of what was promised.
const frozenFile = "testdata/frozen.txt"

// promise is a hash of what readers rely on in a case: where its bytes come,
// and what becomes of them. Names and diagnostic text are not among it.
func promise(messages ...Spoken) string {
	sum := sha256.New()
	for _, m := range messages {
		fmt.Fprintf(sum, "%s %s %s %s %d %s %s\n", m.Direction, m.Channel, m.State, m.Expect, m.Code, m.Hex, m.Shown)
	}
	return hex.EncodeToString(sum.Sum(nil))[:12]
}

// promises are those of all vectors, by the names of their cases.
func promises(t *testing.T) map[string]string {
	made := map[string]string{}
	for _, v := range allVectors(t) {
		made[promise(Spoken{vector: v})] = v.Name
	}
	for _, c := range ReadConversations(t) {
		made[promise(c.Messages...)] = c.Name
	}
	return made
}

// frozen reads the promises that have been given, and for which version.
func frozen(t *testing.T) (version string, given []string) {
	text, err := os.ReadFile(frozenFile)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	return strings.TrimPrefix(lines[0], "version "), lines[1:]
}

// broken are the promises that no case keeps any more.
func broken(given []string, made map[string]string) (gone []string) {
	for _, one := range given {
		if _, kept := made[one]; !kept {
			gone = append(gone, one)
		}
	}
	return gone
}

// TestFrozen sees that no case of the version before the dot has changed or
// gone. With -update it notes new ones; old ones stay as long as the version.
func TestFrozen(t *testing.T) {
	version, given := frozen(t)
	made := promises(t)
	if version != fmt.Sprint(Version1) {
		given = nil
	}
	if gone := broken(given, made); len(gone) > 0 {
		t.Fatalf("%d cases of version %s have changed or are gone, such as %s: git diff protocol/testdata/vectors.\n"+
			"Whoever wrote a console or a device relies on them. Mend the code, or raise Version1: SPEC.md 13.", len(gone), version, gone[0])
	}
	all := slices.Sorted(maps.Keys(made))
	if *update {
		text := fmt.Sprintf("version %d\n%s\n", Version1, strings.Join(all, "\n"))
		if err := os.WriteFile(frozenFile, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if !slices.Equal(all, given) {
		t.Errorf("%d cases, of which %d are frozen: go test ./protocol -run TestFrozen -update", len(all), len(given))
	}
}

// TestFrozenNoticesEveryChange sees that a case cannot change in anything that
// a reader relies on.
func TestFrozenNoticesEveryChange(t *testing.T) {
	at := Spoken{vector: vector{Name: "a", Direction: "c>d", Channel: "ctl", State: "live", Expect: "ok", Hex: "00"}}
	other := []Spoken{at, at, at, at, at, at, at}
	other[0].Direction, other[1].Channel, other[2].State = "d>c", "evt", "over"
	other[3].Expect, other[4].Code, other[5].Hex, other[6].Shown = "drop", Form, "01", []byte("{}")
	for i, one := range other {
		if len(broken([]string{promise(at)}, map[string]string{promise(one): ""})) == 0 {
			t.Errorf("change %d goes unnoticed", i)
		}
	}
	at.Name, at.Diag = "b", "c"
	if len(broken([]string{promise(at)}, map[string]string{promise(at): ""})) != 0 || promise(at, at) == promise(at) {
		t.Error("what stays is taken for a change")
	}
}

package protocol

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// mutant is a check that is patched, in one line of one file.
type mutant struct{ file, line, patched string }

// mutants are seeded faults in the checks of this package.
var mutants = []mutant{
	{"scan.go", "if n > MaxInteger || (major == majorInt && n == MaxInteger) {", "if n > MaxInteger+1 || (major == majorInt && n == MaxInteger) {"},
	{"codec.go", "if len(data) > size {", "if len(data) > size+1 {"},
	{"form.go", "if s.at != len(data) {", "if s.at < len(data)-1 {"},
	{"opening.go", "int64(c), last+1, 65535)", "int64(c), last, 65535)"},
	{"scan.go", "if n > MaxInteger || (major == majorInt && n == MaxInteger) {", "if n > MaxInteger {"},
	{"scan.go", "if info > 27 {", "if info > 28 {"},
	{"scan.go", "n < shortest[info-24] {", "n+1 < shortest[info-24] {"},
	{"scan.go", "if int64(key) <= last {", "if int64(key) < last {"},
	{"scan.go", "if major != majorUint {", "if major != majorUint && major != majorText {"},
	{"scan.go", "if major == majorText && n > MaxText {", "if major == majorText && n > MaxText+1 {"},
	{"scan.go", "if major == majorText && !utf8.Valid(text) {", "if major == majorText && !utf8.Valid(text) && n > 2 {"},
	{"scan.go", "if depth > MaxNesting {", "if depth > MaxNesting+1 {"},
	{"scan.go", "if n > limit {", "if n > limit+1 {"},
	{"form.go", "if major, n, _ := s.head(); major != majorArray || n != 2 {", "if major, n, _ := s.head(); major != majorArray || n < 2 {"},
	{"form.go", "if key != uint64(i+1) {", "if key < uint64(i+1) {"},
	{"form.go", "if major != majorArray || n != uint64(len(signature)) {", "if major != majorArray || n < uint64(len(signature)) {"},
	{"codec.go", "row.channels[way]&(1<<on) == 0 {", "(row.channels[0]|row.channels[1])&(1<<on) == 0 {"},
	{"states.go", "if s >= Over {", "if s > Over {"},
	{"states.go", "KindLook: whileLive,", "KindLook: whenReady,"},
	{"check.go", "if n < low || n > high {", "if n < low || n > high+1 {"},
	{"update.go", "if width*height > MaxArea {", "if width*height > MaxArea+MaxSide {"},
	{"update.go", "if (m.Inflated == 0) != (len(m.Tiles) == 0) {", "if m.Inflated == 0 && len(m.Tiles) != 0 {"},
	{"picture.go", `"hot x", int64(m.HotX), 0, int64(m.W)-1),`, `"hot x", int64(m.HotX), 0, int64(m.W)),`},
	{"upkeep.go", "if _, ok := codeNames[code]; !ok {", "if _, ok := codeNames[code]; !ok && code > Lost {"},
	{"parts.go", "int64(m.Index), 0, int64(m.Count)-1),", "int64(m.Index), 0, int64(m.Count)),"},
	{"parts.go", "if j.size += len(p.Bytes); j.size > MaxJoined {", "if j.size += len(p.Bytes); j.size > MaxJoined+MaxPart {"},
}

// usually is how many of them are built each time; TELESTRATOR_PROOF=1 builds all.
const usually = 4

// TestMutants sees that the vectors and the tests of parts notice every mutant.
func TestMutants(t *testing.T) {
	t.Parallel()
	chosen := mutants[:usually]
	if os.Getenv("TELESTRATOR_PROOF") != "" {
		chosen = mutants
	}
	killed := 0
	for _, m := range chosen {
		if kills(t, m) {
			killed++
		} else {
			t.Errorf("%s: %q lives with %q", m.file, m.line, m.patched)
		}
	}
	t.Logf("mutants: killed=%d of %d, of a list of %d", killed, len(chosen), len(mutants))
}

// kills says whether a test fails when the package is built with the mutant.
func kills(t *testing.T, m mutant) bool {
	t.Helper()
	command := exec.Command("go", "test", "-vet=off", "-overlay", overlay(t, m), "-run", "^Test(Vectors|StatesOfCode|JoinRefuses)$", ".")
	out, err := command.CombinedOutput()
	if err != nil && !strings.Contains(string(out), "--- FAIL") && !strings.Contains(string(out), "panic:") {
		t.Fatalf("%s: %v\n%s", m.file, err, out)
	}
	return err != nil
}

// overlay is a file for the flag of the same name. It leaves the tests out
// that need package encode, which would be built for each mutant.
func overlay(t *testing.T, m mutant) string {
	t.Helper()
	folder, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	patched := filepath.Join(t.TempDir(), m.file)
	patch(t, m.file, patched, m)
	replace := map[string]string{filepath.Join(folder, m.file): patched}
	for _, pattern := range []string{"*conversations_test.go", "*sessions_test.go", "*streams_test.go"} {
		tests, _ := filepath.Glob(pattern)
		for _, test := range tests {
			replace[filepath.Join(folder, test)] = ""
		}
	}
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err == nil {
		err = os.WriteFile(patched+".json", text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return patched + ".json"
}

// patch writes a file with the line of the mutant instead of its own.
func patch(t *testing.T, from, to string, m mutant) {
	t.Helper()
	text, err := os.ReadFile(from)
	if err == nil && strings.Count(string(text), m.line) == 0 {
		t.Fatalf("%s has no line %q any more", from, m.line)
	}
	if err == nil {
		err = os.WriteFile(to, []byte(strings.Replace(string(text), m.line, m.patched, 1)), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestMutantsApply sees that every mutant still is a patch of the code.
func TestMutantsApply(t *testing.T) {
	for _, m := range mutants {
		patch(t, m.file, filepath.Join(t.TempDir(), m.file), m)
	}
	for _, m := range consoleMutants {
		patch(t, "../console/protocol/"+m.file, filepath.Join(t.TempDir(), m.file), m)
	}
}

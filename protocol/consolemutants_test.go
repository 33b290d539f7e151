package protocol

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// consoleMutants are seeded faults in the checks of the console.
var consoleMutants = []mutant{
	{"cbor.js", "if (n > MAX_INTEGER || (this.major === INT && n === MAX_INTEGER))", "if (n > MAX_INTEGER)"},
	{"cbor.js", "if (key <= last) this.blame", "if (key < last) this.blame"},
	{"cbor.js", "if (n < [24, 2 ** 8, 2 ** 16, 2 ** 32][info - 24])", "if (n < [24, 2 ** 8, 2 ** 16, 2 ** 31][info - 24])"},
	{"cbor.js", "{ fatal: true, ignoreBOM: true }", "{ fatal: true, ignoreBOM: false }"},
	{"cbor.js", "if (depth > MAX_NESTING)", "if (depth > MAX_NESTING + 1)"},
	{"messages.js", "if (data.length > size)", "if (data.length > size + 1)"},
	{"messages.js", "value.length !== 2", "value.length < 2"},
	{"messages.js", "if (map.size !== kind.fields.length || !complete)", "if (!complete)"},
	{"messages.js", "&& value.length === 5", "&& value.length >= 5"},
	{"messages.js", "if (kind.whole && !kind.whole(message))", "if (kind.whole && false)"},
	{"ranges.js", "element > value[i - 1]", "element >= value[i - 1]"},
	{"ranges.js", "export const code = (/** @type {number} */ value) => reasons.has(value);", "export const code = between(1, 31);"},
	{"ranges.js", "part.index < part.count", "part.index <= part.count"},
	{"states.js", "whileLive: ['end', 'end', 'drop',", "whileLive: ['end', 'end', 'take',"},
}

// TestConsoleMutants sees that the vectors notice every one of them.
func TestConsoleMutants(t *testing.T) {
	t.Parallel()
	node := nodePath(t)
	var questions bytes.Buffer
	var expected []string
	for _, v := range allVectors(t) {
		fmt.Fprintln(&questions, asQuestion(t, v))
		expected = append(expected, fmt.Sprintf("%s %d\n", v.Expect, v.Code))
	}
	want := bytes.Join(asBytes(expected), nil)
	for _, m := range consoleMutants {
		command := exec.Command(node, filepath.Join(consoleWith(t, m), "testing/decide.js"))
		command.Stdin = bytes.NewReader(questions.Bytes())
		if out, err := command.Output(); err == nil && bytes.Equal(out, want) {
			t.Errorf("%s: %q lives with %q", m.file, m.line, m.patched)
		}
	}
	t.Logf("mutants of the console: killed=%d", len(consoleMutants))
}

func asBytes(texts []string) (list [][]byte) {
	for _, text := range texts {
		list = append(list, []byte(text))
	}
	return list
}

// consoleWith is a folder with the console's decoder, a mutant in it.
func consoleWith(t *testing.T, m mutant) string {
	t.Helper()
	folder := t.TempDir()
	for _, pattern := range []string{"package.json", "protocol/*.js", "testing/decide.js", "testing/helpers.js"} {
		files, _ := filepath.Glob("../console/" + pattern)
		for _, file := range files {
			to := filepath.Join(folder, file[len("../console/"):])
			_ = os.MkdirAll(filepath.Dir(to), 0o700)
			if filepath.Base(file) != m.file {
				patch(t, file, to, mutant{})
			} else {
				patch(t, file, to, m)
			}
		}
	}
	return folder
}

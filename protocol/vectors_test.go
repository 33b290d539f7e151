package protocol

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"
)

var update = flag.Bool("update", false, "write the vectors anew")

// vector is a case of testdata/vectors; its README has the format.
type vector struct {
	Name      string `json:"name"`
	Direction string `json:"direction"`
	Channel   string `json:"channel"`
	State     string `json:"state"`
	Expect    string `json:"expect"`
	Code      Code   `json:"code,omitempty"`
	Hex       string `json:"hex"`
	Diag      string `json:"diag"`
}

var channelNames = []string{"ctl", "evt", "input", "move", "ink", "ping", "screen"}
var wayNames = []string{"c>d", "d>c"}

// maxDiag bounds the diagnostic text of a vector, in bytes.
const maxDiag = 300

// TestVectors decides every vector and compares verdict and code.
func TestVectors(t *testing.T) {
	if *update {
		writeVectors(t)
	}
	seen := map[string]int{}
	for _, v := range allVectors(t) {
		seen[v.Expect]++
		decide(t, v)
	}
	if seen["ok"] < 300 || seen["refused"] < 1000 || seen["drop"] < 20 {
		t.Errorf("%v vectors, expected more", seen)
	}
}

// allVectors reads all files; names are unique in each.
func allVectors(t testing.TB) (all []vector) {
	t.Helper()
	files, _ := filepath.Glob("testdata/vectors/*.json")
	for _, file := range files {
		names := map[string]bool{}
		for _, v := range readVectors(t, file) {
			if names[v.Name] {
				t.Errorf("%s has %q twice", file, v.Name)
			}
			names[v.Name] = true
			all = append(all, v)
		}
	}
	return all
}

func fromHex(t testing.TB, text string) []byte {
	t.Helper()
	wire, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return wire
}

func readVectors(t testing.TB, file string) (list []vector) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(text, &list)
	}
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return list
}

func decide(t *testing.T, v vector) {
	t.Helper()
	expect, code := verdictOf(fromHex(t, v.Hex), Direction(slices.Index(wayNames, v.Direction)),
		Channel(slices.Index(channelNames, v.Channel)), State(slices.Index(stateNames[:], v.State)))
	if expect != v.Expect || code != v.Code {
		t.Errorf("%s: %s %s, the vector says %s %s", v.Name, expect, code, v.Expect, v.Code)
	}
}

func verdictOf(wire []byte, way Direction, on Channel, in State) (string, Code) {
	_, drop, err := Decode(wire, way, on, in)
	var failure *Error
	if errors.As(err, &failure) {
		return "refused", failure.Code
	}
	if drop {
		return "drop", 0
	}
	return "ok", 0
}

// writeVectors makes the cases of every kind. What they expect is what the
// generator meant, not what the decoder says.
func writeVectors(t *testing.T) {
	g := readGrammar(t)
	files := map[string][]vector{"form": formVectors(), "size": sizeVectors(t)}
	for k, m := range samples() {
		files[k.String()] = append(files[k.String()], kindVectors(t, k, m, g.fields[k])...)
	}
	for _, list := range [][]vector{masksVectors(t), lookVectors(t), resetVectors(t), crossVectors(t)} {
		for _, v := range list {
			name, _, _ := strings.Cut(v.Name, ":")
			name, _, _ = strings.Cut(name, " ")
			files[name] = append(files[name], v)
		}
	}
	for name, list := range files {
		writeLines(t, "testdata/vectors/"+name+".json", list)
	}
}

// writeLines writes an array with an element a line.
func writeLines[T any](t *testing.T, file string, list []T) {
	t.Helper()
	var text bytes.Buffer
	lines := json.NewEncoder(&text)
	lines.SetEscapeHTML(false)
	for i, one := range list {
		text.WriteString(map[bool]string{true: "[\n", false: ","}[i == 0])
		if err := lines.Encode(one); err != nil {
			t.Fatal(err)
		}
	}
	text.WriteString("]\n")
	if err := os.WriteFile(file, text.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// join is the message of a kind with these values.
func join(t *testing.T, k Kind, values map[int][]byte) []byte {
	t.Helper()
	var pairs []pair
	for key := 1; key <= len(values); key++ {
		pairs = append(pairs, pair{raw(t, key), values[key]})
	}
	return together(t, raw(t, uint8(k)), pairs)
}

func (v vector) with(name string, wire []byte, expect string, code Code) vector {
	v.Name, v.Hex, v.Expect, v.Code = name, hex.EncodeToString(wire), expect, code
	if diag, err := cbor.Diagnose(wire); err == nil {
		v.Diag = diag
	}
	if len(v.Diag) > maxDiag {
		v.Diag = strings.ToValidUTF8(v.Diag[:maxDiag], "") + " ..."
	}
	return v
}

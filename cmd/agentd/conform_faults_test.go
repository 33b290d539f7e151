package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"telestrator/capture/capturetest"
)

// faults are mistakes that a daemon could make, each behind its name, and the
// cases that find it. What is replaced must be there.
var faults = []struct{ name, file, old, new, filter string }{
	{"loose", "protocol/form.go", "return kind, body, s.sloppy", `if seeded("loose") { return kind, body, nil }; return kind, body, s.sloppy`, "^canonical/a long kind$"},
	{"keys", "protocol/form.go", "if pairs != uint64(n) {", `if seeded("keys") { n = int(min(pairs, uint64(n))) } else if pairs != uint64(n) {`, "^keys/undo/a key too many$"},
	{"types", "protocol/form.go", "if !s.is(want) {\n\t\t\treturn fail(", "if !s.is(want) && !seeded(\"types\") {\n\t\t\treturn fail(", "^types/key/down as int$"},
	{"state", "protocol/codec.go", "if verdict == End {", `if verdict == End && seeded("state") { verdict = Drop }; if verdict == End {`, "^state/opening/request/end$"},
	{"edge", "protocol/check.go", "if n < low || n > high {", `if seeded("edge") { high++ }; if n < low || n > high {`, "^range/request/scopes out of range 2$"},
	{"echo", "agentd/receive.go", "Reply: true, Time: m.Time}", `Reply: true, Time: m.Time + seeded("echo")}`, "^ping/before ready$"},
	{"greeting", "agentd/receive.go", "if slices.Contains(capabilities, c) {", `if seeded("greeting") == 1 || slices.Contains(capabilities, c) {`, "^opening/a capability that nobody knows$"},
	{"ack", "agentd/receive.go", "if m.Number > r.sent {", `if m.Number > r.sent && seeded("ack") == 0 {`, "^picture/an ack of what was never sent$"},
	{"paused", "agentd/session.go", "case s.paused || s.gone:", `case s.paused && seeded("paused") == 0 || s.gone:`, "^user/pauses$"},
	{"flush", "encode/pack.go", "Inflated: uint32(inflated),", `Inflated: uint32(inflated) + seeded("flush"),`, "^picture/it comes$"},
	{"number", "encode/pack.go", "s.number++\n", "s.number += 1 + seeded(\"number\")\n", "^picture/it comes$"},
	{"cell", "encode/pack.go", "s.batch.code[from.code:to.code]", "spoilt(s.batch.code[from.code:to.code])", "^picture/it comes$"},
	{"cursor", "agentd/cursor.go", "!slices.Contains(o.caps, protocol.CapabilityCursor)", `seeded("cursor") == 0 && !slices.Contains(o.caps, protocol.CapabilityCursor)`, "^picture/for a console that knows nothing$"},
}

// seeds say whether a fault is switched on: by its name in the file CHOSEN. What
// they return is what suits the places.
var seeds = map[string]string{
	"protocol/seeded.go": "package protocol\n\nimport \"os\"\n\nfunc seeded(name string) bool {\n\ton, _ := os.ReadFile(\"CHOSEN\")\n\treturn string(on) == name\n}\n",
	"agentd/seeded.go":   "package agentd\n\nimport \"os\"\n\nfunc seeded(name string) uint64 {\n\tif on, _ := os.ReadFile(\"CHOSEN\"); string(on) == name {\n\t\treturn 1\n\t}\n\treturn 0\n}\n",
	"encode/seeded.go": "package encode\n\nimport (\n\t\"bytes\"\n\t\"os\"\n)\n\nfunc seeded(name string) uint32 {\n\tif on, _ := os.ReadFile(\"CHOSEN\"); string(on) == name {\n\t\treturn 1\n\t}\n\treturn 0\n}\n\n" +
		"func spoilt(code []byte) []byte {\n\tif seeded(\"cell\") == 0 || len(code) == 0 {\n\t\treturn code\n\t}\n\tcode = bytes.Clone(code)\n\tcode[0] ^= 0x80\n\treturn code\n}\n",
}

// TestConformFindsFaults plays against a daemon of which a copy was patched with
// one fault after another: each makes its case fail, and without them none does.
func TestConformFindsFaults(t *testing.T) {
	t.Parallel()
	capturetest.Require(t, "Xvfb")
	chosen := filepath.Join(t.TempDir(), "fault")
	d := startProgram(t, patched(t, chosen))
	all := make([]string, len(faults))
	for i, fault := range faults {
		all[i] = fault.filter
		seed(t, chosen, fault.name)
		if out, code := d.conforms("--patience=2s", "--filter", fault.filter); code != 1 || !strings.Contains(out, " failed=1") {
			t.Errorf("fault %s: exit code %d\n%s", fault.name, code, out)
		}
	}
	seed(t, chosen, "none")
	if out, code := d.conforms("--patience=20s", "--again=1", "--filter", strings.Join(all, "|")); code != 0 {
		t.Errorf("without a fault: exit code %d\n%s", code, out)
	}
}

// seed switches a fault on.
func seed(t *testing.T, chosen, name string) {
	t.Helper()
	if err := os.WriteFile(chosen, []byte(name), 0o600); err != nil {
		t.Fatal(err)
	}
}

// patched builds an agentd with every fault in it.
func patched(t *testing.T, chosen string) (program string) {
	t.Helper()
	folder, root := t.TempDir(), filepath.Join("..", "..")
	texts := map[string]string{}
	for _, fault := range faults {
		text, read := texts[fault.file]
		if !read {
			text = content(filepath.Join(root, fault.file))
		}
		if strings.Count(text, fault.old) != 1 {
			t.Fatalf("fault %s: %s has not once %q", fault.name, fault.file, fault.old)
		}
		texts[fault.file] = strings.Replace(text, fault.old, fault.new, 1)
	}
	for file, text := range seeds {
		texts[file] = strings.Replace(text, "CHOSEN", chosen, 1)
	}
	return build(t, root, folder, texts)
}

// build builds an agentd with these texts in the place of files, which stay.
func build(t *testing.T, root, folder string, texts map[string]string) (program string) {
	t.Helper()
	var overlay struct{ Replace map[string]string }
	overlay.Replace = map[string]string{}
	for file, text := range texts {
		copied := filepath.Join(folder, strings.ReplaceAll(file, "/", "_"))
		if err := os.WriteFile(copied, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		original, err := filepath.Abs(filepath.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		overlay.Replace[original] = copied
	}
	list, err := json.Marshal(overlay)
	if err != nil {
		t.Fatal(err)
	}
	listed := filepath.Join(folder, "overlay.json")
	if err := os.WriteFile(listed, list, 0o600); err != nil {
		t.Fatal(err)
	}
	program = filepath.Join(folder, "agentd")
	command := exec.CommandContext(t.Context(), "go", "build", "-overlay", listed, "-o", program, "telestrator/cmd/agentd")
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return program
}

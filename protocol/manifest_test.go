package protocol

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// manifest is testdata/manifest.json: the version of the protocol, and the
// SHA-256 of every file of vectors under it.
type manifest struct {
	Version string            `json:"version"`
	Files   map[string]string `json:"files"`
}

const manifestFile = "testdata/manifest.json"

// advice is what to do when the vectors are not those of the version.
const advice = `the vectors are not those of version %s: %s
A vector is a promise to everybody who wrote a console or a device by it.
 1. If you did not mean to change one, mend the code: git diff protocol/testdata.
 2. If you only added cases or a file, raise the number after the dot in the last
    row of SPEC.md 13, and say there what is new.
 3. If a case that was there has another verdict, or went, that is another
    protocol: raise the number before the dot, and Version1 with it. TestFrozen
    knows every case, and does not let this pass as the same version.
 4. Then: go test ./protocol -run 'TestManifest|TestFrozen' -update`

// TestManifest sees that vectors change with the version and not without it.
func TestManifest(t *testing.T) {
	version, files := specVersion(t), vectorFiles(t)
	var committed manifest
	text, err := os.ReadFile(manifestFile)
	if err == nil {
		err = json.Unmarshal(text, &committed)
	}
	if err != nil {
		t.Fatal(err)
	}
	changed := compare(committed.Files, files)
	if changed != "" && version != committed.Version && *update {
		text, _ := json.MarshalIndent(manifest{version, files}, "", " ")
		if err := os.WriteFile(manifestFile, append(text, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if changed != "" {
		t.Fatalf(advice, committed.Version, changed)
	}
	if version != committed.Version {
		t.Errorf("SPEC.md 13 ends with version %s, the vectors are those of %s", version, committed.Version)
	}
	count := fmt.Sprintf("%d messages, %d conversations", len(allVectors(t)), len(ReadConversations(t)))
	if rows := section(t, "## 13.", "## 14."); rows[len(rows)-1][2] != count {
		t.Errorf("SPEC.md 13 says %s, there are %s", rows[len(rows)-1][2], count)
	}
	if major, _, _ := strings.Cut(version, "."); major != fmt.Sprint(Version1) {
		t.Errorf("SPEC.md 13 ends with version %s, the code speaks %d", version, Version1)
	}
}

// specVersion is the version in the last row of SPEC.md 13.
func specVersion(t *testing.T) string {
	rows := section(t, "## 13.", "## 14.")
	if len(rows) == 0 {
		t.Fatal("SPEC.md 13 has no versions")
	}
	return rows[len(rows)-1][0]
}

func vectorFiles(t *testing.T) map[string]string {
	t.Helper()
	names, _ := filepath.Glob("testdata/vectors/*.json")
	more, _ := filepath.Glob("testdata/vectors/conversations/*.json")
	files := map[string]string{}
	for _, name := range append(names, more...) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(text)
		files[filepath.ToSlash(strings.TrimPrefix(name, filepath.Clean("testdata/vectors")+string(filepath.Separator)))] = hex.EncodeToString(sum[:])
	}
	return files
}

// compare names a file that differs, or nothing.
func compare(want, got map[string]string) string {
	for name := range want {
		if got[name] != want[name] {
			return name + " has changed or is gone"
		}
	}
	for name := range got {
		if want[name] == "" {
			return name + " is new"
		}
	}
	return ""
}

// TestManifestNamesWhatChanged sees that a change of any kind is noticed.
func TestManifestNamesWhatChanged(t *testing.T) {
	files := vectorFiles(t)
	for name := range files {
		other := maps.Clone(files)
		other[name] = "0"
		less := maps.Clone(files)
		delete(less, name)
		if compare(files, files) != "" || compare(files, other) == "" || compare(files, less) == "" || compare(less, files) == "" {
			t.Errorf("a change of %s goes unnoticed", name)
		}
	}
}

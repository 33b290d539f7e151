package fuzz

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	aTarget = regexp.MustCompile(`(?m)^func (Fuzz\w+)\(f \*testing\.F\)`)
	aRow    = regexp.MustCompile("(?m)^\\| `(Fuzz\\w+)` \\| `([\\w/]+)` \\| [^|]+ \\| \\d+ \\| \\d+ \\|$")
)

// targets are all fuzz targets of the repository, each as "package target".
func targets(t *testing.T) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	err := filepath.WalkDir("..", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(file, "_test.go") {
			return err
		}
		text, err := os.ReadFile(file)
		for _, found := range aTarget.FindAllSubmatch(text, -1) {
			folder, _ := filepath.Rel("..", filepath.Dir(file))
			all[filepath.ToSlash(folder)+" "+string(found[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// README.md counts every target there is and no other, says what each attacks,
// and names every limit.
func TestReadmeIsComplete(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	surface, tally, _ := strings.Cut(string(text), "## Tally")
	all, counted := targets(t), map[string]bool{}
	for _, row := range aRow.FindAllStringSubmatch(tally, -1) {
		counted[row[2]+" "+row[1]] = true
	}
	for target := range all {
		if _, name, _ := strings.Cut(target, " "); !counted[target] || !strings.Contains(surface, name) {
			t.Errorf("README.md does not tell of %s", target)
		}
	}
	if len(counted) != len(all) || len(all) < 20 {
		t.Errorf("%d targets are counted, there are %d", len(counted), len(all))
	}
	for n := 1; n <= 27; n++ {
		if !regexp.MustCompile(fmt.Sprintf(`\bL%d\b`, n)).MatchString(surface) {
			t.Errorf("README.md does not tell what guards L%d", n)
		}
	}
}

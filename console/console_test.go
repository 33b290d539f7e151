package console

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// find skips where a tool is missing, which must not happen in CI.
func find(t testing.TB, tool string) string {
	t.Helper()
	path, err := exec.LookPath(tool)
	if err != nil && os.Getenv("CI") == "true" {
		t.Fatalf("no %s here, and CI must have it", tool)
	}
	if err != nil {
		t.Skipf("no %s here", tool)
	}
	return path
}

func run(t *testing.T, tool string, args ...string) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), find(t, tool), args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", tool, err, out)
	}
}

// depend reads what only a tool reads otherwise, so that the result of an
// earlier run is not taken for that of this one when such a file has changed.
func depend(t *testing.T, pattern string) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no %s: %v", pattern, err)
	}
	for _, file := range files {
		if _, err := os.ReadFile(file); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTypes(t *testing.T) {
	t.Parallel()
	depend(t, "test/*")
	depend(t, "testing/*")
	depend(t, "tsconfig.json")
	depend(t, "types.d.ts")
	run(t, "tsc", "-p", ".")
}

func TestModules(t *testing.T) {
	t.Parallel()
	for _, pattern := range []string{"test/*", "testing/*", "../protocol/states.json", "../protocol/testdata/vectors/*.json",
		"../protocol/testdata/vectors/conversations/*", "../encode/testdata/*", "../desk/SIGNALLING.md"} {
		depend(t, pattern)
	}
	files, err := filepath.Glob("test/*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no tests of the modules: %v", err)
	}
	for _, file := range files {
		if !strings.HasSuffix(file, ".test.js") {
			t.Errorf("%s is no test, but `node --test` takes all of test/ for tests", file)
		}
	}
	run(t, "node", "--test")
}

// TestFiles checks that whatever a served file refers to is served too, and nothing else: there are two pages.
func TestFiles(t *testing.T) {
	t.Parallel()
	pages := []string{"index.html", "replay.html"}
	wanted := map[string]bool{pages[0]: true, pages[1]: true}
	for queue := pages; len(queue) > 0; queue = queue[1:] {
		for _, file := range references(t, queue[0]) {
			if !wanted[file] {
				wanted[file] = true
				queue = append(queue, file)
			}
		}
	}
	err := fs.WalkDir(Files(), ".", func(file string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && !wanted[file] {
			t.Errorf("%s is served, and nothing refers to it", file)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

var reference = regexp.MustCompile(`(?m)^(?:import .*|\} )from '([^']+)'|new URL\('([^']+)'|(?:src|href)="([^"]+)"|url\("([^"]+)"\)`)

// references lists what a file loads, by names in Files.
func references(t *testing.T, file string) []string {
	t.Helper()
	text, err := fs.ReadFile(Files(), file)
	if err != nil {
		t.Fatalf("a served file refers to %s: %v", file, err)
	}
	var found []string
	for _, match := range reference.FindAllStringSubmatch(string(text), -1) {
		name := strings.Join(match[1:], "")
		found = append(found, filepath.ToSlash(filepath.Join(filepath.Dir(file), name)))
	}
	return found
}

package telestrator

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// texts are the documents whose claims are checked. The changelog is not among
// them: what it says was true when it was written.
var texts = []string{"README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/*.md", "*/SPEC.md"}

var (
	linked   = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	span     = regexp.MustCompile("`([^`\n]+)`")
	fence    = regexp.MustCompile("(?s)\n```[^\n]*\n(.*?)\n```")
	makes    = regexp.MustCompile(`(?:^|[\s;&])make ([a-z]+)`)
	target   = regexp.MustCompile(`(?m)^([a-z]+):`)
	testName = regexp.MustCompile(`^(Test|Fuzz|Benchmark|Example)[A-Z]\w*$`)
	selector = regexp.MustCompile(`^([a-z][a-z0-9/]*)\.(\w+)$`)
	plain    = regexp.MustCompile(`^[\w.*-]+\.(go|md|js|cddl|json|mod)$`)
)

func TestTextsNameThingsThatExist(t *testing.T) {
	t.Parallel()
	repository := read(t)
	for _, pattern := range texts {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			for _, wrong := range repository.wrong(file, repository.text[file]) {
				t.Errorf("%s: %s", file, wrong)
			}
		}
	}
}

// TestWrongTextsAreNoticed holds one mistake of each kind against the check.
func TestWrongTextsAreNoticed(t *testing.T) {
	t.Parallel()
	repository := read(t)
	good := "See [limits](limits.md#limits), `docs/*.md`, `rooms_test.go`, `scripts/setup run`, `make test`, `TestRulesBite`.\n```\nmake run\n```\n"
	if wrong := repository.wrong("docs/good.md", good); len(wrong) != 0 {
		t.Errorf("a right text is refused: %q", wrong)
	}
	for _, bad := range []string{
		"[no](nowhere.md)", "[no](limits.md#no-such-heading)", "`docs/nothing.md`", "`scripts/nothing run`",
		"`nothing_at_all.go`", "`make nothing`", "\n```\nmake nothing\n```", "`TestNothing`", "`protocol.NoSuchName`", "`desk/server.noSuchName`",
	} {
		if wrong := repository.wrong("docs/bad.md", bad); len(wrong) != 1 {
			t.Errorf("%q has one mistake, found: %q", bad, wrong)
		}
	}
}

// checkout is the repository as its texts see it.
type checkout struct {
	text    map[string]string // of every file that can be read as text, by slash path
	folders []string
	targets []string // of the Makefile
}

// tree walks the repository, without what git or a build keeps in it.
func tree(t *testing.T) (files, folders []string) {
	t.Helper()
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && slices.Contains([]string{".git", "bin", ".cache", "node_modules"}, entry.Name()):
			return fs.SkipDir
		case entry.IsDir():
			folders = append(folders, filepath.ToSlash(name))
		default:
			files = append(files, filepath.ToSlash(name))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files, folders
}

func read(t *testing.T) *checkout {
	t.Helper()
	files, folders := tree(t)
	c := &checkout{text: make(map[string]string, len(files)), folders: folders}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c.text[file] = string(content)
	}
	for _, match := range target.FindAllStringSubmatch(c.text["Makefile"], -1) {
		c.targets = append(c.targets, match[1])
	}
	return c
}

// wrong returns what a text claims and the repository does not hold.
func (c *checkout) wrong(file, text string) []string {
	var found []string
	note := func(what string) {
		if what != "" {
			found = append(found, what)
		}
	}
	prose := fence.ReplaceAllString(text, "")
	for _, match := range linked.FindAllStringSubmatch(prose, -1) {
		note(c.wrongLink(file, match[1]))
	}
	for _, match := range span.FindAllStringSubmatch(prose, -1) {
		note(c.wrongName(match[1]))
		note(c.wrongMake(match[1]))
	}
	for _, match := range fence.FindAllStringSubmatch(text, -1) {
		note(c.wrongMake(match[1]))
	}
	return found
}

// wrongLink checks a relative link and the heading it points to.
func (c *checkout) wrongLink(file, link string) string {
	if strings.Contains(link, "://") || strings.HasPrefix(link, "mailto:") {
		return ""
	}
	place, heading, _ := strings.Cut(link, "#")
	name := file
	if place != "" {
		name = path.Join(path.Dir(file), place)
	}
	if !c.exists(name) {
		return fmt.Sprintf("link to %s, which is not there", link)
	}
	if heading != "" && !slices.Contains(headings(c.text[name]), heading) {
		return fmt.Sprintf("link to %s: %s has no such heading", link, name)
	}
	return ""
}

// headings returns the anchors of a Markdown text as code hosts make them.
func headings(text string) []string {
	var anchors []string
	for line := range strings.Lines(text) {
		if title, ok := strings.CutPrefix(strings.TrimLeft(line, "#"), " "); ok && line[0] == '#' {
			anchor := strings.ReplaceAll(strings.ToLower(strings.TrimSpace(title)), " ", "-")
			anchors = append(anchors, regexp.MustCompile(`[^\w-]`).ReplaceAllString(anchor, ""))
		}
	}
	return anchors
}

// wrongName checks a name in code quotes: a path from the root, a file name, a
// test, or a name in a package such as `desk/frame.MaxSDP`.
func (c *checkout) wrongName(quoted string) string {
	name, _, _ := strings.Cut(quoted, " ")
	switch {
	case testName.MatchString(name):
		if !c.mentions("", "_test.go", `func `+name+`\(`) {
			return "no test is called " + name
		}
	case plain.MatchString(name):
		if !c.existsAnywhere(name) {
			return "no file is called " + name
		}
	case c.exists(name):
		return ""
	case c.selects(name):
		part := selector.FindStringSubmatch(name)
		if !c.mentions(part[1]+"/", ".go", `\b`+part[2]+`\b`) {
			return part[1] + " does not know " + part[2]
		}
	case strings.Contains(name, "/") && c.exists(top(name)):
		if !c.exists(strings.TrimSuffix(name, "/")) {
			return name + " is not there"
		}
	}
	return ""
}

// selects says whether a name is one in a package of ours.
func (c *checkout) selects(name string) bool {
	part := selector.FindStringSubmatch(name)
	return part != nil && slices.Contains(c.folders, part[1])
}

func (c *checkout) wrongMake(text string) string {
	for _, match := range makes.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(c.targets, match[1]) {
			return "the Makefile has no target " + match[1]
		}
	}
	return ""
}

// exists says whether a path or a pattern of paths is in the repository.
func (c *checkout) exists(pattern string) bool {
	match := func(name string) bool { ok, _ := path.Match(pattern, name); return ok }
	for file := range c.text {
		if match(file) {
			return true
		}
	}
	return slices.ContainsFunc(c.folders, match)
}

func (c *checkout) existsAnywhere(pattern string) bool {
	for file := range c.text {
		if ok, _ := path.Match(pattern, path.Base(file)); ok {
			return true
		}
	}
	return false
}

// mentions says whether an expression is found in a file below a folder.
func (c *checkout) mentions(folder, suffix, expression string) bool {
	wanted := regexp.MustCompile(expression)
	for file, text := range c.text {
		if strings.HasPrefix(file, folder) && strings.HasSuffix(file, suffix) && wanted.MatchString(text) {
			return true
		}
	}
	return false
}

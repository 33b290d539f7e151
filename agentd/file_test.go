package agentd

import (
	"errors"
	"image"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"telestrator/privacy"
)

func load(t *testing.T, text string) (File, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "agentd.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return LoadFile(path)
}

func TestFile(t *testing.T) {
	f, err := load(t, `
name: kiosk
session-bus: unix:path=/run/user/1000/bus
consent: {delay: 5s, answer: 20s, view: 10m}
network: {most: 2Mbit}
`)
	if err != nil {
		t.Fatal(err)
	}
	c, err := f.Config()
	if err != nil || c.Name != "kiosk" || c.Bus != "unix:path=/run/user/1000/bus" || c.Policy.ConsentDelay != 5*time.Second ||
		c.Policy.AnswerWithin != 20*time.Second || c.Policy.Most != 250000 || c.Policy.ViewFor != 10*time.Minute {
		t.Errorf("%+v, %v", c, err)
	}
}

// TestFilePrivacy holds what files say against the policies they make.
func TestFilePrivacy(t *testing.T) {
	terminals := Terminals()
	cases := []struct {
		name, text string
		want       privacy.Policy
	}{
		{"nothing", "name: a\n", privacy.Policy{Shown: []privacy.WindowRule{terminals}}},
		{"flat", "privacy: {unknown: flat}\n", privacy.Policy{Shown: []privacy.WindowRule{terminals}}},
		{"ask", "privacy: {unknown: ask}\n", privacy.Policy{Unknown: privacy.Ask, Shown: []privacy.WindowRule{terminals}}},
		{"allow", "privacy: {unknown: Allow}\n", privacy.Policy{Unknown: privacy.Allow, Shown: []privacy.WindowRule{terminals}}},
		{"terminals said", "privacy: {terminals: true}\n", privacy.Policy{Shown: []privacy.WindowRule{terminals}}},
		{"no terminals", "privacy: {terminals: false}\n", privacy.Policy{}},
		{"rectangle", "privacy: {rects: [[10, 20, 30, 40]], terminals: false}\n",
			privacy.Policy{Rects: []image.Rectangle{image.Rect(10, 20, 40, 60)}}},
		{"all parts", "privacy: {terminals: false, windows: [{class: a, title: b, program: c, page: d}, {title: e}]}\n",
			privacy.Policy{Windows: []privacy.WindowRule{{Class: "a", Title: "b", Program: "c", Page: "d"}, {Title: "e"}}}},
		{"shown beside terminals", "privacy: {shown: [{program: /kiosk$}]}\n",
			privacy.Policy{Shown: []privacy.WindowRule{terminals, {Program: "/kiosk$"}}}},
		{"shown alone", "privacy: {terminals: false, shown: [{class: Kiosk}]}\n",
			privacy.Policy{Shown: []privacy.WindowRule{{Class: "Kiosk"}}}},
		{"only", "privacy: {terminals: false, only: [{class: Kiosk}, {page: ^https://help\\.example/}]}\n",
			privacy.Policy{Only: []privacy.WindowRule{{Class: "Kiosk"}, {Page: `^https://help\.example/`}}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f, err := load(t, c.text)
			if err != nil {
				t.Fatal(err)
			}
			config, err := f.Config()
			if err != nil || !reflect.DeepEqual(config.Policy.Privacy, c.want) {
				t.Errorf("got %+v, error %v; want %+v", config.Policy.Privacy, err, c.want)
			}
		})
	}
}

// TestTerminals holds the rule against what terminals and others call themselves.
func TestTerminals(t *testing.T) {
	class := regexp.MustCompile(Terminals().Class)
	for name, want := range map[string]bool{"XTerm": true, "org.gnome.Terminal": true, "st-256color": true, "konsole": true,
		"xterm2": false, "orgxgnomexTerminal": false, "Best": false, "Chromium": false, "": false} {
		if class.MatchString(name) != want {
			t.Errorf("a window of the class %q is a terminal: %v", name, !want)
		}
	}
	if _, err := privacy.NewFixed(DefaultPolicy().Privacy); err != nil {
		t.Error(err)
	}
}

// TestFileOnlyTightens sees that a file cannot lengthen what the threat model bounds.
func TestFileOnlyTightens(t *testing.T) {
	f, err := load(t, "consent: {delay: 1ms, answer: 1h, view: 100h, cool-down: 1s}\n")
	if err != nil {
		t.Fatal(err)
	}
	c, _ := f.Config()
	d := DefaultPolicy()
	if c.Policy.ConsentDelay != d.ConsentDelay || c.Policy.AnswerWithin != d.AnswerWithin || c.Policy.ViewFor != d.ViewFor || c.Policy.CoolDown != d.CoolDown {
		t.Errorf("%+v", c.Policy)
	}
}

func TestFileErrorsAreOneSentence(t *testing.T) {
	cases := map[string]string{
		"dispaly: ':0'\n":                 `:1: unknown key "dispaly"; did you mean "display"?`,
		"name: a\nprivacy:\n  rect: []\n": `:3: unknown key "rect"; did you mean "rects"?`,
		"name: [\n":                       ":1:",
		"consent: {delay: soon}\n":        `invalid duration "soon"`,

		"session_bus: x\n":                                     `unknown key "session_bus"; did you mean "session-bus"?`,
		"privacy: {terminal: false}\n":                         `unknown key "terminal"; did you mean "terminals"?`,
		"privacy: {onyl: []}\n":                                `unknown key "onyl"; did you mean "only"?`,
		"privacy:\n  shown:\n    - {programm: x}\n":            `:3: unknown key "programm"; did you mean "program"?`,
		"privacy: {windows: [{pages: x}]}\n":                   `unknown key "pages"; did you mean "page"?`,
		"privacy:\n  unknown: maybe\n":                         `:2: privacy.unknown is "maybe": use flat, ask or allow`,
		"privacy:\n  rects:\n    - [1, 2]\n":                   `:3: privacy.rects[0] is [1 2]: give x, y, width and height`,
		"privacy: {rects: [[0, 0, 1, 1], [0, 0, 5, 0]]}":       `:1: privacy.rects[1] is [0 0 5 0]: give`,
		"privacy:\n  only: []\n":                               `:2: privacy.only is empty: name the windows to show`,
		"privacy:\n  windows:\n    - {class: a}\n    - {}\n":   `:4: privacy.windows[1] chooses nothing: give class, title, program or page`,
		"privacy:\n  shown:\n    - title: (\n":                 `:3: privacy.shown[0].title is no regular expression: missing closing )`,
		"privacy:\n  only:\n    - class: a\n      page: '*'\n": `:4: privacy.only[0].page is no regular expression`,
	}
	for text, want := range cases {
		_, err := load(t, text)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := LoadFile(filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

// TestFilesInTexts loads the configuration files that the documents show.
func TestFilesInTexts(t *testing.T) {
	fence := regexp.MustCompile("(?s)\n```yaml\n(.*?)\n```")
	files := 0
	for _, name := range []string{"README.md", "docs/privacy.md"} {
		text, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range fence.FindAllStringSubmatch(string(text), -1) {
			files++
			f, err := load(t, file[1]+"\n")
			if err != nil {
				t.Errorf("%s: %v in\n%s", name, err, file[1])
				continue
			}
			if c, err := f.Config(); err != nil {
				t.Errorf("%s: %v in\n%s", name, err, file[1])
			} else if _, err := privacy.NewFixed(c.Policy.Privacy); err != nil {
				t.Errorf("%s: %v in\n%s", name, err, file[1])
			}
		}
	}
	if files != 3 {
		t.Errorf("%d files", files)
	}
}

// TestFileLimit reads a file of the greatest length, and refuses a longer one.
func TestFileLimit(t *testing.T) {
	for more, wanted := range map[int]bool{0: true, 1: false} {
		text := "name: a\n#" + strings.Repeat("x", maxFile-len("name: a\n#")+more)
		if _, err := load(t, text); (err == nil) != wanted {
			t.Errorf("%d bytes: %v", len(text), err)
		}
	}
}

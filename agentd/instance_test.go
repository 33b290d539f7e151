package agentd

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"telestrator/privacy"
)

func TestInstanceIsTakenOnce(t *testing.T) {
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	one, err := TakeInstance("one")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := TakeInstance("one"); err == nil || !strings.Contains(err.Error(), "--name") {
		t.Errorf("a second one of the name: %v", err)
	}
	two, err := TakeInstance("two")
	if err != nil {
		t.Error(err)
	}
	two.Release()
	if _, _, err := FindInstance("one"); !errors.Is(err, ErrNotRunning) {
		t.Errorf("before it has an address: %v", err)
	}
	if err := one.Publish("http://127.0.0.1:1"); err != nil {
		t.Fatal(err)
	}
	if address, token, err := FindInstance("one"); err != nil || address != "http://127.0.0.1:1" || token != one.Token() {
		t.Error(address, err)
	}
	if info, err := os.Stat(one.TokenFile()); err != nil || info.Mode().Perm() != 0o600 {
		t.Error("the token can be read by others", err)
	}
	one.Release()
	again, err := TakeInstance("one")
	if err != nil {
		t.Fatal(err)
	}
	again.Release()
}

func TestInstanceNames(t *testing.T) {
	for _, name := range []string{"", "..", "a/b", "A", "-a", strings.Repeat("a", 33)} {
		if _, err := TakeInstance(name); err == nil {
			t.Errorf("%q was taken", name)
		}
	}
}

func TestOpenRuntimeFolderIsRefused(t *testing.T) {
	base := t.TempDir()
	t.Setenv("XDG_RUNTIME_DIR", base)
	if err := os.MkdirAll(filepath.Join(base, "agentd", "x"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(base, "agentd"), 0o777); err != nil {
		t.Fatal(err)
	}
	if _, err := TakeInstance("x"); err == nil {
		t.Error("a folder open to others was used")
	}
}

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
privacy:
  unknown: flat
  rects: [[0, 0, 100, 50]]
  windows:
    - {class: KeePass}
consent: {delay: 5s, answer: 20s, view: 10m}
`)
	if err != nil {
		t.Fatal(err)
	}
	c, err := f.Config()
	if err != nil || c.Policy.Privacy.Unknown != privacy.Flat || len(c.Policy.Privacy.Rects) != 1 ||
		c.Policy.Privacy.Windows[0].Class != "KeePass" || c.Policy.ConsentDelay != 5*time.Second ||
		c.Policy.AnswerWithin != 20*time.Second || c.Policy.ViewFor != 10*time.Minute {
		t.Errorf("%+v, %v", c, err)
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
	for _, text := range []string{"privacy: {unknown: maybe}\n", "privacy: {rects: [[1, 2]]}\n"} {
		if f, err := load(t, text); err != nil {
			t.Error(err)
		} else if _, err := f.Config(); err == nil {
			t.Errorf("%q passes", text)
		}
	}
}

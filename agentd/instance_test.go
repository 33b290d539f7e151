package agentd

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
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

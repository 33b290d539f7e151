package privacy

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
)

// TestEmbeds knows a process by the name of what it has started.
func TestEmbeds(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{"WebKitWebProcess": true, "sleeper": false} {
		program := filepath.Join(t.TempDir(), name)
		content, err := os.ReadFile("/bin/sleep")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(program, content, 0o700); err != nil {
			t.Fatal(err)
		}
		parent := exec.Command("sh", "-c", program+" 60 & echo up; wait")
		out, err := parent.StdoutPipe()
		if err != nil || parent.Start() != nil {
			t.Fatal("cannot start sh")
		}
		if _, err := out.Read(make([]byte, 2)); err != nil {
			t.Fatal(err)
		}
		got := false
		for range 100 {
			if got = embeds(parent.Process.Pid); got {
				break
			}
		}
		if got != want {
			t.Errorf("%s: %v", name, got)
		}
		_ = exec.Command("pkill", "-P", strconv.Itoa(parent.Process.Pid)).Run()
		_ = parent.Process.Kill()
		_ = parent.Wait()
	}
}

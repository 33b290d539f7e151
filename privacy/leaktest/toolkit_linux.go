package leaktest

import (
	"bufio"
	"embed"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"telestrator/privacy/atspi/atspitest"
)

//go:embed testdata
var testdata embed.FS

// python has the toolkits' modules.
const python = "/usr/bin/python3"

// toolkit is a page of an application that reads commands from its standard
// input. At the end of that it ends.
type toolkit struct {
	in      io.Writer
	answers chan string // closed when there are no more
}

func startToolkit(tb testing.TB, display string, session *atspitest.Session, name string) *toolkit {
	tb.Helper()
	app := exec.Command(python, script(tb, name))
	app.Env = append(session.Env(), "DISPLAY="+display)
	app.Stderr = os.Stderr
	in, err := app.StdinPipe()
	if err != nil {
		tb.Fatal(err)
	}
	out, err := app.StdoutPipe()
	if err != nil {
		tb.Fatal(err)
	}
	if err := app.Start(); err != nil {
		tb.Fatalf("leaktest: %s: %v (run scripts/setup)", name, err)
	}
	t := &toolkit{in, make(chan string, 1)}
	go t.read(out)
	tb.Cleanup(func() {
		app.Process.Kill()
		for range t.answers {
		}
		app.Wait() // its error is the kill
	})
	return t
}

// script writes an application's script into a file.
func script(tb testing.TB, name string) string {
	tb.Helper()
	text, err := testdata.ReadFile("testdata/" + name + ".py")
	if err != nil {
		tb.Fatalf("leaktest: there is no application %q", name)
	}
	file := filepath.Join(tb.TempDir(), name+".py")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		tb.Fatal(err)
	}
	return file
}

func (t *toolkit) read(out io.Reader) {
	defer close(t.answers)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		t.answers <- lines.Text()
	}
}

func (t *toolkit) do(command string, numbers ...int) (int, error) {
	for _, n := range numbers {
		command += fmt.Sprintf(" %d", n)
	}
	if _, err := fmt.Fprintln(t.in, command); err != nil {
		return 0, err
	}
	select {
	case answer, ok := <-t.answers:
		if !ok {
			return 0, io.ErrUnexpectedEOF
		}
		return scrolled(answer)
	case <-time.After(patience):
		return 0, fmt.Errorf("no answer within %v", patience)
	}
}

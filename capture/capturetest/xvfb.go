package capturetest

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

const (
	patience  = 20 * time.Second // for anything that normally takes milliseconds
	tries     = 20               // display numbers to try
	lowest    = 1000             // first display number; others look for free ones from 0 upwards
	highest   = 30000            // last display number
	lastWords = 4 << 10          // bytes of Xvfb's complaints to keep for the report
)

// Display is an X server of its own, Xvfb, started by StartXvfb.
type Display struct {
	number int
	args   []string

	mu   sync.Mutex // guards server
	proc *server    // nil while stopped
}

// server is one run of Xvfb.
type server struct {
	cmd   *exec.Cmd
	ended chan struct{} // closed when the process is gone
}

// StartXvfb starts an X server with one screen, "WIDTHxHEIGHTxDEPTH", on a
// free display number. Further arguments are Xvfb's own, for example
// "-extension", "MIT-SHM" for a server without shared memory. It does not
// reset itself when the last client leaves, saves no screen, and ends with the
// test.
func StartXvfb(tb testing.TB, screen string, args ...string) *Display {
	tb.Helper()
	Require(tb, "Xvfb")
	d := &Display{args: append([]string{"-screen", "0", screen, "-nolisten", "tcp", "-noreset", "-s", "0"}, args...)}
	tb.Cleanup(d.Stop)
	var err error
	for range tries {
		d.number = lowest + rand.IntN(highest-lowest)
		if d.proc, err = startServer(d.number, d.args); err == nil {
			return d
		}
	}
	tb.Fatalf("capturetest: start Xvfb %s: %v", strings.Join(d.args, " "), err)
	return nil
}

// Name is the display's name, ":N", as DISPLAY and -display take it.
func (d *Display) Name() string { return fmt.Sprintf(":%d", d.number) }

// Stop kills the server, as a crash would. It is harmless when it has ended.
func (d *Display) Stop() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.proc == nil {
		return
	}
	d.proc.kill()
	d.proc = nil
}

// Restart stops the server if it runs and starts a new, empty one with the same
// arguments on the same display number. Its applications are gone.
func (d *Display) Restart(tb testing.TB) {
	tb.Helper()
	d.Stop()
	d.mu.Lock()
	defer d.mu.Unlock()
	proc, err := startServer(d.number, d.args)
	if err != nil {
		tb.Fatalf("capturetest: restart Xvfb %s: %v", d.Name(), err)
	}
	d.proc = proc
}

// Signal sends the server a signal: SIGSTOP makes one that no longer answers.
func (d *Display) Signal(tb testing.TB, sig os.Signal) {
	tb.Helper()
	if err := d.proc.cmd.Process.Signal(sig); err != nil {
		tb.Fatalf("capturetest: signal Xvfb %s: %v", d.Name(), err)
	}
}

// PID is the server's process id, for measurements.
func (d *Display) PID() int { return d.proc.cmd.Process.Pid }

// startServer starts Xvfb on exactly this number and waits until it listens,
// which it tells through -displayfd.
func startServer(number int, args []string) (*server, error) {
	ready, tell, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer ready.Close()
	cmd := exec.Command("Xvfb", append([]string{fmt.Sprintf(":%d", number), "-displayfd", "3"}, args...)...)
	cmd.ExtraFiles = []*os.File{tell}
	said := &tail{}
	cmd.Stderr = said
	endWithParent(cmd)
	err = cmd.Start()
	tell.Close()
	if err != nil {
		return nil, err
	}
	s := &server{cmd: cmd, ended: make(chan struct{})}
	go func() { cmd.Wait(); close(s.ended) }()
	ready.SetReadDeadline(time.Now().Add(patience))
	if line, err := io.ReadAll(ready); err != nil || len(bytes.TrimSpace(line)) == 0 {
		s.kill()
		return nil, fmt.Errorf("not ready: %v %s", err, said.String())
	}
	return s, nil
}

// kill ends the process by its id and waits for the end.
func (s *server) kill() {
	s.cmd.Process.Kill()
	<-s.ended
}

// tail keeps the last bytes written to it.
type tail struct {
	mu  sync.Mutex
	buf []byte
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.buf = append(t.buf, p...)
	t.buf = t.buf[max(0, len(t.buf)-lastWords):]
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.buf)
}

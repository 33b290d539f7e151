package capturetest

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"sync"
	"testing"
)

// Program stands in for a test in programs that are none, such as benchmarks
// of whole programs. Only what the helpers of this package use works. What
// would fail or skip a test ends the goroutine, as it does in a test, and Run
// returns it as an error.
type Program struct {
	testing.TB // nil; it makes Program a testing.TB

	mu       sync.Mutex
	cleanups []func()
	err      error
}

// Run runs f as the body of a program, then ends whatever it started. It
// returns why f gave up, if it did.
func Run(f func(tb testing.TB)) error {
	p := &Program{}
	var body sync.WaitGroup
	body.Go(func() {
		defer p.cleanup()
		f(p)
	})
	body.Wait()
	return p.err
}

func (p *Program) cleanup() {
	for _, c := range slices.Backward(p.cleanups) {
		c()
	}
}

// Cleanup has f called when the program's body has returned, the last one first.
func (p *Program) Cleanup(f func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.cleanups = append(p.cleanups, f)
}

// Helper does nothing.
func (p *Program) Helper() {}

// Name is the program's.
func (p *Program) Name() string { return os.Args[0] }

// TempDir makes a folder that vanishes with the program.
func (p *Program) TempDir() string {
	folder, err := os.MkdirTemp("", "telestrator-")
	if err != nil {
		p.Fatalf("temporary folder: %v", err)
	}
	p.Cleanup(func() { os.RemoveAll(folder) })
	return folder
}

// Logf writes a line to stderr.
func (p *Program) Logf(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }

// Errorf notes an error; the program goes on.
func (p *Program) Errorf(format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err == nil {
		p.err = fmt.Errorf(format, args...)
	}
}

// Fatalf notes an error and ends the body.
func (p *Program) Fatalf(format string, args ...any) {
	p.Errorf(format, args...)
	runtime.Goexit()
}

// Skipf ends the body like Fatalf: a program has nothing to skip to.
func (p *Program) Skipf(format string, args ...any) { p.Fatalf(format, args...) }

package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"
)

// The demo's desktop: a window manager, a terminal, and a form with a password.
const (
	desktopSize = "1280x800x24"
	desktopWait = 10 * time.Second
)

var desktopPrograms = [][]string{
	{"openbox"},
	{"xsetroot", "-solid", "#2f4f5f"},
	{"xterm", "-geometry", "84x22+40+60", "-fa", "DejaVu Sans Mono", "-fs", "11", "-title", "Terminal", "-e", "sh", "-c", greeting},
	{"zenity", "--forms", "--title=Sign in", "--text=An example form", "--add-entry=Name", "--add-password=Password"},
}

const greeting = `echo "This desktop belongs to the demo. Type here, move the windows:"
echo "the agent sees it as soon as the panel allows it."
echo
cd /; PS1="demo$ " exec sh`

// startDesktop starts an X server and the programs on it, which end with ctx.
// It returns the display's name.
func startDesktop(ctx context.Context, parts *sync.WaitGroup) (string, error) {
	folder, err := os.MkdirTemp("", "agentd-demo-")
	if err != nil {
		return "", err
	}
	cookie := filepath.Join(folder, "Xauthority")
	if err := writeCookie(cookie); err != nil {
		return "", err
	}
	started := make(chan desktop)
	parts.Go(func() {
		defer os.RemoveAll(folder)
		runDesktop(ctx, cookie, started)
	})
	d := <-started
	if d.err != nil {
		return "", d.err
	}
	// The daemon of this process connects with it too.
	return d.display, os.Setenv("XAUTHORITY", cookie)
}

type desktop struct {
	display string
	err     error
}

// runDesktop keeps its thread, because the programs are told to end with the
// thread that started them: nothing is left when this process is killed.
func runDesktop(ctx context.Context, cookie string, started chan<- desktop) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	server, display, err := startServer(ctx, cookie)
	started <- desktop{display, err}
	if err != nil {
		return
	}
	running := []*exec.Cmd{}
	for _, argv := range desktopPrograms {
		if c := program(argv[0], argv[1:]...); c.Err == nil {
			c.Env = append(os.Environ(), "DISPLAY="+display, "XAUTHORITY="+cookie, "NO_AT_BRIDGE=1")
			if c.Start() == nil {
				running = append(running, c)
			}
		}
	}
	<-ctx.Done()
	for _, c := range append(running, server) {
		_ = c.Process.Signal(syscall.SIGTERM)
	}
	for _, c := range append(running, server) {
		_ = c.Wait()
	}
}

// program is a command that ends with us.
func program(name string, args ...string) *exec.Cmd {
	c := exec.Command(name, args...)
	endWithUs(c)
	return c
}

// startServer starts Xvfb on a free display and returns its name.
func startServer(ctx context.Context, cookie string) (*exec.Cmd, string, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return nil, "", err
	}
	defer read.Close()
	c := program("Xvfb", "-displayfd", "3", "-screen", "0", desktopSize, "-nolisten", "tcp", "-auth", cookie)
	c.ExtraFiles = []*os.File{write}
	err = c.Start()
	write.Close()
	if errors.Is(err, exec.ErrNotFound) {
		return nil, "", errors.New("the demo's own desktop needs Xvfb: run scripts/setup run, or show a display that is there with --display :N")
	}
	if err != nil {
		return nil, "", fmt.Errorf("cannot start Xvfb: %w", err)
	}
	_ = read.SetReadDeadline(time.Now().Add(desktopWait))
	line, err := bufio.NewReader(read).ReadString('\n')
	if err != nil || ctx.Err() != nil {
		_ = c.Process.Kill()
		_ = c.Wait()
		return nil, "", errors.New("the demo's X server does not start: try Xvfb :99 to see why, or show a display that is there with --display :N")
	}
	return c, ":" + strings.TrimSpace(line), nil
}

// writeCookie writes an Xauthority file with a fresh cookie for any display
// (Xau.h: family FamilyWild, empty address and number).
func writeCookie(path string) error {
	secret := make([]byte, 16)
	_, _ = rand.Read(secret) // never fails
	entry := []byte{0xff, 0xff, 0, 0, 0, 0}
	for _, field := range [][]byte{[]byte("MIT-MAGIC-COOKIE-1"), secret} {
		entry = append(entry, 0, byte(len(field)))
		entry = append(entry, field...)
	}
	return os.WriteFile(path, entry, 0o600)
}

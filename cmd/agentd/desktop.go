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
	"slices"
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

// startDesktop starts an X server, a D-Bus session, and the programs on them,
// which end with ctx.
func startDesktop(ctx context.Context, parts *sync.WaitGroup) (desktop, error) {
	folder, err := os.MkdirTemp("", "agentd-demo-") // 0700
	if err != nil {
		return desktop{}, err
	}
	cookie := filepath.Join(folder, "Xauthority")
	if err := writeCookie(cookie); err != nil {
		return desktop{}, err
	}
	started := make(chan desktop)
	parts.Go(func() {
		defer os.RemoveAll(folder)
		runDesktop(ctx, folder, cookie, started)
	})
	d := <-started
	if d.err != nil {
		return desktop{}, d.err
	}
	// The daemon of this process connects with it too.
	return d, os.Setenv("XAUTHORITY", cookie)
}

// desktop is where the demo's programs are.
type desktop struct {
	display string
	session string // address of the D-Bus session, also where it could not be started
	err     error
}

// runDesktop keeps its thread, because the programs are told to end with the
// thread that started them: nothing is left when this process is killed.
func runDesktop(ctx context.Context, folder, cookie string, started chan<- desktop) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	server, display, err := startServer(ctx, cookie)
	if err != nil {
		started <- desktop{err: err}
		return
	}
	running := []*exec.Cmd{server}
	env := append(private(os.Environ()), "DISPLAY="+display, "XAUTHORITY="+cookie, "XDG_RUNTIME_DIR="+folder)
	session := "unix:path=" + filepath.Join(folder, "bus")
	env = append(env, "DBUS_SESSION_BUS_ADDRESS="+session)
	if bus, err := startSession(session, env); err != nil {
		fmt.Fprintln(os.Stderr, sentence(fmt.Errorf("%w; without it nobody finds password fields, so every window is hidden", err)))
	} else {
		running = append(running, bus)
	}
	started <- desktop{display: display, session: session}
	running = append(running, startPrograms(env)...)
	<-ctx.Done()
	endAll(running)
}

// startPrograms starts those of the desktop's programs that are installed.
func startPrograms(env []string) (running []*exec.Cmd) {
	for _, argv := range desktopPrograms {
		if c := program(argv[0], argv[1:]...); c.Err == nil {
			c.Env = env
			if c.Start() == nil {
				running = append(running, c)
			}
		}
	}
	return running
}

// endAll ends programs, the last one first, and waits for them.
func endAll(running []*exec.Cmd) {
	for _, c := range slices.Backward(running) {
		_ = c.Process.Signal(syscall.SIGTERM)
	}
	for _, c := range running {
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
	c := program("Xvfb", "-displayfd", "3", "-screen", "0", desktopSize, "-nolisten", "tcp", "-noreset", "-auth", cookie)
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

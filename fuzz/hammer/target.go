package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"telestrator/capture/capturetest"
)

// screen is the picture's size, and how Xvfb takes it.
const screen = "640x400x24"

// target is the daemon: what agentd demo --json prints, and its process.
type target struct {
	Display   string `json:"display"`
	Panel     string `json:"panel"`
	TokenFile string `json:"panel_token_file"`
	Desk      string `json:"desk"`
	pid       int
}

// aim finds the daemon that the flags name, or starts one.
func (o options) aim(tb testing.TB) (*target, error) {
	if o.links == "" {
		return start(tb)
	}
	line, err := os.ReadFile(o.links)
	if err != nil {
		return nil, err
	}
	t := &target{pid: o.pid}
	if err := json.Unmarshal(line, t); err != nil || o.pid == 0 {
		return nil, fmt.Errorf("--links wants what agentd demo --json printed, and --pid its process: %v", err)
	}
	return t, nil
}

// start builds the daemon, and starts it as a demo on a screen of its own. On
// that screen nobody speaks of secret fields, so the policy shows what is
// unknown; delays of consent are zero in every demo. All other limits are as
// they are.
func start(tb testing.TB) (*target, error) {
	folder := tb.TempDir()
	program, config := filepath.Join(folder, "bin", "agentd"), filepath.Join(folder, "agentd.yaml")
	build := exec.Command("go", "build", "-o", program, "telestrator/cmd/agentd")
	build.Env, build.Stderr = append(os.Environ(), "CGO_ENABLED=0"), os.Stderr
	if err := build.Run(); err != nil {
		return nil, fmt.Errorf("cannot build the daemon: %w", err)
	}
	if err := os.WriteFile(config, []byte("privacy: {unknown: allow}\n"), 0o600); err != nil {
		return nil, err
	}
	display := capturetest.StartXvfb(tb, screen)
	daemon := exec.Command(program, "demo", "--json", "--display", display.Name(), "--config", config)
	daemon.Env = append(os.Environ(), "XDG_RUNTIME_DIR="+folder, "XDG_STATE_HOME="+folder)
	return serve(tb, daemon)
}

// serve starts a daemon, which ends with the program, and reads its links.
func serve(tb testing.TB, daemon *exec.Cmd) (*target, error) {
	var complaints strings.Builder
	daemon.Stderr = &complaints
	out, err := daemon.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := daemon.Start(); err != nil {
		return nil, err
	}
	tb.Cleanup(func() {
		_ = daemon.Process.Signal(syscall.SIGTERM)
		_ = daemon.Wait()
	})
	t := &target{pid: daemon.Process.Pid}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, t)
	}
	if err != nil {
		return nil, fmt.Errorf("the daemon printed %q: %w; %s", line, err, &complaints)
	}
	return t, nil
}

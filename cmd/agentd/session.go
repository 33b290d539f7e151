package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"time"

	"telestrator/privacy/atspi"
)

// The demo's desktop has a D-Bus session of its own. Over it programs tell where
// their password fields are.

// startSession starts a D-Bus session at an address, and switches accessibility
// on in it before any of its programs starts.
func startSession(address string, env []string) (*exec.Cmd, error) {
	bus, err := startBus(address, env)
	if err != nil {
		return nil, err
	}
	if _, err := atspi.Enable(address); err != nil {
		_ = bus.Process.Signal(syscall.SIGTERM)
		_ = bus.Wait()
		return nil, err
	}
	return bus, nil
}

// startBus starts the session's bus, and returns when it listens.
func startBus(address string, env []string) (*exec.Cmd, error) {
	read, write, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer read.Close()
	c := program("dbus-daemon", "--session", "--nofork", "--nopidfile", "--address="+address, "--print-address=3")
	c.Env, c.ExtraFiles = env, []*os.File{write}
	err = c.Start()
	write.Close()
	if errors.Is(err, exec.ErrNotFound) {
		return nil, errors.New("the demo's desktop has no D-Bus session: install the package dbus (scripts/setup run)")
	}
	if err != nil {
		return nil, fmt.Errorf("cannot start dbus-daemon: %w", err)
	}
	_ = read.SetReadDeadline(time.Now().Add(desktopWait))
	if _, err := bufio.NewReader(read).ReadString('\n'); err != nil {
		_ = c.Process.Kill()
		_ = c.Wait()
		return nil, errors.New("the demo's D-Bus session does not start: try dbus-daemon --session --print-address to see why")
	}
	return c, nil
}

// private is an environment without the ways to another session and its
// settings.
func private(env []string) []string {
	shared := []string{"DBUS_SESSION_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS", "NO_AT_BRIDGE", "GTK_A11Y", "GTK_MODULES"}
	own := slices.DeleteFunc(slices.Clone(env), func(entry string) bool {
		name, _, _ := strings.Cut(entry, "=")
		return slices.Contains(shared, name)
	})
	return append(own, "GSETTINGS_BACKEND=memory")
}

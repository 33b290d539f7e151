//go:build unix

package main

import (
	"os/exec"
	"syscall"
)

// grouped gives a command a process group, so that what it starts ends with it.
func grouped(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
}

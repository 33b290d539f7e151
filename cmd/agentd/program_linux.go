package main

import (
	"os/exec"
	"syscall"
)

// endWithUs lets the kernel end a program when this process ends, and keeps the
// terminal's signals from it.
func endWithUs(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
}

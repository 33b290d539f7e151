package capturetest

import (
	"os/exec"
	"syscall"
)

// endWithParent lets the kernel end cmd when this process dies without running
// its clean-ups, for example at a test's time limit.
func endWithParent(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}

//go:build unix

package journal

import (
	"os"
	"syscall"
)

// noLink opens a file only if it is no link, and waits for nobody at a pipe.
const noLink = syscall.O_NOFOLLOW | syscall.O_NONBLOCK

// ours says whether a file or folder belongs to this user.
func ours(info os.FileInfo) bool {
	owner, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(owner.Uid) == os.Getuid()
}

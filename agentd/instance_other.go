//go:build !unix

package agentd

import (
	"fmt"
	"os"
	"runtime"
)

// hold refuses: a daemon whose runtime folder is not known to be its user's
// alone does not run.
func hold(string) (*os.File, error) {
	return nil, fmt.Errorf("a folder that is private to its user cannot be checked on %s yet", runtime.GOOS)
}

// ours cannot tell.
func ours(os.FileInfo) bool { return false }

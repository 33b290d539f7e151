package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"telestrator/protocol"
)

// release is set when a release is built.
var release = "development"

// version prints what this is.
type version struct{}

// Run is called by kong.
func (version) Run() error {
	fmt.Printf("agentd %s%s, protocol %d, %s %s/%s\n", release, revision(), protocol.Version1,
		runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}

// revision is the commit this was built from, where it is known.
func revision() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return " (" + s.Value + ")"
		}
	}
	return ""
}

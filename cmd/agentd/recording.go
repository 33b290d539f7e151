package main

import (
	"errors"

	"telestrator/agentd"
)

var errRecording = errors.New("--record-most takes 1 to 1048576 MiB")

// recording is the flags of run and demo that have sessions recorded. There is no
// other way to switch it on: nobody should find it on without having said so.
type recording struct {
	Record     string `help:"Record each session in a file of this name, with the session's id before its ending. The user is told." placeholder:"FILE"`
	RecordMost int64  `help:"What all recordings may take together, in MiB; then they end, and the user is told." default:"256" placeholder:"MIB"`
}

// maxRecording bounds --record-most, in MiB.
const maxRecording = 1 << 20

// Validate is called by kong.
func (r *recording) Validate() error {
	if r.RecordMost < 1 || r.RecordMost > maxRecording {
		return errRecording
	}
	return nil
}

func (r *recording) lay(c *agentd.Config) {
	c.Record, c.RecordMost = r.Record, r.RecordMost<<20
}

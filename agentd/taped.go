package agentd

import (
	"fmt"
	"os"
	"path/filepath"

	"telestrator/peer"
	"telestrator/protocol"
)

// RecordMost is how many bytes all recordings of a daemon may take together,
// when nothing else is said.
const RecordMost = 256 << 20

// taped is a connection that notes what is sent over it.
type taped struct {
	peer.Conn
	tape *tape
}

// Send sends, and notes what was sent.
func (t taped) Send(on peer.Channel, data []byte) error {
	err := t.Conn.Send(on, data)
	if err == nil {
		t.tape.note(protocol.Channel(on), protocol.ToConsole, data)
	}
	return err
}

// record has a session recorded, before it runs.
func (s *Session) record(t *tape) {
	s.tape, s.conn = t, taped{s.conn, t}
}

// recordable says why a file cannot be recorded to.
func recordable(path string) error {
	if path == "" {
		return nil
	}
	folder, err := os.Stat(filepath.Dir(path))
	if err == nil && !folder.IsDir() {
		err = fmt.Errorf("%s is no folder", filepath.Dir(path))
	}
	if err != nil {
		return fmt.Errorf("agentd: there is no place for the recordings: %w; choose another one with --record", err)
	}
	return nil
}

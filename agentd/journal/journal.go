package journal

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
)

// maxFile is how large a file grows, in bytes, before it becomes the older one.
const maxFile = 1 << 20

// Journal is the file of one daemon. It is safe for concurrent use within one
// process; that no other process writes to it is up to the daemon's instance.
//
// Nothing is kept open between two lines: a file that was moved away, or a disk
// that was full for a while, spoils no later session.
type Journal struct {
	path string
	mu   sync.Mutex
}

// Path is where the journal of the daemon of that name is:
// $XDG_STATE_HOME/agentd/NAME.sessions.jsonl, ~/.local/state without it.
func Path(name string) (string, error) {
	if name == "" || name != filepath.Base(name) {
		return "", fmt.Errorf("journal: %q cannot be a name", name)
	}
	base := os.Getenv("XDG_STATE_HOME")
	if !filepath.IsAbs(base) { // then it does not count, says the XDG specification
		home, err := os.UserHomeDir()
		if err != nil {
			return "", fmt.Errorf("journal: there is no place for it: %w", err)
		}
		base = filepath.Join(home, ".local", "state")
	}
	return filepath.Join(base, "agentd", name+".sessions.jsonl"), nil
}

// Open makes the file and its folder if need be, and fails where Begin would.
func Open(path string) (*Journal, error) {
	if err := makeFolder(filepath.Dir(path)); err != nil {
		return nil, fmt.Errorf("journal: cannot use the folder: %w", err)
	}
	file, err := openLog(path)
	if err != nil {
		return nil, fmt.Errorf("journal: cannot use the file: %w", err)
	}
	return &Journal{path: path}, file.Close()
}

// Begin writes down that a session starts: session, agent and time of e. On an
// error there must be no session. Otherwise the line is on the disk.
func (j *Journal) Begin(e Entry) error {
	text, err := firstLine(e)
	if err != nil {
		return err
	}
	return j.append(text)
}

// End writes down how a session was and why it ended. On an error its first
// line stays, and Read shows a session without an end.
func (j *Journal) End(e Entry) error {
	text, err := lastLine(e)
	if err != nil {
		return err
	}
	return j.append(text)
}

// append brings one line to the disk, or leaves the file as it was.
func (j *Journal) append(text []byte) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	l, err := openLog(j.path)
	if err == nil && l.size+l.gap()+int64(len(text)) > maxFile {
		l, err = l.rotate()
	}
	if err != nil {
		return fmt.Errorf("journal: cannot open the file: %w", err)
	}
	defer l.Close()
	if err := l.append(text); err != nil {
		return fmt.Errorf("journal: cannot write: %w", err)
	}
	return nil
}

// errOpen says that somebody else could take the journal away.
var errOpen = errors.New("others may write to it")

// makeFolder makes the folder, and refuses one where others may write.
func makeFolder(folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	info, err := os.Stat(folder)
	if err != nil {
		return err
	}
	if !ours(info) || info.Mode().Perm()&0o022 != 0 {
		return &os.PathError{Op: "use", Path: folder, Err: errOpen}
	}
	return nil
}

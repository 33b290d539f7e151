package journal

import (
	"errors"
	"os"
	"path/filepath"
)

// log is the file, opened for one line.
type log struct {
	*os.File
	path string
	size int64
	torn bool // the last line has no end: it was not finished
}

// openLog opens or makes the file. One that belongs to somebody else, or is no
// file at all, is refused; the mode is brought back to 0600.
func openLog(path string) (*log, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND|os.O_CREATE|noLink, 0o600)
	if err != nil {
		return nil, err
	}
	l := &log{File: file, path: path}
	if err := l.look(); err != nil {
		file.Close()
		return nil, err
	}
	return l, nil
}

// errForeign says that something else is where the journal should be.
var errForeign = errors.New("it is not a file of this user")

// look learns how the file is.
func (l *log) look() error {
	info, err := l.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() || !ours(info) {
		return &os.PathError{Op: "open", Path: l.path, Err: errForeign}
	}
	if info.Mode().Perm() != 0o600 {
		if err := l.Chmod(0o600); err != nil {
			return err
		}
	}
	if l.size = info.Size(); l.size == 0 {
		return nil
	}
	last := make([]byte, 1)
	_, err = l.ReadAt(last, l.size-1)
	l.torn = last[0] != '\n'
	return err
}

// gap is how many bytes stand between what is there and the next line.
func (l *log) gap() int64 {
	if l.torn {
		return 1
	}
	return 0
}

// append writes one line and waits for the disk. What was written of a line
// that failed is taken away again; should that fail too, it is a torn line.
func (l *log) append(text []byte) error {
	if l.torn {
		text = append([]byte{'\n'}, text...)
	}
	_, err := l.Write(text)
	if err == nil {
		err = l.Sync()
	}
	if err == nil && l.size == 0 {
		err = syncFolder(l.path)
	}
	if err != nil {
		return errors.Join(err, l.Truncate(l.size))
	}
	return nil
}

// older is the path of the file before this one.
func older(path string) string { return path + ".1" }

// rotate makes the file the older one and begins a new one. The folder is
// brought to the disk with the first line.
func (l *log) rotate() (*log, error) {
	l.Close()
	if err := os.Rename(l.path, older(l.path)); err != nil {
		return nil, err
	}
	return openLog(l.path)
}

// syncFolder brings to the disk that a file is there.
func syncFolder(path string) error {
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer folder.Close()
	return folder.Sync()
}

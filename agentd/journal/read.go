package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
)

// MaxEntries is how many sessions Read returns: the newest.
const MaxEntries = 1000

// Read returns the sessions of the journal at path, the newest last: each where
// its last line is. A journal that is not there has none. Lines that cannot be
// read are entries with Torn set; they are no error.
func Read(path string) ([]Entry, error) {
	var r reader
	for _, name := range []string{path, older(path)} {
		text, err := readFile(name)
		if err != nil {
			return nil, fmt.Errorf("journal: cannot read: %w", err)
		}
		r.backwards(text)
	}
	slices.Reverse(r.entries)
	return r.entries, nil
}

// readFile reads the last maxFile bytes of a file; a missing one is empty.
func readFile(path string) ([]byte, error) {
	file, err := os.OpenFile(path, os.O_RDONLY|noLink, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &os.PathError{Op: "read", Path: path, Err: errForeign}
	}
	return io.ReadAll(io.NewSectionReader(file, max(0, info.Size()-maxFile), maxFile))
}

// reader goes through the lines from the newest to the oldest, because the end
// of a session says all that its start does.
type reader struct {
	entries []Entry // the newest first
	ended   map[string]bool
}

// backwards takes the lines of one file.
func (r *reader) backwards(text []byte) {
	for len(text) > 0 && len(r.entries) < MaxEntries {
		text = bytes.TrimSuffix(text, []byte{'\n'})
		start := bytes.LastIndexByte(text, '\n') + 1
		if start < len(text) {
			r.take(text[start:])
		}
		text = text[:start]
	}
}

// take notes one line, unless it is the start of a session whose end is known.
func (r *reader) take(text []byte) {
	e := parse(text)
	if e.Ended.IsZero() && r.ended[e.Session] {
		return
	}
	if !e.Ended.IsZero() {
		if r.ended == nil {
			r.ended = make(map[string]bool)
		}
		r.ended[e.Session] = true
	}
	r.entries = append(r.entries, e)
}

// parse reads one line. Its texts are cleaned again: the file is the user's,
// and so is every program that can write to it.
func parse(text []byte) Entry {
	var e Entry
	if len(text) >= maxLine || json.Unmarshal(text, &e) != nil {
		return Entry{Torn: true}
	}
	if e = tidy(e); e.Session == "" {
		return Entry{Torn: true}
	}
	return e
}

package protocol

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// ErrRecording says that a file is not a recording, or a broken one.
var ErrRecording = errors.New("protocol: not a recording, or a broken one")

// BadRecording says where a recording is broken, and why. It is an ErrRecording.
type BadRecording struct {
	Offset int64  // bytes from the beginning of the file to the record that is broken
	Record int    // number of that record from 1, or 0 for the beginning of the file
	Why    string // a plain sentence
	Cut    bool   // the file ends too early; what came before is whole
}

func (b *BadRecording) Error() string {
	return fmt.Sprintf("protocol: byte %d, record %d: %s", b.Offset, b.Record, b.Why)
}

// Unwrap returns ErrRecording.
func (b *BadRecording) Unwrap() error { return ErrRecording }

// RecordingReader reads a recording record by record, in bounded memory: at
// most twice the longest record. It is not safe for concurrent use.
type RecordingReader struct {
	r      io.Reader
	at     int64 // where the next record begins
	number int   // of the last record
	time   uint64
	buffer []byte
}

// NewRecordingReader checks the beginning of a recording. Its errors are
// *BadRecording, and those of r.
func NewRecordingReader(r io.Reader) (*RecordingReader, error) {
	reader := &RecordingReader{r: r, buffer: make([]byte, 0, 4<<10)}
	header, err := reader.take(len(recordingHeader))
	switch {
	case err != nil:
		return nil, err
	case len(header) < len(recordingHeader) && bytes.HasPrefix([]byte(recordingHeader), header):
		return nil, reader.bad(true, "it ends before a recording has begun")
	case string(header) != recordingHeader:
		return nil, reader.bad(false, "it does not begin like a recording of version 1")
	}
	reader.at = int64(len(recordingHeader))
	return reader, nil
}

// Next returns the next record, io.EOF after the last, *BadRecording where the
// file is broken, or the error of the reader beneath. Bytes are the caller's.
func (r *RecordingReader) Next() (Record, error) {
	r.number++
	length, err := r.take(4)
	switch {
	case err != nil:
		return Record{}, err
	case len(length) == 0:
		return Record{}, io.EOF
	case len(length) < 4:
		return Record{}, r.bad(true, "it ends within the length of a record")
	}
	n := int(binary.BigEndian.Uint32(length))
	if n > maxRecord {
		return Record{}, r.bad(false, fmt.Sprintf("a record of %d bytes, at most %d", n, maxRecord))
	}
	data, err := r.take(n)
	if err != nil {
		return Record{}, err
	}
	if len(data) < n {
		return Record{}, r.bad(true, fmt.Sprintf("it ends after %d of the %d bytes of a record", len(data), n))
	}
	record, err := r.decode(data)
	r.at += int64(4 + n)
	return record, err
}

// take reads n bytes, or as many as there are.
func (r *RecordingReader) take(n int) ([]byte, error) {
	if cap(r.buffer) < n {
		r.buffer = make([]byte, 0, maxRecord)
	}
	got, err := io.ReadFull(r.r, r.buffer[:n])
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return r.buffer[:got], err
}

// decode makes a record of its bytes, which have one form only.
func (r *RecordingReader) decode(data []byte) (record Record, err error) {
	if decoding.Unmarshal(data, &record) != nil {
		return Record{}, r.bad(false, "a record that is not a map of time, channel, direction and bytes")
	}
	again, err := appendRecord(nil, record)
	switch {
	case err != nil || !bytes.Equal(again, data):
		return Record{}, r.bad(false, "a record that is not in its one form")
	case record.Channel > ChannelScreen || record.Direction > ToConsole:
		return Record{}, r.bad(false, "a channel or a direction that is none")
	case record.Time > MaxInteger || record.Time < r.time:
		return Record{}, r.bad(false, "time goes back, or beyond 2^53-1")
	case len(record.Bytes) > MaxToConsole:
		return Record{}, r.bad(false, fmt.Sprintf("a message of %d bytes, at most %d", len(record.Bytes), MaxToConsole))
	}
	r.time = record.Time
	return record, nil
}

func (r *RecordingReader) bad(cut bool, why string) error {
	return &BadRecording{Offset: r.at, Record: r.number, Why: why, Cut: cut}
}

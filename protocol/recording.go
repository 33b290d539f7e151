package protocol

import (
	"encoding/binary"
	"errors"
	"io"
	"time"

	"github.com/fxamacker/cbor/v2"
)

// A recording is a file of messages as they went over the wire: the eight
// bytes of recordingHeader, then for each message its length as a big-endian
// uint32 and a CBOR map {1: µs since the beginning, 2: channel, 3: direction,
// 4: bytes} in core deterministic encoding. Times never go back. Recordings
// hold what was sent, and no more.
const recordingHeader = "tsrec\x00\x00\x01"

// maxRecord bounds one record of a recording: a message and what is around it.
const maxRecord = MaxToConsole + 64

// Record is one message of a recording.
type Record struct {
	Time      uint64    `cbor:"1,keyasint"` // µs since the recording began
	Channel   Channel   `cbor:"2,keyasint"`
	Direction Direction `cbor:"3,keyasint"`
	Bytes     []byte    `cbor:"4,keyasint"` // empty where a device withheld them, see Withhold
}

// Recorder writes a recording. It is not safe for concurrent use.
type Recorder struct {
	w     io.Writer
	began time.Time
}

// NewRecorder begins a recording on w. Each record is one Write to it.
func NewRecorder(w io.Writer) (*Recorder, error) {
	_, err := io.WriteString(w, recordingHeader)
	return &Recorder{w, time.Now()}, err
}

// Write adds a message with the time that it is now.
func (r *Recorder) Write(on Channel, way Direction, data []byte) error {
	return r.Put(Record{uint64(time.Since(r.began).Microseconds()), on, way, data})
}

// Put adds a record, whose time must not be before that of the last.
func (r *Recorder) Put(record Record) error {
	if len(record.Bytes) > MaxToConsole {
		return fail(Size, "%d bytes, at most %d in a record", len(record.Bytes), MaxToConsole)
	}
	data, err := appendRecord(make([]byte, 4, len(record.Bytes)+68), record)
	if err != nil {
		return err
	}
	binary.BigEndian.PutUint32(data, uint32(len(data)-4))
	_, err = r.w.Write(data)
	return err
}

// appendRecord encodes the map of a record at the end of dst.
func appendRecord(dst []byte, record Record) ([]byte, error) {
	data, err := recordEncoding.Marshal(record)
	return append(dst, data...), err
}

var recordEncoding = func() cbor.EncMode {
	options := cbor.CoreDetEncOptions()
	options.NilContainers = cbor.NilContainerAsEmpty
	mode, err := options.EncMode()
	if err != nil {
		panic(err)
	}
	return mode
}()

// ReadRecording calls each with every message of a recording, until it returns
// false. Its errors are those of RecordingReader.
func ReadRecording(r io.Reader, each func(Record) bool) error {
	recording, err := NewRecordingReader(r)
	if err != nil {
		return err
	}
	for {
		record, err := recording.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil || !each(record) {
			return err
		}
	}
}

// KindOf returns the kind of a message, or false when it is none.
func KindOf(data []byte) (Kind, bool) {
	number, _, err := form(data)
	if _, known := kinds[Kind(min(number, 255))]; err != nil || !known {
		return 0, false
	}
	return Kind(number), true
}

// ParseKind returns the kind of a name of SPEC.md 4, or false when it is none.
func ParseKind(name string) (Kind, bool) {
	for k, row := range kinds {
		if row.name == name {
			return k, true
		}
	}
	return 0, false
}

// Diagnose returns a message in CBOR diagnostic notation (RFC 8949, 8).
func Diagnose(data []byte) (string, error) { return cbor.Diagnose(data) }

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
// 4: bytes}. Recordings hold what the console saw, and no more.
const recordingHeader = "tsrec\x00\x00\x01"

// maxRecord bounds one record of a recording: a message and what is around it.
const maxRecord = MaxToConsole + 64

// Record is one message of a recording.
type Record struct {
	Time      uint64    `cbor:"1,keyasint"` // µs since the recording began
	Channel   Channel   `cbor:"2,keyasint"`
	Direction Direction `cbor:"3,keyasint"`
	Bytes     []byte    `cbor:"4,keyasint"`
}

// Recorder writes a recording. It is not safe for concurrent use.
type Recorder struct {
	w     io.Writer
	began time.Time
}

// NewRecorder begins a recording on w.
func NewRecorder(w io.Writer) (*Recorder, error) {
	_, err := io.WriteString(w, recordingHeader)
	return &Recorder{w, time.Now()}, err
}

// Write adds a message.
func (r *Recorder) Write(on Channel, way Direction, data []byte) error {
	record, err := cbor.Marshal(Record{uint64(time.Since(r.began).Microseconds()), on, way, data})
	if err != nil {
		return err
	}
	_, err = r.w.Write(append(binary.BigEndian.AppendUint32(nil, uint32(len(record))), record...))
	return err
}

// ErrRecording says that a file is not a recording, or a broken one.
var ErrRecording = errors.New("protocol: not a recording, or a broken one")

// ReadRecording calls each with every message of a recording, until it returns
// false.
func ReadRecording(r io.Reader, each func(Record) bool) error {
	header := make([]byte, len(recordingHeader))
	if _, err := io.ReadFull(r, header); err != nil || string(header) != recordingHeader {
		return ErrRecording
	}
	for {
		record, err := readRecord(r)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil || !each(record) {
			return err
		}
	}
}

// readRecord returns io.EOF at the end of the file and nowhere else.
func readRecord(r io.Reader) (record Record, err error) {
	var length [4]byte
	if _, err := io.ReadFull(r, length[:]); err == io.EOF {
		return record, err
	} else if err != nil {
		return record, ErrRecording
	}
	n := binary.BigEndian.Uint32(length[:])
	if n > maxRecord {
		return record, ErrRecording
	}
	data := make([]byte, n)
	if _, err := io.ReadFull(r, data); err != nil {
		return record, ErrRecording
	}
	if decoding.Unmarshal(data, &record) != nil || record.Channel > ChannelScreen || record.Direction > ToConsole {
		return record, ErrRecording
	}
	return record, nil
}

// KindOf returns the kind of a message, or false when it is none.
func KindOf(data []byte) (Kind, bool) {
	number, _, err := form(data)
	if _, known := kinds[Kind(min(number, 255))]; err != nil || !known {
		return 0, false
	}
	return Kind(number), true
}

// Diagnose returns a message in CBOR diagnostic notation (RFC 8949, 8).
func Diagnose(data []byte) (string, error) { return cbor.Diagnose(data) }

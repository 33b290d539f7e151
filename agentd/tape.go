package agentd

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"telestrator/agentd/panel"
	"telestrator/protocol"
)

// maxTaped is how many bytes of messages wait to be written at most. A disk that
// is slower than that ends the recording, not the session.
const maxTaped = 8 << 20

var errTaped = errors.New("agentd: the disk is too slow for the recording")

// errRecorded says that recordings have become as large as they may be.
var errRecorded = errors.New("agentd: the recordings have reached --record-most")

// tape is the recording of one session: what is sent and received while the
// user allows view, and nothing of before or after. What the agent types is left
// out (protocol.Withhold). A nil tape records nothing.
type tape struct {
	path    string
	left    *atomic.Int64 // bytes that all recordings of this daemon may still take
	log     *slog.Logger
	changed func() // tells the user; takes no session's lock

	mu      sync.Mutex
	state   string // of panel.Session.Recording
	on      bool   // view is allowed
	began   time.Time
	waiting []protocol.Record
	bytes   int           // of the messages that wait
	more    chan struct{} // capacity 1: something waits, or all has been said
	over    bool
}

// newTape makes the recording of a session, in a file that is made when there is
// something to record.
func newTape(path, session string, left *atomic.Int64, log *slog.Logger, changed func()) *tape {
	end := filepath.Ext(path)
	path = strings.TrimSuffix(path, end) + "-" + session + end
	return &tape{path: path, left: left, log: log, changed: changed, state: panel.RecordingOn, more: make(chan struct{}, 1)}
}

// told is the recording's state as the user is told it; empty without one.
func (t *tape) told() string {
	if t == nil {
		return ""
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.state
}

// allow says whether view is allowed now. It never waits for the disk.
func (t *tape) allow(on bool) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.on = on; on && t.began.IsZero() {
		t.began = time.Now()
	}
}

// note records a copy of a message. It never waits for the disk.
func (t *tape) note(on protocol.Channel, way protocol.Direction, data []byte) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.on || t.over || t.state != panel.RecordingOn {
		return
	}
	if way == protocol.ToDevice {
		data = protocol.Withhold(data)
	}
	if t.bytes += len(data); t.bytes > maxTaped || len(t.waiting) >= maxWaiting {
		t.fail(errTaped)
		return
	}
	t.waiting = append(t.waiting, protocol.Record{Time: uint64(time.Since(t.began).Microseconds()),
		Channel: on, Direction: way, Bytes: append([]byte(nil), data...)})
	wake(t.more)
}

// maxWaiting is how many messages wait to be written at most.
const maxWaiting = 8192

// fail ends the recording and says so. The lock is held.
func (t *tape) fail(err error) {
	t.state, t.waiting = panel.RecordingFailed, nil
	if errors.Is(err, errRecorded) {
		t.state = panel.RecordingFull
	}
	t.log.Warn("the recording has ended", "file", t.path, "why", err)
	t.changed()
}

// close says that nothing follows.
func (t *tape) close() {
	if t == nil {
		return
	}
	t.mu.Lock()
	t.over = true
	t.mu.Unlock()
	wake(t.more)
}

// write writes what is noted until close, on a goroutine of its own.
func (t *tape) write() {
	if t == nil {
		return
	}
	file := reel{tape: t}
	defer file.close()
	for range t.more {
		batch, over := t.take()
		if err := file.put(batch); err != nil {
			t.mu.Lock()
			t.fail(err)
			t.mu.Unlock()
			return
		}
		if over {
			return
		}
	}
}

// take takes what waits.
func (t *tape) take() (batch []protocol.Record, over bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	batch, t.waiting, t.bytes = t.waiting, nil, 0
	return batch, t.over
}

// reel is the file of a tape, made with the first record.
type reel struct {
	tape *tape
	file *os.File
	out  *bufio.Writer
	to   *protocol.Recorder
}

// put writes records, and has them reach the system.
func (r *reel) put(batch []protocol.Record) (err error) {
	if len(batch) == 0 {
		return nil
	}
	if r.file == nil {
		if err := r.open(); err != nil {
			return err
		}
	}
	for _, record := range batch {
		if err = r.to.Put(record); err != nil {
			break
		}
	}
	return errors.Join(err, r.out.Flush())
}

// open makes the file, for this user alone, and never takes one that is there.
func (r *reel) open() (err error) {
	r.file, err = os.OpenFile(r.tape.path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("agentd: cannot make the recording: %w", err)
	}
	r.tape.log.Info("the session is recorded", "file", r.tape.path)
	r.out = bufio.NewWriter(r.file)
	r.to, err = protocol.NewRecorder(ration{r.out, r.tape.left})
	return err
}

func (r *reel) close() {
	if r.file != nil {
		_ = r.file.Close() // all of it has been written, or the user was told
	}
}

// ration writes whole records, as long as there is room for them.
type ration struct {
	w    io.Writer
	left *atomic.Int64
}

func (r ration) Write(data []byte) (int, error) {
	if r.left.Add(-int64(len(data))) < 0 {
		r.left.Add(int64(len(data)))
		return 0, errRecorded
	}
	return r.w.Write(data)
}

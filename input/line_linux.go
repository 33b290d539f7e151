package input

import (
	"net"
	"sync/atomic"
	"time"
)

// answerTime is how long an X server may take to accept a request or to answer
// one. After that it counts as gone.
const answerTime = 2 * time.Second

// line is the connection under xgb's. It gives the server no more than
// answerTime to take what is written, and remembers when it has ended; xgb does
// neither.
type line struct {
	net.Conn
	ended atomic.Bool
}

func (l *line) Write(b []byte) (int, error) {
	l.SetWriteDeadline(time.Now().Add(answerTime))
	n, err := l.Conn.Write(b)
	l.note(err)
	return n, err
}

func (l *line) Read(b []byte) (int, error) {
	n, err := l.Conn.Read(b)
	l.note(err)
	return n, err
}

// note ends the line at its first error. There is nothing to be saved then: the
// place in the stream is lost.
func (l *line) note(err error) {
	if err != nil {
		l.ended.Store(true)
		l.Conn.Close()
	}
}

// expect gives the server answerTime from now on for what it is to answer.
func (l *line) expect() { l.SetReadDeadline(time.Now().Add(answerTime)) }

// rest lets the server be silent.
func (l *line) rest() { l.SetReadDeadline(time.Time{}) }

package input

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
	"github.com/jezek/xgb/xtest"

	"telestrator/x11"
)

// maxUnanswered is how many events are sent without an answer to anything. At
// 999 requests xgb would wait for an answer by itself, and without end.
const maxUnanswered = 500

var le = binary.LittleEndian // the byte order that xgb speaks

// server is our connection to an X server. Of xgb's packages for extensions
// only xtest is used: the others write a table of all connections of the
// process without a lock, and xtest has nothing to write there.
type server struct {
	line       *line
	c          *xgb.Conn
	root       xproto.Window
	xi, xkb    byte  // request numbers of XInput and XKEYBOARD
	unanswered int   // events since the last answer
	remapped   bool  // the pointer's buttons were exchanged
	failed     error // a request without an answer was refused
}

// dial connects to exactly this display.
func dial(display string) (*server, error) {
	// What xgb would print we return as errors.
	xgb.Logger.SetOutput(io.Discard)
	nc, cookie, screen, err := x11.Connect(display)
	if err != nil {
		return nil, err
	}
	s := &server{line: &line{Conn: nc}}
	s.line.expect()
	defer s.line.rest()
	if cookie == nil {
		s.c, err = xgb.NewConnNet(s.line)
	} else {
		s.c, err = xgb.NewConnNetWithCookieHex(s.line, hex.EncodeToString(cookie))
	}
	if err != nil {
		nc.Close()
		return nil, err
	}
	if err := s.start(screen); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// start finds the screen and the extensions.
func (s *server) start(screen int) error {
	setup := xproto.Setup(s.c)
	if screen >= len(setup.Roots) {
		return fmt.Errorf("it has no screen %d, only %d", screen, len(setup.Roots))
	}
	s.c.DefaultScreen = screen
	s.root = setup.Roots[screen].Root
	if err := xtest.Init(s.c); err != nil {
		return fmt.Errorf("it cannot fake events: %w", err)
	}
	var err error
	if s.xi, err = s.extension("XInputExtension"); err != nil {
		return err
	}
	if s.xkb, err = s.extension("XKEYBOARD"); err != nil {
		return err
	}
	return s.agree()
}

// extension finds the request number of an extension that is needed.
func (s *server) extension(name string) (byte, error) {
	reply, err := xproto.QueryExtension(s.c, uint16(len(name)), name).Reply()
	if err == nil && !reply.Present {
		err = fmt.Errorf("it has no extension %s", name)
	}
	if err != nil {
		return 0, err
	}
	return reply.MajorOpcode, nil
}

// agree agrees on XInput 2.0 and XKB 1.0.
func (s *server) agree() error {
	const xiQueryVersion, xkbUseExtension = 47, 0
	if _, err := s.ask(s.xi, xiQueryVersion, 2).Reply(); err != nil {
		return err
	}
	reply, err := s.ask(s.xkb, xkbUseExtension, 1).Reply()
	if err == nil && reply[1] == 0 {
		err = errors.New("it speaks another version of XKEYBOARD")
	}
	return err
}

// sync waits until everything asked for has been done.
func (s *server) sync() error {
	return s.await(func() error {
		_, err := xproto.GetInputFocus(s.c).Reply()
		return err
	})
}

// await calls f, which waits for answers, and gives the server answerTime.
func (s *server) await(f func() error) error {
	s.unanswered = 0
	s.line.expect()
	err := f()
	s.line.rest()
	if wrong := s.check(); wrong != nil {
		return wrong
	}
	return err
}

// check reads the events that have come and returns what is known to have gone
// wrong: that the connection has ended, or that an earlier request was refused.
func (s *server) check() error {
	if s.line.ended.Load() {
		return ErrGone
	}
	for ev, refused := s.c.PollForEvent(); ev != nil || refused != nil; ev, refused = s.c.PollForEvent() {
		if m, ok := ev.(xproto.MappingNotifyEvent); ok && m.Request == xproto.MappingPointer {
			s.remapped = true
		}
		if refused != nil {
			s.failed = fmt.Errorf("input: the X server refused an earlier event: %w", refused)
		}
	}
	failed := s.failed
	s.failed = nil
	return failed
}

// close ends the connection at once, also one whose server does not answer,
// and waits for the end of xgb's goroutines that read it.
func (s *server) close() {
	s.line.note(net.ErrClosed)
	for ev, err := s.c.WaitForEvent(); ev != nil || err != nil; ev, err = s.c.WaitForEvent() {
		continue
	}
}

package x11

import (
	"errors"
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"time"
)

// answerTime is how long a server may take to accept a connection.
const answerTime = 5 * time.Second

// socketPath, with the display's number behind it, is where an X server of this
// computer listens. Its other place on Linux, the abstract namespace, is left
// alone: anybody can listen there, and would be shown our cookie.
const socketPath = "/tmp/.X11-unix/X"

// name is a display's name taken apart: [host]:number[.screen].
type name struct {
	host   string // empty for this computer
	number int
	screen int
}

// Dial connects to the display of this name, or of the environment's DISPLAY
// where it is empty, and agrees on the protocol.
func Dial(display string) (*Conn, error) {
	if display == "" {
		display = os.Getenv("DISPLAY")
	}
	if display == "" {
		return nil, errors.New("no display is named; set DISPLAY or name one such as :0")
	}
	at, err := parseName(display)
	if err != nil {
		return nil, err
	}
	nc, err := at.dial()
	if err != nil {
		return nil, fmt.Errorf("no X server answers there (%w); check the name, or start the X server", err)
	}
	c := newConn(nc)
	if err := c.agree(at); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// Local says whether the server runs on this computer, as far as its name tells.
func (c *Conn) Local() bool { return c.nc.RemoteAddr().Network() == "unix" }

// agree does the opening handshake within answerTime.
func (c *Conn) agree(at name) error {
	c.nc.SetDeadline(time.Now().Add(answerTime))
	defer c.nc.SetDeadline(time.Time{})
	err := c.handshake(at)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return errors.New("the X server there accepts connections but does not answer; it may be stopped or overloaded")
	}
	return err
}

func parseName(display string) (name, error) {
	bad := fmt.Errorf("%q is not a display's name; one looks like :0 or host:0", display)
	host, rest, found := cutLast(display, ":")
	if !found {
		return name{}, bad
	}
	number, screen, _ := strings.Cut(rest, ".")
	n := name{host: strings.Trim(strings.TrimSuffix(host, "/unix"), "[]")} // [] surround IPv6
	var err error
	if n.number, err = strconv.Atoi(number); err != nil || n.number < 0 {
		return name{}, bad
	}
	if screen == "" {
		return n, nil
	}
	if n.screen, err = strconv.Atoi(screen); err != nil || n.screen < 0 {
		return name{}, bad
	}
	return n, nil
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

func (n name) dial() (net.Conn, error) {
	d := net.Dialer{Timeout: answerTime}
	if n.host == "" || n.host == "unix" {
		return d.Dial("unix", socketPath+strconv.Itoa(n.number))
	}
	return d.Dial("tcp", net.JoinHostPort(n.host, strconv.Itoa(6000+n.number)))
}

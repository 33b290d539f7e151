package x11

import "fmt"

// tooLarge is the code of an error that no server sends: the reply was too long.
const tooLarge = 255

// Error is the server's refusal of a request.
type Error struct {
	Code  byte   // 1..17 are the core protocol's, others an extension's
	Major byte   // the request's
	Minor uint16 // the request's, in an extension
	Value uint32 // the resource or number refused, if any
}

func (e *Error) Error() string {
	name := fmt.Sprintf("error %d", e.Code)
	if int(e.Code) < len(errorNames) {
		name = errorNames[e.Code]
	}
	if e.Code == tooLarge {
		name = "reply too large"
	}
	return fmt.Sprintf("x11: %s (request %d.%d, value %#x)", name, e.Major, e.Minor, e.Value)
}

// errorNames are the core protocol's errors by their codes.
var errorNames = [...]string{
	"Success", "BadRequest", "BadValue", "BadWindow", "BadPixmap", "BadAtom", "BadCursor", "BadFont", "BadMatch",
	"BadDrawable", "BadAccess", "BadAlloc", "BadColor", "BadGC", "BadIDChoice", "BadName", "BadLength", "BadImplementation",
}

// ID is a number for a new resource of this connection.
func (c *Conn) ID() uint32 {
	step := c.Setup.idMask & -c.Setup.idMask
	c.lastID += step
	return c.Setup.idBase | c.lastID&c.Setup.idMask
}

// send adds a request without a reply. Its error, if any, is found by Check.
func (c *Conn) send(major, minor byte, words ...uint32) {
	c.seq++
	c.out = append(c.out, major, minor)
	c.out = le.AppendUint16(c.out, uint16(1+len(words)))
	for _, w := range words {
		c.out = le.AppendUint32(c.out, w)
	}
}

// ask adds a request with a reply, for which Wait must be called.
func (c *Conn) ask(major, minor byte, words ...uint32) {
	c.send(major, minor, words...)
	c.asked = append(c.asked, c.seq)
}

// Wait sends what has gathered and returns the reply to the oldest request that
// has one, head included. The reply is valid until the next Wait.
func (c *Conn) Wait() ([]byte, error) {
	if err := c.flush(); err != nil {
		return nil, err
	}
	want := c.asked[0]
	c.asked = c.asked[:copy(c.asked, c.asked[1:])]
	for {
		m, err := c.next()
		if err != nil {
			return nil, err
		}
		of := le.Uint16(m[2:])
		switch {
		case m[0] == kindReply && of == want:
			return m, nil
		case m[0] == kindError && of == want:
			return nil, readError(m)
		case m[0] == kindError && c.failed == nil:
			c.failed = readError(m)
		}
	}
}

// Check waits for all requests to be done, and returns the first error among
// those without a reply since the last Check.
func (c *Conn) Check() error {
	c.ask(opGetInputFocus, 0)
	return c.Settle()
}

// Settle waits for the replies that are outstanding, throws them away, and
// returns the first error of any request since the last Check or Settle.
func (c *Conn) Settle() error {
	var first error
	for len(c.asked) > 0 {
		if _, err := c.Wait(); err != nil && first == nil {
			first = err
		}
	}
	if first == nil {
		first = c.failed
	}
	c.failed = nil
	return first
}

func (c *Conn) flush() error {
	if len(c.out) == 0 {
		return nil
	}
	_, err := c.nc.Write(c.out)
	c.out = c.out[:0]
	return c.ended(err)
}

// next returns the next reply or error, from Pump or by reading it here.
func (c *Conn) next() ([]byte, error) {
	if c.pumped {
		return c.take()
	}
	for {
		if err := c.read(); err != nil {
			return nil, err
		}
		if c.buf[0] == kindReply || c.buf[0] == kindError {
			return c.buf, nil
		}
	}
}

// take exchanges the last reply's buffer for the next reply.
func (c *Conn) take() ([]byte, error) {
	if c.held != nil {
		c.free <- c.held
		c.held = nil
	}
	select {
	case c.held = <-c.replies:
		return c.held, nil
	case <-c.closed:
		return nil, ErrClosed
	}
}

func readError(m []byte) error {
	return &Error{Code: m[1], Value: le.Uint32(m[4:]), Minor: le.Uint16(m[8:]), Major: m[10]}
}

// pair packs two 16-bit numbers, signed or not, into a request's word.
func pair(first, second int) uint32 {
	return uint32(uint16(first)) | uint32(uint16(second))<<16
}

// short reads a signed 16-bit number.
func short(b []byte) int { return int(int16(le.Uint16(b))) }

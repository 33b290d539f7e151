package peer

import "fmt"

// Channel is one of the seven pipes; its value is the data channel's id.
//
//	id label   mode                      direction
//	 0 ctl     ordered, reliable         console to device
//	 1 evt     unordered, reliable       device to console
//	 2 input   ordered, reliable         console to device
//	 3 move    unordered, sent once      console to device
//	 4 ink     unordered, reliable       console to device
//	 5 ping    unordered, sent once      both
//	 6 screen  ordered, reliable         both (pictures to the console, acks back)
type Channel uint8

// The channels, in the order in which both ends create them.
const (
	Ctl Channel = iota
	Evt
	Input
	Move
	Ink
	Ping
	Screen
)

// Protocol is the subprotocol of every channel. It changes when the set of channels does.
const Protocol = "telestrator.1"

// side is one of the two ends of a connection.
type side uint8

const (
	deviceSide  side = 1 << iota // answers
	consoleSide                  // offers
)

// mode is what a channel is and who sends on it.
type mode struct {
	label    string
	ordered  bool
	reliable bool // otherwise sent once, never again
	senders  side // a set
}

var modes = [...]mode{
	Ctl:    {"ctl", true, true, consoleSide},
	Evt:    {"evt", false, true, deviceSide},
	Input:  {"input", true, true, consoleSide},
	Move:   {"move", false, false, consoleSide},
	Ink:    {"ink", false, true, consoleSide},
	Ping:   {"ping", false, false, consoleSide | deviceSide},
	Screen: {"screen", true, true, consoleSide | deviceSide},
}

// String is the channel's label.
func (ch Channel) String() string {
	if !ch.known() {
		return fmt.Sprintf("channel %d", uint8(ch))
	}
	return modes[ch].label
}

func (ch Channel) known() bool { return int(ch) < len(modes) }

// sends reports whether s may send on ch.
func (s side) sends(ch Channel) bool { return ch.known() && modes[ch].senders&s != 0 }

// other is the opposite end.
func (s side) other() side { return s ^ (deviceSide | consoleSide) }

// limit is the largest message, in bytes, that s may send.
func (s side) limit() int {
	if s == deviceSide {
		return MaxToConsole
	}
	return MaxToDevice
}

// check refuses a message that s must not send.
func (s side) check(ch Channel, size int) error {
	if !s.sends(ch) {
		return fmt.Errorf("%w: %s", ErrDirection, ch)
	}
	if size > s.limit() {
		return fmt.Errorf("%w: %d bytes on %s, at most %d", ErrTooLarge, size, ch, s.limit())
	}
	return nil
}

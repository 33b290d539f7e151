package ink

import (
	"testing"
	"time"

	"telestrator/fuzz/bound"
	"telestrator/protocol"
)

// FuzzBoard reads any bytes as messages of some owners and as time that goes
// by. The board says what the reference says, and stays within its limits.
func FuzzBoard(f *testing.F) {
	f.Add([]byte{0, 1, 4, 1, 1, 0, 2, 1, 3, 3, 1, 2, 4, 1, 0})
	f.Add([]byte{1, 1, 0, 0x40, 1, 9, 0x80, 1, 60, 5, 3, 200, 0xc2, 1, 0})
	f.Add([]byte{0, 1, 255, 1, 1, 9, 2, 1, 9, 6, 250, 0, 6, 255, 0, 3, 1, 0, 4, 1, 0, 0, 1, 9})
	f.Fuzz(func(t *testing.T, script []byte) {
		bound.Check(t, func() {
			script := script
			if len(script) > 600 {
				return
			}
			w := newTwins(t, 0)
			for ; len(script) >= 3; script = script[3:] {
				owner := string(rune('a' + script[0]>>4))
				switch m := scripted(script[0]&7, uint32(script[1]), script[2]); {
				case m != nil:
					w.take(owner, m)
				case script[0]&8 != 0:
					w.remove(owner)
				default:
					w.wait(time.Duration(script[1]) * time.Duration(script[2]) * time.Millisecond)
				}
			}
			w.same()
		})
	})
}

// scripted is a message that three numbers make; nil is none.
func scripted(kind byte, stroke uint32, value byte) protocol.Message {
	switch kind {
	case 0, 1:
		return begin(stroke, 1+value%64, uint16(value/2)*uint16(value)*uint16(kind))
	case 2:
		return points(stroke, uint32(value)*8, 1+int(value)%64*4)
	case 3:
		return end(stroke, 1+uint32(value)*8%protocol.MaxStroke)
	case 4:
		return &protocol.Undo{Stroke: stroke}
	case 5:
		return &protocol.Clear{Stroke: stroke}
	}
	return nil
}

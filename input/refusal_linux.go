package input

import (
	"fmt"

	"github.com/jezek/xgb"
)

// Errors of extensions have numbers that xgb does not know unless its package
// for the extension is used. It would drop them, and whoever waits for the
// answer would wait without end. They are entered here, before there is any
// connection.
func init() {
	const first, last = 128, 255 // the numbers that extension errors can have
	for n := first; n <= last; n++ {
		if _, taken := xgb.NewErrorFuncs[n]; !taken {
			xgb.NewErrorFuncs[n] = func(raw []byte) xgb.Error { return refusal(raw) }
		}
	}
}

// refusal is an error of an extension as it came: 32 bytes.
type refusal []byte

// SequenceId is the number of the request that was refused.
func (r refusal) SequenceId() uint16 { return le.Uint16(r[2:]) }

// BadId is the resource or number that was refused.
func (r refusal) BadId() uint32 { return le.Uint32(r[4:]) }

func (r refusal) Error() string {
	return fmt.Sprintf("error %d (request %d.%d, value %#x)", r[1], r[10], le.Uint16(r[8:]), r.BadId())
}

package agentd

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Bits is a rate in bits a second, written as people do: 500kbit, 2Mbit, 1.5 Gbit/s.
// Zero is no bound.
type Bits uint64

// Limits of a rate that is configured.
const (
	leastBits = 8 * leastCap
	mostBits  = 1e12
)

// units are what a rate may be written in, the longest name first where one ends
// with another.
var units = []struct {
	name string
	bits float64
}{{"kbit", 1e3}, {"mbit", 1e6}, {"gbit", 1e9}, {"bit", 1}}

// UnmarshalText reads a rate.
func (b *Bits) UnmarshalText(text []byte) error {
	written := strings.TrimSpace(strings.TrimSuffix(strings.ToLower(string(text)), "/s"))
	if written == "0" {
		*b = 0
		return nil
	}
	for _, u := range units {
		number, ok := strings.CutSuffix(written, u.name)
		if !ok {
			continue
		}
		n, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
		if bits := n * u.bits; err == nil && bits >= leastBits && bits <= mostBits {
			*b = Bits(math.Round(bits))
			return nil
		}
		break
	}
	return fmt.Errorf("%q is not a rate between 8kbit and 1000Gbit, such as 500kbit or 2Mbit", text)
}

// Bytes is the rate in bytes a second.
func (b Bits) Bytes() uint64 { return uint64(b) / 8 }

package input

import "time"

// sources is a set of devices. A number that is too large is never in it.
type sources [4]uint64

func sourcesOf(ids []uint16) (s sources) {
	for _, id := range ids {
		if int(id) < len(s)*64 {
			s[id/64] |= 1 << (id % 64)
		}
	}
	return s
}

func (s *sources) has(id uint16) bool { return int(id) < len(s)*64 && s[id/64]>>(id%64)&1 != 0 }

func (s *sources) remove(id uint16) {
	if int(id) < len(s)*64 {
		s[id/64] &^= 1 << (id % 64)
	}
}

// clock turns the server's time, which wraps after 49 days, into one that does
// not. Its zero is any moment.
type clock struct {
	last uint32
	now  time.Duration
}

func (c *clock) at(milliseconds uint32) time.Duration {
	c.now += time.Duration(int32(milliseconds-c.last)) * time.Millisecond
	c.last = milliseconds
	return c.now
}

// notify sends to a channel of capacity one; a second notice merges with it.
func notify(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

package relay

import "time"

// Link is what lies between the two ends, the same both ways.
type Link struct {
	Name  string
	Rate  int           // bits a second, headers of UDP and IP included; 0 is no limit
	Trip  time.Duration // round trip of an empty link
	Loss  float64       // share of packets that are lost by chance, 0 to 1
	Queue time.Duration // longest time that a packet waits for Rate; what would wait longer is dropped. 0 is 150 ms
	Seed  uint64        // of the losses
	Cut   bool          // nothing passes
}

// queue is the usual queue of a link.
const queue = 150 * time.Millisecond

func (l Link) queue() time.Duration {
	if l.Queue == 0 {
		return queue
	}
	return l.Queue
}

// The links that this project is measured on. Slow has a longer queue because 150 ms of it hold one packet, on which
// nothing connects.
var (
	LAN  = Link{Name: "lan", Rate: 100e6, Trip: time.Millisecond}
	DSL  = Link{Name: "dsl", Rate: 20e6, Trip: 50 * time.Millisecond, Loss: 0.01}
	Bad  = Link{Name: "bad", Rate: 5e6, Trip: 50 * time.Millisecond, Loss: 0.01}
	Edge = Link{Name: "edge", Rate: 256e3, Trip: 150 * time.Millisecond, Loss: 0.01}
	Slow = Link{Name: "slow", Rate: 64e3, Trip: 150 * time.Millisecond, Queue: 750 * time.Millisecond}
)

// Links are all of them, the fastest first.
var Links = []Link{LAN, DSL, Bad, Edge, Slow}

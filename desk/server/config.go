package server

import (
	"io/fs"
	"log/slog"
	"net"
	"time"
)

// The limits that no configuration changes.
const (
	helloWithin  = 5 * time.Second  // after the WebSocket has opened (L23)
	answerWithin = 10 * time.Second // for a device to answer an offer
	headerLimit  = 8 << 10          // bytes of a request's line and headers
	headerSlack  = 4 << 10          // net/http reads so much more than it is told
	headerWithin = 5 * time.Second
	bodyWithin   = 10 * time.Second
	replyWithin  = bodyWithin + answerWithin + 5*time.Second
	idleWithin   = 30 * time.Second
	closeWithin  = 2 * time.Second // for requests to end by themselves when Run ends
)

// Config tells a Server what it is.
type Config struct {
	// Listener is where Run serves. It must be on a loopback address. Run
	// closes it.
	Listener net.Listener

	// Hosts are the names with their ports, HOST:PORT, under which browsers may
	// reach the desk. Empty means the listener's address, and localhost with
	// its port.
	Hosts []string

	// Console is the web console, served at /. Nil serves none.
	Console fs.FS

	// Limits bound what the desk keeps. A zero field means its default.
	Limits Limits

	// Log, if set, is told of devices and refusals. Codes, session descriptions
	// and ids never appear in it.
	Log *slog.Logger
}

// Limits bound what the desk keeps for others.
type Limits struct {
	Devices     int // connected at once; 10,000
	Rings       int // waiting at once; 10,000 (L23)
	Connections int // remembered at once; 20,000
	PerDevice   int // connections remembered for one device, the oldest is forgotten first; 16
	Offers      int // waiting for one device's answer at once; 4 (L7)
	Sockets     int // open at once, devices' included; 11,000
	Requests    int // that change something, in a second from one address, and thrice as many at once; 10
}

// withDefaults fills in the fields that are zero.
func (l Limits) withDefaults() Limits {
	for field, value := range map[*int]int{
		&l.Devices: 10_000, &l.Rings: 10_000, &l.Connections: 20_000, &l.PerDevice: 16,
		&l.Offers: 4, &l.Sockets: 11_000, &l.Requests: 10,
	} {
		if *field == 0 {
			*field = value
		}
	}
	return l
}

// hostsOf gives the names under which the desk may be reached.
func hostsOf(c Config) []string {
	if len(c.Hosts) > 0 || c.Listener == nil {
		return c.Hosts
	}
	address := c.Listener.Addr().String()
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return []string{address}
	}
	return []string{address, net.JoinHostPort("localhost", port)}
}

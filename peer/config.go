package peer

import (
	"errors"
	"net"
	"time"

	"github.com/pion/ice/v4"
	"github.com/pion/interceptor"
	"github.com/pion/logging"
	"github.com/pion/webrtc/v4"
)

// Config says how to connect.
type Config struct {
	// Loopback allows connections within this machine, and only those: no other candidate is gathered or tried.
	// It must be set. Leaving the machine needs the identities of both ends, which this version does not have.
	Loopback bool

	// OpenWithin is how long a connection may take to open. Zero means OpenTimeout.
	OpenWithin time.Duration
}

// ErrLoopbackOnly refuses a Config that would leave the machine.
var ErrLoopbackOnly = errors.New("peer: this version connects within one machine only: set Loopback")

func (c Config) openWithin() time.Duration {
	if c.OpenWithin == 0 {
		return OpenTimeout
	}
	return c.OpenWithin
}

// What the transport is told; measured, see the design notes on transport.
const (
	maxSCTPMessage = 64 << 10  // announced; larger ones are refused by both browsers and us
	minCwnd        = 256 << 10 // bytes in flight below which SCTP does not bound them: the sender does

	iceDisconnected = 5 * time.Second // of silence until the connection counts as lost
	iceFailed       = 30 * time.Second
	iceKeepAlive    = 2 * time.Second // each wakes both ends twice
)

// dial makes the unconnected PeerConnection of one side. It can carry no media: it knows no codec.
func dial(s side, c Config) (*webrtc.PeerConnection, error) {
	if !c.Loopback {
		return nil, ErrLoopbackOnly
	}
	api := webrtc.NewAPI(
		webrtc.WithSettingEngine(settings(s)),
		webrtc.WithMediaEngine(&webrtc.MediaEngine{}),
		webrtc.WithInterceptorRegistry(&interceptor.Registry{}),
	)
	return api.NewPeerConnection(webrtc.Configuration{})
}

// settings are those of one side on loopback.
func settings(s side) webrtc.SettingEngine {
	var e webrtc.SettingEngine
	e.LoggerFactory = &logging.DefaultLoggerFactory{DefaultLogLevel: logging.LogLevelDisabled}
	e.DetachDataChannels()
	e.SetSCTPMaxMessageSize(maxSCTPMessage)
	e.SetSCTPMinCwnd(minCwnd)
	e.SetSCTPMaxReceiveBufferSize(WindowConsole)
	if s == deviceSide {
		e.SetSCTPMaxReceiveBufferSize(WindowDevice)
	}
	e.SetICETimeouts(iceDisconnected, iceFailed, iceKeepAlive)
	e.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	e.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4, webrtc.NetworkTypeUDP6})
	e.SetIncludeLoopbackCandidate(true)
	e.SetIPFilter(net.IP.IsLoopback)
	e.SetRemoteIPFilter(net.IP.IsLoopback)
	return e
}

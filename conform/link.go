package conform

import (
	"fmt"
	"net"
	"sync"
	"time"

	"github.com/pion/ice/v4"
	"github.com/pion/logging"
	"github.com/pion/webrtc/v4"
)

// arrival is one message as the data channel gave it.
type arrival struct {
	on   channel
	text bool // sent as text, which is never right
	data []byte
}

const (
	maxArrivals = 1024 // kept until a case takes them; then the transport waits
	openWithin  = 10 * time.Second
	gatherFor   = 2 * time.Second
)

// link is one WebRTC connection with the seven channels of SPEC.md 2, on the
// console's or the device's side. It sends whatever it is told to, right or
// wrong. Messages may be taken by one goroutine; close may be called by any.
type link struct {
	pc       *webrtc.PeerConnection
	pipes    [channels]*webrtc.DataChannel
	arrivals chan arrival
	opened   chan struct{}  // closed when all seven are open
	ended    chan struct{}  // closed when the other side has gone, or we have
	foreign  chan struct{}  // closed when the other side opened a further channel
	shut     sync.Once      // of ended
	strange  sync.Once      // of foreign
	waiting  sync.WaitGroup // channels that are not open yet
}

// modes are the channels that are not ordered and reliable: SPEC.md 2.
var modes = map[channel]struct{ once bool }{evt: {}, move: {true}, ink: {}, ping: {true}}

// newLink makes an unconnected link that stays within this machine.
func newLink() (*link, error) {
	var e webrtc.SettingEngine
	e.LoggerFactory = &logging.DefaultLoggerFactory{DefaultLogLevel: logging.LogLevelDisabled}
	e.SetICETimeouts(2*time.Second, 10*time.Second, 500*time.Millisecond)
	e.SetICEMulticastDNSMode(ice.MulticastDNSModeDisabled)
	e.SetNetworkTypes([]webrtc.NetworkType{webrtc.NetworkTypeUDP4, webrtc.NetworkTypeUDP6})
	e.SetIncludeLoopbackCandidate(true)
	e.SetIPFilter(net.IP.IsLoopback)
	e.SetRemoteIPFilter(net.IP.IsLoopback)
	pc, err := webrtc.NewAPI(webrtc.WithSettingEngine(e)).NewPeerConnection(webrtc.Configuration{})
	if err != nil {
		return nil, err
	}
	l := &link{pc: pc, arrivals: make(chan arrival, maxArrivals), opened: make(chan struct{}),
		ended: make(chan struct{}), foreign: make(chan struct{})}
	l.watch()
	for on := range channels {
		if err := l.open(on); err != nil {
			l.close()
			return nil, err
		}
	}
	go func() { l.waiting.Wait(); close(l.opened) }()
	return l, nil
}

// open makes one channel.
func (l *link) open(on channel) error {
	id, protocol, negotiated := uint16(on), "telestrator.1", true
	mode, unordered := modes[on]
	ordered := !unordered
	init := webrtc.DataChannelInit{ID: &id, Protocol: &protocol, Negotiated: &negotiated, Ordered: &ordered}
	if mode.once {
		init.MaxRetransmits = new(uint16)
	}
	pipe, err := l.pc.CreateDataChannel(labels[on], &init)
	if err != nil {
		return err
	}
	l.pipes[on] = pipe
	l.waiting.Add(1)
	var once sync.Once
	done := func() { once.Do(l.waiting.Done) }
	pipe.OnOpen(done)
	pipe.OnClose(func() { done(); l.end() })
	pipe.OnMessage(func(m webrtc.DataChannelMessage) { l.arrived(arrival{on, m.IsString, m.Data}) })
	return nil
}

// arrived hands a message over. One that came before the end is never lost to
// it while there is room.
func (l *link) arrived(a arrival) {
	select {
	case l.arrivals <- a:
		return
	default:
	}
	select {
	case l.arrivals <- a:
	case <-l.ended:
	}
}

// watch notes the end, and what must not be.
func (l *link) watch() {
	l.pc.OnDataChannel(func(*webrtc.DataChannel) { l.strange.Do(func() { close(l.foreign) }) })
	l.pc.SCTP().OnClose(func(error) { l.end() })
	l.pc.OnConnectionStateChange(func(s webrtc.PeerConnectionState) {
		switch s {
		case webrtc.PeerConnectionStateDisconnected, webrtc.PeerConnectionStateFailed, webrtc.PeerConnectionStateClosed:
			l.end()
		}
	})
}

func (l *link) end() { l.shut.Do(func() { close(l.ended) }) }

// close ends the link, if the other side has not.
func (l *link) close() {
	l.end()
	_ = l.pc.Close()
}

func (l *link) gone() bool {
	select {
	case <-l.ended:
		return true
	default:
		return false
	}
}

// send sends bytes; that the other side has gone already is no error.
func (l *link) send(on channel, data []byte) error {
	if err := l.pipes[on].Send(data); err != nil && !l.gone() {
		return fmt.Errorf("cannot send on %s: %w", on, err)
	}
	return nil
}

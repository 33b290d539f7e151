package agentd

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"image"
	"log/slog"
	"sync"
	"time"

	"telestrator/agentd/guardian"
	"telestrator/input"
	"telestrator/peer"
	"telestrator/privacy"
	"telestrator/protocol"
)

// Session is one console that looks at the screen, or wants to. Run serves it;
// the daemon's other methods act on it on behalf of the user.
type Session struct {
	id      string
	conn    peer.Conn
	view    *viewer
	policy  Policy
	device  string // name this device goes by
	log     *slog.Logger
	changed func()               // tells the panel; takes no session's lock
	asks    func(bool)           // tells the daemon that the user is being asked, or not any more; the same
	rest    func() uint8         // why input has no effect now, of SPEC.md 6.4; the same
	where   func() privacy.Focus // where keys go now; takes no session's lock
	tape    *tape                // records it; nil when nothing does
	awake   chan struct{}        // capacity 1: the stream loop has something to look at
	stirred chan struct{}        // capacity 1: so has upkeep
	end     context.CancelCauseFunc
	ended   context.Context
	epoch   time.Time

	// mu guards what follows, and is held while anything that needs the
	// user's permission is handed to the transport.
	mu         sync.Mutex
	base       protocol.State // opening, greeted, waiting or over
	name       string         // the agent's, not verified
	caps       []protocol.Capability
	consent    consent
	paused     bool // by the user
	gone       bool // the screen
	generation uint32
	next       numbers
	sent       uint32        // number of the last update handed to the transport
	acked      uint32        // the highest that the console has shown
	renew      bool          // the console wants the picture anew
	wish       protocol.Look // what it wants to see
	heard      time.Time
	keeper     *guardian.Guardian // of the screen; nil while that is gone
	permit     input.Permit       // what the guardian was told
	asking     bool               // the daemon was told
	size       image.Point        // of the screen, of this generation
	acted      time.Time          // when input was last handed to the guardian
	counts     guardian.Counts
	kept       uint64          // keys and texts that were kept from secret fields
	down       map[string]bool // keys that the agent holds, but for modifiers
	ledger     ledger
	fields     fields
	frames     uint64
	bytes      uint64
	trip       trip
	resting    bool // upkeep does
	link       link
	metered    metered
	pointer    image.Point // of the agent, where it was last
}

// numbers are the last used numbers of the messages that carry one.
type numbers struct{ grants, paused, hand, errors, ping, cursor, masks, part uint32 }

func newSession(conn peer.Conn, view *viewer, policy Policy, device string, log *slog.Logger) *Session {
	id := make([]byte, 8)
	_, _ = rand.Read(id) // never fails
	s := &Session{id: hex.EncodeToString(id), conn: conn, view: view, policy: policy, device: device,
		changed: func() {}, asks: func(bool) {}, rest: func() uint8 { return protocol.HandRests }, awake: make(chan struct{}, 1), stirred: make(chan struct{}, 1), epoch: time.Now(), generation: 1, link: newLink()}
	s.link.most = float64(policy.Most)
	s.down, s.where = make(map[string]bool), s.focus
	s.heard, s.keeper = s.epoch, view.screen.keeper.Load()
	s.log = log.With("session", s.id)
	s.ended, s.end = context.WithCancelCause(context.Background())
	return s
}

// Run serves the session and returns why it ended. Its three loops and
// the recording are the only goroutines, and all have ended by then.
func (s *Session) Run(ctx context.Context) error {
	stop := context.AfterFunc(ctx, func() { s.end(context.Cause(ctx)) })
	defer stop()
	s.log.Info("a console is connected")
	var loops sync.WaitGroup
	loops.Go(func() { s.end(s.receive()) })
	loops.Go(func() { s.end(s.stream(s.ended)) })
	loops.Go(func() { s.end(s.upkeep(s.ended)) })
	loops.Go(s.tape.write)
	<-s.ended.Done()
	why := reason(context.Cause(s.ended))
	s.leave(why)
	s.tape.close()
	loops.Wait()
	s.view.close()
	s.log.Info("the console is gone", "why", why.Code.String())
	return why
}

// leave is the end of a session in order: nothing may go out any more, say
// bye, close.
func (s *Session) leave(why *protocol.Error) {
	s.mu.Lock()
	s.base = protocol.Over
	s.consent.revoke(protocol.AllScopes)
	s.settle()
	s.mu.Unlock()
	s.changed()
	if s.tell(peer.Evt, &protocol.Bye{Code: why.Code, Text: cut(why.Reason)}) == nil && s.mayDrain(why.Code) {
		select {
		case <-s.conn.Done():
		case <-time.After(byeDrain):
		}
	}
	_ = s.conn.Close()
}

// mayDrain says whether the bye gets its time to arrive. When the user stops,
// it does not if pictures are queued, because they would leave in that time.
// Up to underWay all is on its way already, and waits only for the console's
// acknowledgement.
func (s *Session) mayDrain(code protocol.Code) bool {
	return code != protocol.Stopped || s.conn.Buffered() <= underWay
}

// tell sends what needs no permission.
func (s *Session) tell(on peer.Channel, m protocol.Message) error {
	wire, err := protocol.Append(nil, m)
	if err != nil {
		return err
	}
	return s.conn.Send(on, wire)
}

// state is where the session is, for the table of SPEC.md 4.1. The lock is held.
func (s *Session) state() protocol.State {
	switch {
	case s.base != protocol.Waiting:
		return s.base
	case s.consent.held&protocol.View == 0:
		return protocol.Waiting
	case s.paused || s.gone:
		return protocol.Suspended
	}
	return protocol.Live
}

// reason makes any end of a session one with a code. SPEC.md 10.
func reason(err error) *protocol.Error {
	var own *protocol.Error
	var ended *peer.Ended
	switch {
	case errors.As(err, &own):
		return own
	case errors.As(err, &ended):
		return &protocol.Error{Code: protocol.Code(ended.Code), Reason: ended.Reason}
	case errors.Is(err, context.Canceled):
		return &protocol.Error{Code: protocol.Shutdown, Reason: "The device's helper program is going down."}
	}
	return &protocol.Error{Code: protocol.Internal, Reason: "The device made a mistake."}
}

// cut shortens a reason to what a bye may carry.
func cut(text string) string {
	for i := range text {
		if i > protocol.MaxReason-4 {
			return text[:i]
		}
	}
	return text
}

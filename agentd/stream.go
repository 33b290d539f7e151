package agentd

import (
	"context"
	"image"
	"time"

	"telestrator/encode"
	"telestrator/protocol"
)

// stream shows the console its view until ctx ends. Newest pixels win: nothing
// is encoded before the transport and the console can take it.
func (s *Session) stream(ctx context.Context) error {
	out := outbox{Session: s, timer: time.NewTimer(time.Hour)}
	defer out.timer.Stop()
	for {
		if err := out.step(time.Now()); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-s.awake:
		case <-s.view.news:
			s.setGone(s.view.screen.isGone())
		case <-s.view.stream.Stale():
		case <-s.conn.Low():
		case <-out.timer.C:
		}
	}
}

// outbox is what the stream loop alone knows.
type outbox struct {
	*Session
	timer   *time.Timer
	due     time.Time // of timer, zero when nothing waits for it
	updates []protocol.Update
	wire    []piece // of the present moment, not yet handed to the transport
	buffer  []byte
	flying  []flight  // moments that the console has not shown
	arrived uint64    // bytes that the console has acknowledged
	shown   *cursor   // last sent
	pointed time.Time // when
	told    told      // masks last sent
	toldAt  time.Time // when
	blank   bool      // the console has no picture any more
	anew    time.Time // last reset at the console's wish
	looked  uint32    // number of the last look that was followed
	turned  time.Time // when
	seen    uint32    // geometry of the last reset
	drawn   uint32    // its generation, zero while another is due
	parts   uint32    // number of the last message in parts on screen
	resting uint8     // why input has no effect, as the console was told
	length  int       // bytes of a part of the present moment
	tuning  encode.Tuning
	near    image.Point // where the agent's pointer was last
}

// step does what can be done now. Encoding needs no permission and takes
// longest, so it is done without the lock: who takes the permission away never
// waits for it, and what was encoded for nothing is dropped.
func (o *outbox) step(now time.Time) error {
	for {
		hungry, err := o.serve(now)
		if err != nil || !hungry {
			return err
		}
		o.view.stream.Tune(o.tuning)
		o.view.stream.Near(o.near)
		o.updates, err = o.view.stream.Next(o.updates[:0])
		if err != nil || len(o.updates) == 0 {
			return err
		}
		if err := o.pack(now); err != nil {
			return err
		}
		now = time.Now()
	}
}

// serve sends what there is, if it may, and says whether the console can take
// another moment of an up-to-date picture.
func (o *outbox) serve(now time.Time) (hungry bool, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.due = time.Time{}
	o.hand()
	if state := o.state(); state != protocol.Live {
		o.drop()
		o.blank = o.blank || state != protocol.Suspended
		return false, nil
	}
	if o.blank {
		o.blank = false
		o.restart()
	}
	o.point(now)
	o.mask(now)
	o.refresh(now)
	o.look(now)
	o.land()
	if err := o.send(now); err != nil || len(o.wire) > 0 {
		return false, err
	}
	hungry = o.mayEncode(now)
	o.view.want(hungry)
	o.tune(hungry, now)
	return hungry && o.view.current.Load(), nil
}

// hand tells the console when its input stops or begins to have effect. One that
// may not work the device is told nothing of the user's hand.
func (o *outbox) hand() {
	why := uint8(protocol.HandRests)
	if o.consent.held&control != 0 {
		why = o.rest()
	}
	if why != o.resting {
		o.resting = why
		o.next.hand++
		o.sendEvt(&protocol.Hand{Number: o.next.hand, Why: why})
	}
}

// drop forgets what was going to be sent. The deflate stream has it already,
// so the next picture begins anew.
func (o *outbox) drop() {
	if len(o.wire) > 0 {
		o.wire = o.wire[:0]
		o.restart()
	}
	o.shown, o.told = nil, told{}
}

// restart begins the picture anew. No masks are told before it has.
func (o *outbox) restart() {
	o.drawn = 0
	o.view.stream.Reset()
}

// refresh begins the picture anew when the console wants it, twice a second at
// most (L14).
func (o *outbox) refresh(now time.Time) {
	if !o.renew || !o.after(o.anew.Add(time.Second/protocol.RateRefresh), now) {
		return
	}
	o.renew, o.anew = false, now
	o.restart()
}

// after says whether it is time, and has the loop come back then if it is not.
func (o *outbox) after(due, now time.Time) bool {
	if !now.Before(due) {
		return true
	}
	if o.due.IsZero() || due.Before(o.due) {
		o.due = due
		o.timer.Reset(due.Sub(now))
	}
	return false
}

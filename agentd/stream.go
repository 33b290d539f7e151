package agentd

import (
	"context"
	"errors"
	"image"
	"slices"
	"time"

	"telestrator/encode"
	"telestrator/peer"
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

// flight is a moment on its way.
type flight struct {
	update uint32 // its last one
	bytes  uint64 // sent by its end, of all moments; 0 while some of it is not
}

// piece is one message on its way out.
type piece struct {
	data   []byte
	update uint32 // number of the update that is complete with it, or 0
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

// point sends the cursor to a console that knows cursors when it changed, twenty
// times a second at most.
func (o *outbox) point(now time.Time) {
	c := o.view.screen.cursor.Load()
	if c == o.shown || c == nil || !o.view.current.Load() || !slices.Contains(o.caps, protocol.CapabilityCursor) {
		return
	}
	if !o.after(o.pointed.Add(cursorEvery), now) {
		return
	}
	o.next.cursor++
	if o.sendCursor(c.message(o.next.cursor)) == nil {
		o.shown, o.pointed = c, now
	}
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

// sendCursor sends a cursor, in parts when it is large.
func (o *outbox) sendCursor(m *protocol.Cursor) error {
	whole, err := protocol.Append(nil, m)
	if err != nil {
		return err
	}
	wire, parted, err := protocol.Split(whole, o.next.part+1, protocol.MaxPart)
	if parted {
		o.next.part++
	}
	for _, data := range wire {
		err = errors.Join(err, o.conn.Send(peer.Evt, data))
	}
	return err
}

// mayEncode says whether the console keeps up.
func (o *outbox) mayEncode(now time.Time) bool {
	return len(o.flying) < o.link.moments() && o.open(now)
}

// land forgets the moments that the console has shown.
func (o *outbox) land() {
	for len(o.flying) > 0 && o.flying[0].update <= o.acked {
		o.arrived = max(o.arrived, o.flying[0].bytes)
		o.flying = o.flying[1:]
	}
}

// underway is how many bytes of pictures may not have arrived yet. The transport
// of a console may take its time to say that something has; that it is shown
// says so too.
func (o *outbox) underway() int {
	return min(o.conn.Buffered(), int(o.bytes-o.arrived))
}

// open says whether the window has room and the cap lets something out. If not,
// Low or the timer tells when they do.
func (o *outbox) open(now time.Time) bool {
	if !o.after(o.link.spent.free, now) {
		return false
	}
	underway := o.underway()
	if o.link.room(underway) {
		return true
	}
	o.link.full(o.bytes-uint64(underway), now)
	o.conn.SetLow(o.link.low())
	return false
}

// tune has the next moment fit the link.
func (o *outbox) tune(hungry bool, now time.Time) {
	if !hungry {
		return
	}
	o.link.quality.rests(now)
	o.tuning, o.near = o.link.tuning(), o.pointer
}

// send hands pieces to the transport while its window is open.
func (o *outbox) send(now time.Time) error {
	for len(o.wire) > 0 {
		if !o.open(now) {
			return nil
		}
		p := o.wire[0]
		if err := o.conn.Send(peer.Screen, p.data); err != nil {
			return err
		}
		o.bytes += uint64(len(p.data))
		o.link.spend(len(p.data), now)
		if p.update != 0 {
			o.sent = p.update
		}
		if n := len(o.flying); n > 0 && o.flying[n-1].update == p.update {
			o.flying[n-1].bytes = o.bytes
		}
		o.wire = o.wire[1:]
	}
	return nil
}

// pack makes the moment's updates ready to send.
func (o *outbox) pack(now time.Time) error {
	o.stamp(now)
	o.wire, o.buffer = o.wire[:0], o.buffer[:0]
	for i := range o.updates {
		if err := o.cut(&o.updates[i]); err != nil {
			return err
		}
	}
	o.flying = append(o.flying, flight{update: o.updates[len(o.updates)-1].Number})
	return nil
}

// cut adds an update as one piece or several.
func (o *outbox) cut(u *protocol.Update) error {
	from := len(o.buffer)
	var err error
	if o.buffer, err = protocol.Append(o.buffer, u); err != nil {
		return err
	}
	wire, parted, err := protocol.Split(o.buffer[from:], o.parts+1, o.length)
	if parted {
		o.parts++
	}
	for i, data := range wire {
		p := piece{data: data}
		if i == len(wire)-1 {
			p.update = u.Number
		}
		o.wire = append(o.wire, p)
	}
	return err
}

// stamp counts the moment, and puts the session's generation into its reset:
// the session counts grants besides what the canvas counts.
func (o *outbox) stamp(now time.Time) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.frames++
	o.length = o.link.part()
	o.link.made(photos(o.updates), now)
	reset := o.updates[0].Reset
	if len(reset) == 0 {
		return
	}
	if geometry := reset[0]; o.seen != geometry {
		if o.seen != 0 {
			o.generation++
		}
		o.seen = geometry
	}
	o.size = o.view.screen.extent(reset)
	reset[0], o.drawn = o.generation, o.generation
	o.settle()
}

// photos is how many bytes of JPEGs a moment has.
func photos(updates []protocol.Update) (bytes int) {
	for i := range updates {
		for _, j := range updates[i].JPEGs {
			bytes += len(j.Data)
		}
	}
	return bytes
}

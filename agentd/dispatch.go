package agentd

import (
	"time"

	"telestrator/peer"
	"telestrator/protocol"
)

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

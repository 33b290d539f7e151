package server

import (
	"context"
	"time"

	"telestrator/desk/frame"
)

// ask sends a console's offer to the device and waits for the answer.
func (d *device) ask(ctx context.Context, id string, offer []byte) ([]byte, *problem) {
	reply := make(chan frame.Frame, 1)
	if !d.expect(id, reply) {
		return nil, deviceBusy
	}
	defer d.expect(id, nil)
	if d.link.Write(&frame.Offer{ID: id, SDP: offer}) != nil {
		return nil, deviceAway
	}
	late := time.NewTimer(answerWithin)
	defer late.Stop()
	select {
	case f := <-reply:
		return outcome(f)
	case <-d.link.Done():
		return nil, deviceAway
	case <-late.C:
	case <-ctx.Done(): // the console has hung up, or the desk is stopping
		d.link.Write(&frame.Leave{ID: id})
		return nil, deskStopping
	}
	d.link.Write(&frame.Leave{ID: id})
	return nil, deviceSilent
}

// expect makes room for one reply to an offer; with nil it takes it away.
func (d *device) expect(id string, reply chan<- frame.Frame) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if reply == nil {
		delete(d.waiting, id)
		return true
	}
	if len(d.waiting) >= d.server.config.Limits.Offers {
		return false
	}
	d.waiting[id] = reply
	return true
}

// outcome is what a device's reply means to the console.
func outcome(f frame.Frame) ([]byte, *problem) {
	if answer, ok := f.(*frame.Answer); ok {
		return answer.SDP, nil
	}
	switch f.(*frame.Refuse).Reason {
	case frame.ReasonBusy:
		return nil, deviceBusy
	case frame.ReasonOffer:
		return nil, offerBad
	case frame.ReasonTimeout:
		return nil, deviceSilent
	}
	return nil, deviceFailed
}

// deliver hands an answer to the request that waits for it. One that came too
// late is nobody's.
func (d *device) deliver(id string, f frame.Frame) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if reply := d.waiting[id]; reply != nil {
		reply <- f // has room for one
		delete(d.waiting, id)
	}
}

package agentd

import (
	"image"
	"testing"
	"testing/synctest"
	"time"

	"telestrator/peer"
	"telestrator/protocol"
)

// metering is a session, live, with a console that is told what it is sent.
func (r *rig) metering() {
	r.liveWith([]uint32{1, 2, 3, 7})
	r.pass(2 * time.Second)
}

// meters are what the console was told so far.
func (r *rig) meters() (list []*protocol.Meter) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, m := range r.got {
		if m, ok := m.(*protocol.Meter); ok {
			list = append(list, m)
		}
	}
	return list
}

// A cap holds whoever set it, and only the lower one counts.
func TestCap(t *testing.T) {
	for name, c := range map[string]struct {
		configured, wish, want uint64
	}{
		"none": {0, 0, 0}, "the device's": {20000, 0, 20000}, "the console's": {0, 10000, 10000},
		"the console's is lower": {20000, 10000, 10000}, "the device's is lower": {10000, 20000, 10000},
		"too low a wish": {0, 1, leastCap},
	} {
		t.Run(name, func(t *testing.T) {
			policy := DemoPolicy()
			policy.Most = c.configured
			inRig(t, policy, func(r *rig) {
				r.metering()
				r.send(peer.Ctl, &protocol.Rate{Number: 1, Most: c.wish})
				r.pass(2 * time.Second)
				if got := last[*protocol.Meter](r.console); got.Cap != c.want {
					t.Fatalf("the console was told of a cap of %d", got.Cap)
				}
				if c.want == 0 {
					return
				}
				before := r.session.bytes
				r.painted.Draw(image.Rect(0, 0, 320, 200), noise(320, 200), image.Point{}) // 192 KB
				r.pass(5 * time.Second)
				sent := r.session.bytes - before
				if most := 5*c.want + uint64(adaptive.part.least)*2; sent > most || sent < 4*c.want {
					t.Errorf("%d bytes in 5 s with a cap of %d", sent, c.want)
				}
				if shown := r.session.snapshot(); shown.Cap != c.want || shown.Bytes != r.session.bytes {
					t.Errorf("the user is shown a cap of %d and %d bytes", shown.Cap, shown.Bytes)
				}
			})
		})
	}
}

// An older wish, or one of a console that did not agree on them, has no effect.
func TestRateWithoutEffect(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.metering()
		r.send(peer.Ctl, &protocol.Rate{Number: 2, Most: 0})
		r.send(peer.Ctl, &protocol.Rate{Number: 1, Most: 5000})
		synctest.Wait()
		if r.session.link.most != 0 {
			t.Error("an older wish counts")
		}
	})
	inRig(t, DemoPolicy(), func(r *rig) {
		r.liveWith([]uint32{1})
		r.send(peer.Ctl, &protocol.Rate{Number: 1, Most: 5000})
		r.pass(time.Minute)
		if r.session.link.most != 0 || len(r.meters()) > 0 {
			t.Error("a console that did not offer it has its wish, or is told")
		}
	})
}

// A meter is sent once a second at most, only when something changed, and says
// what was sent.
func TestMeterTells(t *testing.T) {
	inRig(t, DemoPolicy(), func(r *rig) {
		r.metering()
		told := len(r.meters())
		r.pass(time.Minute)
		if n := len(r.meters()); n != told {
			t.Errorf("%d meters of a still screen", n-told)
		}
		for i := range 100 {
			r.paint(uint8(i))
			r.pass(100 * time.Millisecond)
		}
		r.pass(2 * time.Second)
		list := r.meters()
		if n := len(list) - told; n < 5 || n > 12 {
			t.Errorf("%d meters in 12 s", n)
		}
		if got := list[len(list)-1]; got.Bytes != r.session.bytes || got.Cap != 0 || int(got.Number) != len(list) {
			t.Errorf("%+v after %d bytes", got, r.session.bytes)
		}
	})
}

// Rates are read as people write them, and not beyond what makes sense.
func TestBits(t *testing.T) {
	for text, want := range map[string]uint64{"2Mbit": 2e6, "500kbit": 5e5, "1.5 Gbit/s": 15e8, "8000bit": 8000, "8kbit": 8000, "0": 0, "1000gbit": 1e12} {
		var b Bits
		if err := b.UnmarshalText([]byte(text)); err != nil || uint64(b) != want {
			t.Errorf("%s: %d, %v", text, b, err)
		}
	}
	for _, text := range []string{"", "2", "2MB", "-1Mbit", "7999bit", "1001Gbit", "NaNbit", "Infbit", "fast", "2 2Mbit"} {
		var b Bits
		if err := b.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q: %d", text, b)
		}
	}
}

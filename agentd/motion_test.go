package agentd

import (
	"bytes"
	"image"
	"image/color"
	"testing"
	"testing/synctest"
	"time"

	"telestrator/peer"
	"telestrator/protocol"
)

// A console is sent copies and JPEGs exactly if it said that it understands
// them, and has the picture exactly within a second either way.
func TestMotionIsOfWhatWasAgreed(t *testing.T) {
	for name, c := range map[string]struct {
		caps         []uint32
		copies, jpeg bool
	}{
		"nothing": {[]uint32{}, false, false},
		"copies":  {[]uint32{1}, true, false},
		"JPEGs":   {[]uint32{2, 3}, false, true},
		"all":     {[]uint32{1, 2, 3}, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			inRig(t, DemoPolicy(), func(r *rig) {
				r.painted.Resize(640, 480)
				r.painted.Draw(image.Rect(0, 0, 640, 480), ruled(640, 600), image.Point{})
				r.liveWith(c.caps)
				r.painted.Draw(image.Rect(0, 0, 640, 480), ruled(640, 600), image.Pt(0, 40))
				r.pass(100 * time.Millisecond)
				r.same()
				if got := r.copies(); (got > 0) != c.copies {
					t.Errorf("%d copies", got)
				}
				r.painted.Draw(image.Rect(100, 50, 600, 450), slopes(500, 400), image.Point{})
				r.pass(100 * time.Millisecond)
				if got := r.lossy(); (got > 0) != c.jpeg {
					t.Errorf("%d lossy pixels", got)
				}
				r.pass(time.Second)
				r.same()
				if got := r.lossy(); got > 0 {
					t.Errorf("%d lossy pixels after a second", got)
				}
				told := r.told()
				r.pass(time.Minute)
				if got := r.told(); got != told {
					t.Errorf("%d messages of a still picture", got-told)
				}
			})
		})
	}
}

// liveWith is a session with a console that understands so much.
func (r *rig) liveWith(caps []uint32) {
	r.send(peer.Ctl, &protocol.Hello{Version: 1, Capabilities: caps, Name: "Ada"})
	synctest.Wait()
	r.send(peer.Ctl, &protocol.Ready{})
	synctest.Wait()
	r.send(peer.Ctl, &protocol.Request{Number: 1, Scopes: protocol.View, Reason: "test"})
	synctest.Wait()
	if err := r.session.answer(protocol.View); err != nil {
		r.t.Fatal(err)
	}
	r.pass(time.Second)
}

// ruled is a picture in which no row is like another.
func ruled(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		v := uint32(i/w) * 2654435761
		img.SetRGBA(i%w, i/w, color.RGBA{byte(v >> 8), byte(v >> 16), byte(v >> 24), 255})
	}
	return img
}

// slopes is a picture that looks like a photograph.
func slopes(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		x, y := i%w, i/w
		img.SetRGBA(x, y, color.RGBA{byte(60 + x/4), byte(60 + y/4), byte(90 + (x*7+y*13)%8), 255})
	}
	return img
}

// copies is how many came in updates that needed no parts.
func (c *console) copies() (n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, m := range c.got {
		if u, ok := m.(*protocol.Update); ok {
			n += len(u.Copies) / 6
		}
	}
	return n
}

// lossy is how many pixels came out of JPEGs.
func (c *console) lossy() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return bytes.Count(c.decoder.Lossy().Pix, []byte{0xff})
}

package agentd

import (
	"bytes"
	"compress/flate"
	"errors"
	"image"
	"slices"
	"sync"
	"time"

	"telestrator/capture"
	"telestrator/peer"
	"telestrator/protocol"
)

// cursor is what consoles are told of the pointer; it is not written again.
type cursor struct {
	at, hot, size image.Point
	pixels        []byte // deflated; empty for a plain arrow
}

// arrow is the size of the plain arrow that stands in for a shape that is not
// sent: one over a mask, or one that is too large.
const arrow = 16

// shapes keeps the newest cursor of the screen and its deflated shape.
type shapes struct {
	raw    *capture.Cursor
	serial uint32
	pixels []byte
	last   cursor
}

// take keeps a new cursor. Its shape is deflated once.
func (s *shapes) take(c *capture.Cursor) {
	if s.raw == nil || s.serial != c.Serial {
		s.serial, s.pixels = c.Serial, deflated(c)
	}
	s.raw = c
}

// now returns what consoles may know, and whether that is news.
func (s *shapes) now(hidden func(image.Point) bool) (*cursor, bool) {
	if s.raw == nil {
		return nil, false
	}
	next := s.shown(hidden)
	if next.at == s.last.at && next.size == s.last.size && next.hot == s.last.hot && samePixels(next.pixels, s.last.pixels) {
		return nil, false
	}
	s.last = next
	return &next, true
}

func (s *shapes) shown(hidden func(image.Point) bool) cursor {
	c := s.raw
	switch {
	case hidden(c.Pos): // programs that hide the pointer while somebody types would tell of it
		return cursor{at: c.Pos, size: image.Pt(arrow, arrow)}
	case c.Size == (image.Point{}):
		return cursor{at: c.Pos}
	case s.pixels == nil:
		return cursor{at: c.Pos, size: image.Pt(arrow, arrow)}
	}
	return cursor{at: c.Pos, hot: c.Hot, size: c.Size, pixels: s.pixels}
}

// samePixels says whether two deflated shapes are one: they are made once each.
func samePixels(a, b []byte) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// deflated is nil for a shape that is too large or makes no sense.
func deflated(c *capture.Cursor) []byte {
	inside := c.Hot.In(image.Rectangle{Max: c.Size})
	if c.Size.X > protocol.MaxCursor || c.Size.Y > protocol.MaxCursor || !inside {
		return nil
	}
	var out bytes.Buffer
	w := deflaters.Get().(*flate.Writer)
	defer deflaters.Put(w)
	w.Reset(&out)
	_, _ = w.Write(c.Pix) // to memory
	_ = w.Close()
	return out.Bytes()
}

// deflaters make shapes. One has most of a megabyte, too much to be thrown away
// for each shape of a pointer that turns, and to be kept while none changes.
var deflaters = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, flate.BestSpeed)
	if err != nil {
		panic(err) // the level is a constant
	}
	return w
}}

// message is the cursor on the wire.
func (c *cursor) message(number uint32) *protocol.Cursor {
	return &protocol.Cursor{Number: number, X: uint16(max(c.at.X, 0)), Y: uint16(max(c.at.Y, 0)),
		W: uint16(c.size.X), H: uint16(c.size.Y), HotX: uint16(c.hot.X), HotY: uint16(c.hot.Y), Pixels: c.pixels}
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

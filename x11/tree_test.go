package x11

import (
	"errors"
	"image"
	"io"
	"slices"
	"testing"
)

// TestAttributes: what is told of a window is read, and a window that is gone
// leaves nothing that the next answer could be taken for.
func TestAttributes(t *testing.T) {
	t.Parallel()
	c, far := server(t)
	go io.Copy(io.Discard, far)
	attributes := answer(kindReply, 0, 1, make([]byte, 12)...)
	le.PutUint32(attributes[8:], 0x21)
	le.PutUint16(attributes[12:], 1)
	attributes[26] = 2
	geometry := answer(kindReply, 24, 2)
	le.PutUint64(geometry[12:], 0x0008_0010_fffe_0003) // 16x8 at 3,-2
	le.PutUint16(geometry[20:], 5)
	go func() {
		far.Write(attributes)
		far.Write(geometry)
		far.Write(answer(kindError, 3, 3))
		far.Write(answer(kindError, 9, 4))
		far.Write(answer(kindReply, 0, 5))
	}()
	c.AskAttributes(7)
	c.AskAttributes(8)
	c.AskTree()
	a, err := c.Attributes()
	want := Attributes{image.Rect(3, -2, 29, 16), 5, 24, 0x21, true, true}
	if err != nil || a != want || a.Origin() != image.Pt(8, 3) {
		t.Errorf("%+v, error %v", a, err)
	}
	var refused *Error
	if _, err := c.Attributes(); !errors.As(err, &refused) || refused.Code != 3 {
		t.Errorf("a window that is gone: %v", err)
	}
	if ids, err := c.Tree(nil); err != nil || len(ids) != 0 {
		t.Errorf("windows %v, error %v", ids, err)
	}
}

// TestShortTree: answers that end too early are read as far as they go.
func TestShortTree(t *testing.T) {
	t.Parallel()
	c, far := server(t)
	go io.Copy(io.Discard, far)
	pixmap := answer(kindReply, 32, 3, 9, 0, 0, 0)
	go func() {
		far.Write(answer(kindReply, 0, 1, 1, 0, 0, 0, 2, 0, 0, 0))
		far.Write(answer(kindReply, 32, 2))
		far.Write(pixmap)
		far.Write(answer(kindReply, 8, 4, 9, 0, 0, 0))
	}()
	c.AskTree()
	for range 3 {
		c.AskPixmap(1)
	}
	if ids, err := c.Tree([]uint32{5}); err != nil || !slices.Equal(ids, []uint32{5, 1, 2}) {
		t.Errorf("windows %v, error %v", ids, err)
	}
	for i, want := range []uint32{0, 9, 0} {
		if got, err := c.Pixmap(); err != nil || got != want {
			t.Errorf("pixmap %d: %d, error %v", i, got, err)
		}
	}
}

// formatsReply is RENDER's answer for one format and two depths with three
// visuals.
func formatsReply() []byte {
	m := make([]byte, headSize+formatSize)
	le.PutUint32(m[8:], 1)
	le.PutUint32(m[12:], 1)
	for _, v := range []uint32{2, 0, 24 | 2<<16, 0, 0x21, 0x31, 0x22, 0x31, 32 | 1<<16, 0, 0x41, 0x32} {
		m = le.AppendUint32(m, v)
	}
	return m
}

// TestFormats reads the formats of visuals, and of every shorter or damaged
// answer what there is.
func TestFormats(t *testing.T) {
	t.Parallel()
	good := formatsReply()
	want := map[uint32]uint32{0x21: 0x31, 0x22: 0x31, 0x41: 0x32}
	r := &Render{formats: readFormats(good)}
	for visual, format := range want {
		if r.Format(visual) != format {
			t.Errorf("visual %#x has format %#x", visual, r.Format(visual))
		}
	}
	if len(r.formats) != len(want) || r.Format(0x99) != 0 {
		t.Errorf("formats %v", r.formats)
	}
	for n := headSize; n < len(good); n++ {
		for visual, format := range readFormats(good[:n]) {
			if want[visual] != format && format != 0 {
				t.Errorf("of %d bytes visual %#x has format %#x", n, visual, format)
			}
		}
		bad := slices.Clone(good)
		bad[n] = 0xff
		readFormats(bad)
	}
	for n := 8; n < 16; n++ {
		bad := slices.Clone(good)
		bad[n] = 0xff
		readFormats(bad)
	}
}

// TestNewsOfWindows: each event about windows is known by its number, and by no
// other.
func TestNewsOfWindows(t *testing.T) {
	t.Parallel()
	s := &Shapes{ext: extension{event: 64}}
	f := &Fixes{ext: extension{event: 87}}
	event := func(first, second byte) Event {
		e := make(Event, headSize)
		e[0], e[1] = first, second
		le.PutUint32(e[4:], 11)
		le.PutUint32(e[8:], 22)
		return e
	}
	for _, c := range []struct {
		e                       Event
		window, shape, property uint32
		selection               bool
	}{
		{e: event(17, 0), window: 22}, {e: event(18, 0), window: 22}, {e: event(19, 0), window: 22},
		{e: event(21, 0), window: 22}, {e: event(22, 0), window: 22}, {e: event(26, 0), window: 22},
		{e: event(22|128, 0), window: 22}, {e: event(16, 0)}, {e: event(20, 0)},
		{e: event(64, 0), shape: 11}, {e: event(64, 1), shape: 11}, {e: event(64, 2)}, {e: event(65, 0)},
		{e: event(28, 0), property: 22}, {e: event(87, 0), selection: true}, {e: event(88, 0)},
	} {
		if c.e.Window() != c.window || s.Changed(c.e) != c.shape || c.e.PropertyChanged() != c.property || f.SelectionChanged(c.e) != c.selection {
			t.Errorf("event %d,%d: window %d, shape %d, property %d, selection %v", c.e[0], c.e[1],
				c.e.Window(), s.Changed(c.e), c.e.PropertyChanged(), f.SelectionChanged(c.e))
		}
	}
}

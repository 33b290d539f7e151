package protocol

// Ack says which update is shown. SPEC.md 7.6.
type Ack struct {
	Number uint32 `cbor:"1,keyasint"` // the highest, cumulative
	Decode uint32 `cbor:"2,keyasint"` // µs spent on it
}

func (*Ack) Kind() Kind { return KindAck }

func (m *Ack) check() *Error { return running("ack", m.Number) }

// Refresh asks for the whole picture anew. SPEC.md 7.7.
type Refresh struct {
	Number uint32 `cbor:"1,keyasint"`
}

func (*Refresh) Kind() Kind { return KindRefresh }

func (m *Refresh) check() *Error { return running("refresh", m.Number) }

// Cursor is a snapshot of the cursor, which no picture has. SPEC.md 7.8.
type Cursor struct {
	Number uint32 `cbor:"1,keyasint"`
	X      uint16 `cbor:"2,keyasint"` // of the hot spot, device pixels
	Y      uint16 `cbor:"3,keyasint"`
	W      uint16 `cbor:"4,keyasint"` // 0, 0: no cursor is to be seen
	H      uint16 `cbor:"5,keyasint"`
	HotX   uint16 `cbor:"6,keyasint"`
	HotY   uint16 `cbor:"7,keyasint"`
	Pixels []byte `cbor:"8,keyasint"` // deflated RGBA, not premultiplied; empty: a plain arrow
}

func (*Cursor) Kind() Kind { return KindCursor }

func (m *Cursor) check() *Error {
	if m.W == 0 && m.H == 0 {
		return firstOf(running("cursor", m.Number),
			within("cursor", "hot spot without a shape", int64(m.HotX)+int64(m.HotY), 0, 0),
			sized("cursor", "pixels without a shape", len(m.Pixels), 0, 0))
	}
	return firstOf(running("cursor", m.Number),
		within("cursor", "width", int64(m.W), 1, MaxCursor),
		within("cursor", "height", int64(m.H), 1, MaxCursor),
		within("cursor", "hot x", int64(m.HotX), 0, int64(m.W)-1),
		within("cursor", "hot y", int64(m.HotY), 0, int64(m.H)-1),
		sized("cursor", "pixels", len(m.Pixels), 0, MaxUpdate))
}

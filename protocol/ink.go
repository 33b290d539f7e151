package protocol

// StrokeBegin begins a stroke. SPEC.md 8.7.
type StrokeBegin struct {
	Stroke     uint32 `cbor:"1,keyasint"`
	Generation uint32 `cbor:"2,keyasint"`
	Colour     uint32 `cbor:"3,keyasint"` // 0xRRGGBB
	Width      uint8  `cbor:"4,keyasint"` // pixels
	Fade       uint16 `cbor:"5,keyasint"` // milliseconds, 0 stays
}

func (*StrokeBegin) Kind() Kind { return KindStrokeBegin }

func (m *StrokeBegin) check() *Error {
	return firstOf(aimed("stroke-begin", m.Stroke, m.Generation),
		within("stroke-begin", "colour", int64(m.Colour), 0, 0xffffff),
		within("stroke-begin", "width", int64(m.Width), 1, MaxWidth),
		within("stroke-begin", "fade", int64(m.Fade), 0, MaxFade))
}

// StrokePoints adds points to a stroke. SPEC.md 8.7.
type StrokePoints struct {
	Stroke uint32   `cbor:"1,keyasint"`
	Index  uint32   `cbor:"2,keyasint"` // of the first of these points
	Points []uint16 `cbor:"3,keyasint"` // x, y, x, y
}

func (*StrokePoints) Kind() Kind { return KindStrokePoints }

func (m *StrokePoints) check() *Error {
	if len(m.Points)%2 != 0 {
		return fail(BadRange, "stroke-points: a point without its y")
	}
	return firstOf(running("stroke-points", m.Stroke),
		within("stroke-points", "index", int64(m.Index), 0, MaxStroke-1),
		sized("stroke-points", "points", len(m.Points)/2, 1, MaxPoints))
}

// StrokeEnd ends a stroke. SPEC.md 8.7.
type StrokeEnd struct {
	Stroke uint32 `cbor:"1,keyasint"`
	Points uint32 `cbor:"2,keyasint"` // in all
}

func (*StrokeEnd) Kind() Kind { return KindStrokeEnd }

func (m *StrokeEnd) check() *Error {
	return firstOf(running("stroke-end", m.Stroke), within("stroke-end", "points", int64(m.Points), 1, MaxStroke))
}

// Undo removes a stroke. SPEC.md 8.8.
type Undo struct {
	Stroke uint32 `cbor:"1,keyasint"`
}

func (*Undo) Kind() Kind { return KindUndo }

func (m *Undo) check() *Error { return running("undo", m.Stroke) }

// Clear removes the strokes up to a number. SPEC.md 8.8.
type Clear struct {
	Stroke uint32 `cbor:"1,keyasint"`
}

func (*Clear) Kind() Kind { return KindClear }

func (m *Clear) check() *Error { return running("clear", m.Stroke) }

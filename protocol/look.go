package protocol

// Look asks for a part of the screen, and for a scaled picture. SPEC.md 7.10.
type Look struct {
	Number uint32 `cbor:"1,keyasint"`
	X      uint16 `cbor:"2,keyasint"` // the part, device pixels
	Y      uint16 `cbor:"3,keyasint"`
	W      uint16 `cbor:"4,keyasint"` // 0, or H 0: all of the screen
	H      uint16 `cbor:"5,keyasint"`
	MostW  uint16 `cbor:"6,keyasint"` // of the picture; 0: as the part is
	MostH  uint16 `cbor:"7,keyasint"`
}

func (*Look) Kind() Kind { return KindLook }

func (m *Look) check() *Error {
	return firstOf(running("look", m.Number),
		within("look", "width", int64(m.W), 0, MaxSide), within("look", "height", int64(m.H), 0, MaxSide),
		within("look", "most width", int64(m.MostW), 0, MaxSide), within("look", "most height", int64(m.MostH), 0, MaxSide))
}

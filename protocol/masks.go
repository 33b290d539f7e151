package protocol

// What a device finds of secrets. SPEC.md 7.9.
const (
	NothingFound = 0
	FieldsMasked = 1
	ChosenOnly   = 2
)

// Why an area is masked. SPEC.md 7.9.
const (
	SecretField   = 1
	RuledWindow   = 2
	UnknownWindow = 3
)

// Masks is a snapshot of what is flat in the picture on purpose. SPEC.md 7.9.
type Masks struct {
	Number     uint32   `cbor:"1,keyasint"`
	Generation uint32   `cbor:"2,keyasint"` // of the reset of the picture in which the areas lie
	Protection uint8    `cbor:"3,keyasint"` // NothingFound, FieldsMasked or ChosenOnly
	Areas      []uint32 `cbor:"4,keyasint"` // why, x, y, w, h of each area
}

func (*Masks) Kind() Kind { return KindMasks }

func (m *Masks) check() *Error {
	return firstOf(running("masks", m.Number),
		within("masks", "generation", int64(m.Generation), 1, MaxNumber),
		within("masks", "protection", int64(m.Protection), NothingFound, ChosenOnly),
		m.checkAreas())
}

func (m *Masks) checkAreas() *Error {
	if len(m.Areas)%5 != 0 || len(m.Areas) > 5*MaxMasks {
		return fail(BadRange, "masks: areas of %d numbers", len(m.Areas))
	}
	for i := 0; i < len(m.Areas); i += 5 {
		if err := within("masks", "why", int64(m.Areas[i]), SecretField, UnknownWindow); err != nil {
			return err
		}
	}
	return rectangles("masks", m.Areas, 5, 1)
}

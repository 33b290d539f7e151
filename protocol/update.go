package protocol

// Update changes the console's picture. SPEC.md 7.1.
type Update struct {
	Number   uint32   `cbor:"1,keyasint"` // from 1, one more each update
	Moment   uint32   `cbor:"2,keyasint"` // updates of one moment are shown together
	Last     bool     `cbor:"3,keyasint"` // the last update of its moment
	Time     uint64   `cbor:"4,keyasint"` // of the picture, µs since the session began
	Reset    []uint32 `cbor:"5,keyasint"` // empty, or ResetHead numbers, then x, y, w, h of each monitor
	Copies   []uint32 `cbor:"6,keyasint"` // sx, sy, x, y, w, h of each copy
	Inflated uint32   `cbor:"7,keyasint"` // bytes that Tiles inflates to, exactly
	Tiles    []byte   `cbor:"8,keyasint"` // a sync-flushed chunk of the session's deflate stream
	JPEGs    []JPEG   `cbor:"9,keyasint"` // painted last
}

// ResetHead is how many numbers a reset has before its monitors: generation,
// width and height of the picture, x, y, w, h of the part of the screen it shows.
const ResetHead = 7

// JPEG is one rectangle of an update as a baseline JPEG. SPEC.md 7.5.
type JPEG struct {
	_    struct{} `cbor:",toarray"`
	X, Y uint16   // device pixels, top left corner
	W, H uint16   // device pixels
	Data []byte   // decodes to exactly W x H
}

func (*Update) Kind() Kind { return KindUpdate }

func (m *Update) check() *Error {
	size := len(m.Tiles)
	for _, j := range m.JPEGs {
		size += len(j.Data)
	}
	if (m.Inflated == 0) != (len(m.Tiles) == 0) {
		return fail(BadRange, "update: %d bytes of tiles inflate to %d", len(m.Tiles), m.Inflated)
	}
	return firstOf(
		running("update", m.Number), running("update", m.Moment), micros("update", m.Time),
		m.checkReset(), m.checkCopies(), m.checkJPEGs(),
		within("update", "inflated", int64(m.Inflated), 0, MaxInflated),
		sized("update", "contents", size, 0, MaxUpdate))
}

func (m *Update) checkReset() *Error {
	n := len(m.Reset)
	if n == 0 {
		return nil
	}
	if n < ResetHead || (n-ResetHead)%4 != 0 || n > ResetHead+4*MaxMonitors {
		return fail(BadRange, "update: reset of %d numbers", n)
	}
	width, height := int64(m.Reset[5]), int64(m.Reset[6]) // of the part that is shown
	if width*height > MaxArea {
		return fail(BadRange, "update: a part of %d x %d, at most %d pixels", width, height, MaxArea)
	}
	return firstOf(within("update", "generation", int64(m.Reset[0]), 1, MaxNumber),
		rectangles("update", m.Reset[3:], 4, 0),
		within("update", "width", int64(m.Reset[1]), 1, width), within("update", "height", int64(m.Reset[2]), 1, height))
}

func (m *Update) checkCopies() *Error {
	if len(m.Copies)%6 != 0 || len(m.Copies) > 6*MaxCopies {
		return fail(BadRange, "update: copies of %d numbers", len(m.Copies))
	}
	return rectangles("update", m.Copies, 6, 2)
}

func (m *Update) checkJPEGs() *Error {
	err := sized("update", "jpegs", len(m.JPEGs), 0, MaxJPEGs)
	for i := 0; err == nil && i < len(m.JPEGs); i++ {
		j := m.JPEGs[i]
		err = firstOf(side("update", "width of a jpeg", uint32(j.W)), side("update", "height of a jpeg", uint32(j.H)),
			sized("update", "jpeg", len(j.Data), 1, MaxUpdate))
	}
	return err
}

// rectangles checks lists of x, y, width, height that each stand at the end
// of n numbers, after skip others; all but width and height are uint16.
func rectangles(message string, list []uint32, n, skip int) *Error {
	for ; len(list) >= n; list = list[n:] {
		for _, v := range list[:skip+2] {
			if err := within(message, "coordinate", int64(v), 0, 65535); err != nil {
				return err
			}
		}
		if err := firstOf(side(message, "width", list[n-2]), side(message, "height", list[n-1])); err != nil {
			return err
		}
	}
	return nil
}

func side(message, field string, n uint32) *Error {
	return within(message, field, int64(n), 1, MaxSide)
}

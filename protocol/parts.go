package protocol

// Part is a piece of a message that is too long to go whole. SPEC.md 3.2.
type Part struct {
	Message uint32 `cbor:"1,keyasint"` // number of the message on its channel
	Index   uint32 `cbor:"2,keyasint"` // 0 for the first part
	Count   uint32 `cbor:"3,keyasint"` // parts in all
	Bytes   []byte `cbor:"4,keyasint"`
}

func (*Part) Kind() Kind { return KindPart }

func (m *Part) check() *Error {
	return firstOf(
		running("part", m.Message),
		within("part", "count", int64(m.Count), 2, MaxParts),
		within("part", "index", int64(m.Index), 0, int64(m.Count)-1),
		sized("part", "bytes", len(m.Bytes), 1, MaxPart))
}

// Split returns data as messages to send: itself when it fits whole, else
// parts of at most size bytes each under the given message number. It reports
// whether the number was used.
func Split(data []byte, number uint32, size int) (wire [][]byte, used bool, err error) {
	if len(data) <= MaxWhole && len(data) <= size {
		return [][]byte{data}, false, nil
	}
	if len(data) > MaxJoined {
		return nil, false, fail(Size, "message of %d bytes, at most %d", len(data), MaxJoined)
	}
	count := (len(data) + size - 1) / size
	for i := range count {
		part := Part{number, uint32(i), uint32(count), data[i*size : min((i+1)*size, len(data))]}
		encoded, err := Append(nil, &part)
		if err != nil {
			return nil, false, err
		}
		wire = append(wire, encoded)
	}
	return wire, true, nil
}

// Joiner puts parts of one channel together again. It holds at most one
// message, and grows only with what has come. The zero value is ready.
type Joiner struct {
	Unordered bool // parts may come in any order, as on evt

	open   uint32 // message being joined
	pieces [][]byte
	have   int // pieces that have come
	size   int // bytes that have come
	done   uint32
}

// Add takes a part. It returns the whole message with the last of them, and
// nil before.
func (j *Joiner) Add(p *Part) ([]byte, error) {
	if j.Unordered && (p.Message <= j.done || p.Message < j.open) {
		return nil, nil
	}
	if p.Message != j.open {
		if err := j.begin(p); err != nil {
			return nil, err
		}
	}
	if err := j.place(p); err != nil {
		return nil, err
	}
	if j.have < len(j.pieces) {
		return nil, nil
	}
	return j.finish(), nil
}

// Drop forgets the message that is open, if any: on an ordered channel another
// message came, so that the rest of it never will.
func (j *Joiner) Drop() { j.done, j.open, j.pieces = max(j.done, j.open), 0, nil }

func (j *Joiner) begin(p *Part) error {
	j.Drop()
	if !j.Unordered && p.Message <= j.done {
		return fail(BadData, "part of message %d after message %d", p.Message, j.done)
	}
	j.open, j.have, j.size = p.Message, 0, 0
	j.pieces = make([][]byte, p.Count)
	return nil
}

func (j *Joiner) place(p *Part) error {
	if int(p.Count) != len(j.pieces) {
		return fail(BadData, "part says %d parts, an earlier one %d", p.Count, len(j.pieces))
	}
	if j.pieces[p.Index] != nil || (!j.Unordered && int(p.Index) != j.have) {
		return fail(BadData, "part %d out of its turn", p.Index)
	}
	if j.size += len(p.Bytes); j.size > MaxJoined {
		return fail(BadData, "parts of more than %d bytes", MaxJoined)
	}
	j.pieces[p.Index] = p.Bytes
	j.have++
	return nil
}

func (j *Joiner) finish() []byte {
	whole := make([]byte, 0, j.size)
	for _, piece := range j.pieces {
		whole = append(whole, piece...)
	}
	j.Drop()
	return whole
}

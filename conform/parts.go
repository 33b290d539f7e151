package conform

// joiner puts the parts of one channel together. SPEC.md 3.2.
type joiner struct {
	unordered bool
	message   uint64 // the highest that was begun
	count     uint64 // of parts, 0 while no message is open
	parts     map[uint64][]byte
	size      int
}

// drop forgets the message that is open.
func (j *joiner) drop() { j.count, j.parts, j.size = 0, nil, 0 }

// add takes a part and gives the message once it is whole.
func (j *joiner) add(s said) ([]byte, error) {
	number, index, count := s.number("message"), s.number("index"), s.number("count")
	data, _ := s.get("bytes").([]byte)
	switch {
	case index >= count:
		return nil, breaks(rangeCode, "part %d of %d", index, count)
	case number < j.message && j.unordered:
		return nil, nil
	case number < j.message || number == j.message && j.count == 0:
		return nil, breaks(decodeCode, "a part of message %d, which is over", number)
	case number > j.message:
		j.drop()
		j.message, j.count, j.parts = number, count, map[uint64][]byte{}
	}
	return j.collect(index, count, data)
}

func (j *joiner) collect(index, count uint64, data []byte) ([]byte, error) {
	_, twice := j.parts[index]
	switch {
	case count != j.count:
		return nil, breaks(decodeCode, "parts of one message with another count")
	case twice, !j.unordered && index != uint64(len(j.parts)):
		return nil, breaks(decodeCode, "part %d does not belong here", index)
	case j.size+len(data) > maxJoined:
		return nil, breaks(decodeCode, "parts of more than %d bytes", maxJoined)
	}
	j.parts[index] = data
	j.size += len(data)
	if uint64(len(j.parts)) < j.count {
		return nil, nil
	}
	whole := make([]byte, 0, j.size)
	for i := range j.count {
		whole = append(whole, j.parts[i]...)
	}
	j.drop()
	return whole, nil
}

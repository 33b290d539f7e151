package encode

import "telestrator/protocol"

// pack appends the batch as updates to dst.
func (s *Stream) pack(dst []protocol.Update) ([]protocol.Update, error) {
	s.deflate.recycle()
	if len(s.reset) > 0 {
		if err := s.deflate.reset(); err != nil {
			return nil, err
		}
	}
	s.listJPEGs()
	s.moment++
	first := len(dst)
	from := cut{}
	for _, to := range s.batch.cuts {
		chunk, inflated, err := s.deflate.tiles(s.batch.code[from.code:to.code])
		if err != nil {
			return nil, err
		}
		s.number++
		dst = append(dst, protocol.Update{
			Number: s.number, Moment: s.moment, Time: uint64(s.time.Microseconds()),
			Inflated: uint32(inflated), Tiles: chunk, JPEGs: s.jpegs[from.jpegs:to.jpegs],
		})
		from = to
	}
	dst[first].Reset, dst[first].Copies = s.reset, s.sent
	dst[len(dst)-1].Last = true
	return dst, nil
}

// listJPEGs makes jpegs those of the batch.
func (s *Stream) listJPEGs() {
	s.jpegs = s.jpegs[:0]
	from := 0
	for _, j := range s.batch.jpegs {
		s.jpegs = append(s.jpegs, protocol.JPEG{
			X: uint16(j.area.Min.X), Y: uint16(j.area.Min.Y), W: uint16(j.area.Dx()), H: uint16(j.area.Dy()),
			Data: s.batch.data[from:j.end],
		})
		from = j.end
	}
}

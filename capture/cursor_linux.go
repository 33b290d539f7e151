package capture

import (
	"errors"
	"image"

	"telestrator/x11"
)

// takePointer takes the answers to AskPointer and, where shape, to AskCursor,
// and notes what the caller has to be told.
func (s *x11Screen) takePointer(shape bool) error {
	pos, err := s.conn.Pointer()
	if err != nil {
		return err
	}
	if pos != s.cursor.Pos {
		s.cursor.Pos, s.cursorNews = pos, true
	}
	if shape {
		return s.takeShape()
	}
	return nil
}

// takeShape takes the answer to AskCursor. A server that shows no cursor at all
// refuses to describe it.
func (s *x11Screen) takeShape() error {
	shape, err := s.fixes.Cursor()
	var refused *x11.Error
	if errors.As(err, &refused) {
		shape, err = x11.CursorShape{}, nil
	}
	known := s.cursor.Pix != nil
	if err != nil || known && shape.Serial == s.cursor.Serial && shape.Size == s.cursor.Size {
		return err
	}
	s.cursor.Serial, s.cursor.Size, s.cursor.Hot = shape.Serial, shape.Size, shape.Hot
	s.cursor.Pix = straight(shape.ARGB, shape.Size)
	s.cursorNews = true
	return nil
}

// straight turns premultiplied BGRA pixels into RGBA without premultiplication.
func straight(argb []byte, size image.Point) []byte {
	out := make([]byte, size.X*size.Y*4)
	for i := 0; i < len(out); i += 4 {
		alpha := int(argb[i+3])
		if alpha == 0 {
			continue
		}
		for channel := range 3 {
			out[i+channel] = byte(min(255, (int(argb[i+2-channel])*255+alpha/2)/alpha))
		}
		out[i+3] = byte(alpha)
	}
	return out
}

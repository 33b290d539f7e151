package agentd

import (
	"image"
	"slices"

	"telestrator/ink"
)

// outlined is what the user was last shown of what is hidden from the agents.
type outlined struct {
	sign  *ink.Sign // while this was shown: outlines last no longer
	areas []image.Rectangle
	now   []image.Rectangle // scratch
}

// outline has the user see what the last picture hides.
func (s *Screen) outline() {
	o := &s.outlined
	o.now = o.now[:0]
	for _, a := range s.veil.areas {
		o.now = append(o.now, a.Rect)
	}
	if o.sign == s.signed.sign && slices.Equal(o.now, o.areas) {
		return
	}
	o.sign, o.areas, o.now = s.signed.sign, o.now, o.areas
	s.Guardian.Hidden(o.areas)
}

package encode

import (
	"errors"
	"image"

	"telestrator/protocol"
)

var (
	errNoReset = errors.New("the first update has no reset")
	errBroken  = errors.New("after an error only a reset can follow")
	errReset   = errors.New("reset: not a picture the protocol allows")
)

// begin applies a reset.
func (d *Decoder) begin(u *protocol.Update) error {
	if len(u.Reset) == 0 {
		switch {
		case u.Number == 1:
			return errNoReset
		case d.broken:
			return errBroken
		}
		return nil
	}
	g, size, err := readReset(u.Reset)
	if err != nil {
		return err
	}
	d.broken, d.fresh = false, true
	d.next = g
	d.resize(size)
	d.inflate.reset()
	d.late = nil
	return nil
}

// readReset reads a reset. SPEC.md 7.1.
func readReset(list []uint32) (g Geometry, size image.Point, err error) {
	n := len(list) - protocol.ResetHead
	if n < 0 || n%4 != 0 || n > 4*protocol.MaxMonitors {
		return g, size, errReset
	}
	size = image.Pt(int(list[1]), int(list[2]))
	part, ok := rectangle(list[3:])
	if !ok || !fits(size) || !fits(part.Size()) || size.X > part.Dx() || size.Y > part.Dy() {
		return g, size, errReset
	}
	g.Generation, g.Part = list[0], part
	for m := list[protocol.ResetHead:]; len(m) > 0; m = m[4:] {
		r, ok := rectangle(m)
		if !ok {
			return g, size, errReset
		}
		g.Monitors = append(g.Monitors, r)
	}
	return g, size, nil
}

// rectangle reads x, y, width, height.
func rectangle(list []uint32) (r image.Rectangle, ok bool) {
	for _, v := range list[:4] {
		if v > 1<<16 {
			return r, false
		}
	}
	corner := image.Pt(int(list[0]), int(list[1]))
	r = image.Rectangle{Min: corner, Max: corner.Add(image.Pt(int(list[2]), int(list[3])))}
	return r, !r.Empty()
}

package encode

import (
	"errors"
	"fmt"
	"image"

	"telestrator/protocol"
)

// DecodeError says why an update cannot be decoded.
type DecodeError struct {
	Code   protocol.Code // protocol.Sequence or protocol.BadData
	Number uint32        // of the update
	Reason error
}

func (e *DecodeError) Error() string {
	return fmt.Sprintf("encode: update %d: %v", e.Number, e.Reason)
}

func (e *DecodeError) Unwrap() error { return e.Reason }

var (
	errCopies   = errors.New("copies: not as the protocol allows")
	errCopy     = errors.New("copies: not inside the picture")
	errTiles    = errors.New("tiles: more than an update may have")
	errTooLate  = errors.New("reset or copies after the first update of a moment")
	errNumber   = errors.New("its number is not the one after the last")
	errOfMoment = errors.New("it is not of the moment it must belong to")
)

// Decoder turns the updates of one session into pictures. It trusts nothing in
// them, and its memory is bounded: two of the largest picture that the protocol
// allows, what one update inflates to, and one JPEG rectangle at a time. It is
// not safe for concurrent use.
//
// It keeps two pictures: the one shown, which is the picture before the open
// moment, and the one that the moment's updates paint on. So copies read the
// former, in any order. At the moment's end they change places, and the one that
// is painted on next is brought up to date cell by cell, where it has to be: in
// a film or a page that scrolls, nowhere.
type Decoder struct {
	order  order
	broken bool // nothing but a reset may follow

	inflate inflater
	work    picture
	next    Geometry // of work
	fresh   bool     // work is of another size or stream than shown
	painted []bool   // cells of work that are newer than shown
	stale   []bool   // cells of work that are older than shown

	shown    picture
	geometry Geometry // of shown

	px [side * side]uint32

	now  func(image.Rectangle) bool // JPEGs there are painted at once; nil: all are
	late []late                     // the others
}

// NewDecoder returns a Decoder that waits for update 1.
func NewDecoder() *Decoder { return &Decoder{broken: true} }

// Picture returns the picture shown: that of the last moment received in full,
// opaque, and empty before the first. The caller owns it.
// A JPEG that was postponed and cannot be decoded is left out of it; with
// postponed ones it is right between moments only.
func (d *Decoder) Picture() *image.RGBA {
	_ = d.paintLate(d.shown.grid.bounds())
	return d.shown.rgba()
}

// Lossy returns where the picture shown came out of a JPEG: 255 there, else 0.
// All other pixels are exactly the device's. The caller owns it.
func (d *Decoder) Lossy() *image.Alpha {
	_ = d.paintLate(d.shown.grid.bounds())
	return d.shown.lossy()
}

// Geometry returns what the picture shown belongs to. It is not to be written.
func (d *Decoder) Geometry() Geometry { return d.geometry }

// Decode applies the session's next update. The error is a *DecodeError; after
// one, every update fails until one has a reset.
func (d *Decoder) Decode(u *protocol.Update) error {
	first, err := d.order.take(u)
	if err != nil {
		d.broken = true
		return &DecodeError{protocol.Sequence, u.Number, err}
	}
	if !first && len(u.Reset)+len(u.Copies) > 0 {
		d.broken = true
		return &DecodeError{protocol.BadData, u.Number, errTooLate}
	}
	if err := d.apply(u); err != nil {
		d.broken = true
		return &DecodeError{protocol.BadData, u.Number, err}
	}
	return nil
}

// apply does what SPEC.md 7.1 lists, in its order.
func (d *Decoder) apply(u *protocol.Update) error {
	if err := d.begin(u); err != nil {
		return err
	}
	if err := d.copies(u.Copies); err != nil {
		return err
	}
	data, err := d.inflate.chunk(u.Tiles, int(u.Inflated))
	if err != nil {
		return err
	}
	if err := d.tiles(data); err != nil {
		return err
	}
	if err := d.jpegs(u.JPEGs); err != nil {
		return err
	}
	if u.Last {
		d.show()
	}
	return nil
}

// copies applies copies. SPEC.md 7.2.
func (d *Decoder) copies(list []uint32) error {
	if len(list)%6 != 0 || len(list) > 6*protocol.MaxCopies {
		return errCopies
	}
	before := &d.shown
	if d.fresh {
		before = &d.work // nothing but a copy has painted it yet: it is black
	}
	for rest := list; len(rest) > 0; rest = rest[6:] {
		from, _, ok := d.copyOf(rest)
		if !ok {
			return errCopy
		}
		if err := d.paintLate(from); err != nil {
			return err
		}
	}
	for ; len(list) > 0; list = list[6:] {
		from, to, _ := d.copyOf(list)
		d.covered(to)
		d.touch(to)
		d.work.copyFrom(before, from.Min, to)
	}
	return nil
}

// copyOf reads a copy.
func (d *Decoder) copyOf(list []uint32) (from, to image.Rectangle, ok bool) {
	from, ok1 := rectangle([]uint32{list[0], list[1], list[4], list[5]})
	to, ok2 := rectangle(list[2:])
	bounds := d.work.grid.bounds()
	return from, to, ok1 && ok2 && from.In(bounds) && to.In(bounds)
}

// tiles paints tiles. SPEC.md 7.4.
func (d *Decoder) tiles(data []byte) error {
	for n := 0; len(data) > 0; n++ {
		if n == protocol.MaxRects {
			return errTiles
		}
		area, codes, err := cutTile(data, d.work.grid)
		if err != nil {
			return err
		}
		d.covered(area)
		px := d.px[:area.Dx()*area.Dy()]
		if data, err = decodeCodes(px, area.Dx(), codes); err != nil {
			return err
		}
		d.touch(area)
		d.work.paint(area, px)
	}
	return nil
}

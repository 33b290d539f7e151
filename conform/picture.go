package conform

import (
	"bytes"
	"image"
	"image/draw"
	"image/jpeg"
)

// picture is what a console shows, decoded from nothing but SPEC.md 7. It keeps
// the numbers that must follow one another.
type picture struct {
	pixels *image.RGBA // nil before the first reset
	stream inflater
	number uint64 // of the last update
	moment uint64
	open   bool // the moment has not ended
	moves  int  // rectangles copied
	photos int  // JPEG rectangles
	tiles  int  // rectangles of tiles
}

// update applies one update. Copies and JPEG are right only where the console
// has offered them.
func (p *picture) update(s said, copies, photos bool) error {
	reset, moved := numbers(s.get("reset")), numbers(s.get("copies"))
	jpegs, _ := s.get("jpegs").([]any)
	if err := p.follow(s, reset, moved); err != nil {
		return err
	}
	if len(moved) > 0 && !copies || len(jpegs) > 0 && !photos {
		return breaks(rangeCode, "an update uses what the console did not offer")
	}
	if err := p.begin(reset); err != nil {
		return err
	}
	if err := p.copy(moved); err != nil {
		return err
	}
	if err := p.paint(s); err != nil {
		return err
	}
	return p.photo(jpegs)
}

// follow checks the numbers, and what may stand only first in a moment.
func (p *picture) follow(s said, reset, moved []uint64) error {
	number, moment := s.number("number"), s.number("moment")
	first := !p.open
	switch {
	case len(reset) > 0:
		if number <= p.number || moment <= p.moment {
			return breaks(sequenceCode, "update %d of moment %d after update %d of moment %d", number, moment, p.number, p.moment)
		}
	case p.pixels == nil:
		return breaks(decodeCode, "the first update has no reset")
	case number != p.number+1, first && moment != p.moment+1, !first && moment != p.moment:
		return breaks(sequenceCode, "update %d of moment %d after update %d of moment %d", number, moment, p.number, p.moment)
	case !first && len(moved) > 0:
		return breaks(decodeCode, "copies inside of a moment")
	}
	last, _ := s.get("last").(bool)
	p.number, p.moment, p.open = number, moment, !last
	return nil
}

// begin takes a reset, if there is one.
func (p *picture) begin(reset []uint64) error {
	if len(reset) == 0 {
		return nil
	}
	if len(reset) < resetHead || (len(reset)-resetHead)%4 != 0 {
		return breaks(rangeCode, "a reset of %d numbers", len(reset))
	}
	width, height := reset[1], reset[2]
	if width < 1 || height < 1 || width > maxSide || height > maxSide || width*height > maxArea {
		return breaks(rangeCode, "a picture of %d x %d", width, height)
	}
	p.pixels = image.NewRGBA(image.Rect(0, 0, int(width), int(height)))
	draw.Draw(p.pixels, p.pixels.Rect, image.Black, image.Point{}, draw.Src)
	p.stream = inflater{}
	return nil
}

// copy moves what was seen before this moment.
func (p *picture) copy(moved []uint64) error {
	var before *image.RGBA
	for ; len(moved) >= 6; moved = moved[6:] {
		from, ok := p.inside(moved[0], moved[1], moved[4], moved[5])
		to, inside := p.inside(moved[2], moved[3], moved[4], moved[5])
		if !ok || !inside {
			return breaks(decodeCode, "a copy outside of the picture")
		}
		if before == nil {
			before = &image.RGBA{Pix: bytes.Clone(p.pixels.Pix), Stride: p.pixels.Stride, Rect: p.pixels.Rect}
		}
		draw.Draw(p.pixels, to, before, from.Min, draw.Src)
		p.moves++
	}
	return nil
}

// paint paints the tiles.
func (p *picture) paint(s said) error {
	chunk, _ := s.get("tiles").([]byte)
	inflated := s.number("inflated")
	if (inflated == 0) != (len(chunk) == 0) {
		return breaks(rangeCode, "%d bytes of tiles inflate to %d", len(chunk), inflated)
	}
	if inflated == 0 {
		return nil
	}
	codes, err := p.stream.inflate(chunk, int(inflated))
	if err != nil {
		return err
	}
	for n := 0; len(codes) > 0; n++ {
		if n == maxRects {
			return breaks(decodeCode, "more than %d rectangles in an update", maxRects)
		}
		if codes, err = p.tile(codes); err != nil {
			return err
		}
		p.tiles++
	}
	return nil
}

// photo paints the JPEG rectangles.
func (p *picture) photo(jpegs []any) error {
	for _, one := range jpegs {
		fields, _ := one.([]any)
		data, _ := fields[4].([]byte)
		place := numbers(fields[:4])
		area, ok := p.inside(place[0], place[1], place[2], place[3])
		if !ok {
			return breaks(decodeCode, "a JPEG outside of the picture")
		}
		decoded, err := jpeg.Decode(bytes.NewReader(data))
		if err != nil || decoded.Bounds().Size() != area.Size() {
			return breaks(decodeCode, "a JPEG that does not decode to its rectangle")
		}
		draw.Draw(p.pixels, area, decoded, decoded.Bounds().Min, draw.Src)
		p.photos++
	}
	return nil
}

// inside is a rectangle, which must not be empty and lie in the picture.
func (p *picture) inside(x, y, width, height uint64) (image.Rectangle, bool) {
	if width < 1 || height < 1 || max(x, y, width, height) > 1<<16 {
		return image.Rectangle{}, false
	}
	area := image.Rect(int(x), int(y), int(x+width), int(y+height))
	return area, area.In(p.pixels.Rect)
}

// numbers are the unsigned integers of an array.
func numbers(value any) []uint64 {
	list, _ := value.([]any)
	all := make([]uint64, len(list))
	for i, one := range list {
		all[i], _ = one.(uint64)
	}
	return all
}

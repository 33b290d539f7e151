package x11

import "image"

// XFIXES's requests and events.
const (
	fixesSelectCursor = 3
	fixesCursorImage  = 4
	fixesCreateRegion = 5
	fixesFetchRegion  = 19
	fixesClip         = 20
	fixesCursorNotify = 1 // after its first event
	displayCursor     = 1 // the shape on the screen, whichever window set it
)

// rectSize is the length of a rectangle in a reply.
const rectSize = 8

// Fixes is the XFIXES extension: regions, and the cursor's shape.
type Fixes struct {
	ext extension
	c   *Conn
}

// CursorShape is the pointer's picture.
type CursorShape struct {
	Serial uint32
	Pos    image.Point // of the pointer
	Size   image.Point
	Hot    image.Point
	ARGB   []byte // four bytes a pixel, B first, premultiplied; valid until the next Wait
}

// OpenFixes starts XFIXES 2.0; nil where the server lacks it.
func OpenFixes(c *Conn) (*Fixes, error) {
	ext, err := c.open("XFIXES", 2, 0)
	if ext == nil || err != nil {
		return nil, err
	}
	return &Fixes{*ext, c}, nil
}

// CreateRegion makes an empty region.
func (f *Fixes) CreateRegion() (region uint32) {
	region = f.c.ID()
	f.c.send(f.ext.major, fixesCreateRegion, region)
	return region
}

// Clip restricts what gc draws to region; 0 means no restriction.
func (f *Fixes) Clip(gc, region uint32) { f.c.send(f.ext.major, fixesClip, gc, region, 0) }

// AskRegion asks for a region's rectangles, which Region reads.
func (f *Fixes) AskRegion(region uint32) { f.c.ask(f.ext.major, fixesFetchRegion, region) }

// Region waits for the answer to AskRegion and appends the rectangles that lie
// in bounds, cut to them, or their bounding box if there are more than most.
// They may be left of or above the root, and do not overlap.
func (f *Fixes) Region(to []image.Rectangle, bounds image.Rectangle, most int) ([]image.Rectangle, error) {
	m, err := f.c.Wait()
	if err != nil {
		return to, err
	}
	list := m[headSize:]
	if len(list) > most*rectSize {
		list = m[8:][:rectSize] // the region's extents
	}
	for ; len(list) >= rectSize; list = list[rectSize:] {
		at := image.Pt(short(list), short(list[2:]))
		size := image.Pt(int(le.Uint16(list[4:])), int(le.Uint16(list[6:])))
		if r := (image.Rectangle{at, at.Add(size)}).Intersect(bounds); !r.Empty() {
			to = append(to, r)
		}
	}
	return to, nil
}

// WatchCursor asks for an event when the cursor's shape changes.
func (f *Fixes) WatchCursor() {
	f.c.send(f.ext.major, fixesSelectCursor, f.c.Setup.Root, displayCursor)
}

// CursorChanged says that e tells of a new shape.
func (f *Fixes) CursorChanged(e Event) bool { return e[0]&127 == f.ext.event+fixesCursorNotify }

// AskCursor asks for the cursor's shape, which Cursor reads.
func (f *Fixes) AskCursor() { f.c.ask(f.ext.major, fixesCursorImage) }

// Cursor waits for the answer to AskCursor.
func (f *Fixes) Cursor() (CursorShape, error) {
	m, err := f.c.Wait()
	if err != nil {
		return CursorShape{}, err
	}
	s := CursorShape{
		Pos:    image.Pt(short(m[8:]), short(m[10:])),
		Size:   image.Pt(int(le.Uint16(m[12:])), int(le.Uint16(m[14:]))),
		Hot:    image.Pt(int(le.Uint16(m[16:])), int(le.Uint16(m[18:]))),
		Serial: le.Uint32(m[20:]),
		ARGB:   m[headSize:],
	}
	if len(s.ARGB) < s.Size.X*s.Size.Y*4 {
		s.Size = image.Point{}
	}
	return s, nil
}

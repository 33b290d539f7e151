package x11

import "image"

// RENDER's requests and its ways of composing.
const (
	renderFormats       = 1
	renderCreatePicture = 4
	renderFreePicture   = 7
	renderCompose       = 8
)

// Operator says how pixels are laid over others.
type Operator byte

// The operators used here: in place of what was there, and over it as far as
// alpha, by which the colours are multiplied already, says.
const (
	OpReplace Operator = 1
	OpOver    Operator = 3
)

// Lengths in the reply about formats.
const (
	formatSize    = 28
	screenSize    = 8
	depthSize     = 8
	visualPairing = 8
)

// Render is the RENDER extension: pixels of one kind drawn onto another.
type Render struct {
	ext     extension
	c       *Conn
	formats map[uint32]uint32 // by visual
}

// OpenRender starts RENDER 0.6 and learns the formats of its visuals; nil where
// the server lacks it.
func OpenRender(c *Conn) (*Render, error) {
	ext, err := c.open("RENDER", 0, 6)
	if ext == nil || err != nil {
		return nil, err
	}
	c.ask(ext.major, renderFormats)
	m, err := c.Wait()
	if err != nil {
		return nil, err
	}
	return &Render{*ext, c, readFormats(m)}, nil
}

// readFormats takes the formats of all visuals out of the reply. One that ends
// too early has fewer.
func readFormats(m []byte) map[uint32]uint32 {
	f := &fields{data: m[8:headSize]}
	formats, screens := f.u32(), f.u32()
	f.data = m[headSize:]
	f.skip(formats, formatSize)
	byVisual := make(map[uint32]uint32)
	for range screens {
		if f.short {
			break
		}
		depths := f.u32()
		f.bytes(screenSize - 4)
		for i := uint32(0); i < depths && !f.short; i++ {
			readDepth(f, byVisual)
		}
	}
	return byVisual
}

// readDepth reads the visuals of one depth.
func readDepth(f *fields, byVisual map[uint32]uint32) {
	f.bytes(2)
	visuals := f.u16()
	f.bytes(depthSize - 4)
	for i := 0; i < visuals && !f.short; i++ {
		visual, format := f.u32(), f.u32()
		byVisual[visual] = format
	}
	delete(byVisual, 0) // what was read beyond the end
}

// skip passes over so many things of one size.
func (f *fields) skip(n uint32, size int) {
	all := int64(n) * int64(size)
	if all > int64(len(f.data)) {
		f.short, f.data = true, nil
		return
	}
	f.data = f.data[all:]
}

// Format is the format of a visual's pixels; 0 where RENDER knows none.
func (r *Render) Format(visual uint32) uint32 { return r.formats[visual] }

// CreatePicture makes picture, a new number, a view of a drawable's pixels.
func (r *Render) CreatePicture(picture, drawable, format uint32) {
	r.c.send(r.ext.major, renderCreatePicture, picture, drawable, format, 0)
}

// FreePicture gives a picture back.
func (r *Render) FreePicture(picture uint32) { r.c.send(r.ext.major, renderFreePicture, picture) }

// Compose lays all of src, which is as large as r, over the place r of dst.
func (r *Render) Compose(op Operator, src, dst uint32, at image.Rectangle) {
	r.c.send(r.ext.major, renderCompose, uint32(op), src, 0, dst, 0, 0,
		pair(at.Min.X, at.Min.Y), pair(at.Dx(), at.Dy()))
}

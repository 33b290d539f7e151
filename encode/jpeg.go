package encode

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"

	"telestrator/protocol"
)

var (
	errJPEGs   = errors.New("jpegs: more than an update may have")
	errOutJPEG = errors.New("jpeg: not inside the picture")
	errNoJPEG  = errors.New("jpeg: not a baseline JPEG of one or three components")
	errOfSize  = errors.New("jpeg: not of the size stated")
)

// jpegs paints JPEG rectangles. SPEC.md 7.5.
func (d *Decoder) jpegs(list []protocol.JPEG) error {
	if len(list) > protocol.MaxJPEGs {
		return errJPEGs
	}
	for _, j := range list {
		corner := image.Pt(int(j.X), int(j.Y))
		area := image.Rectangle{Min: corner, Max: corner.Add(image.Pt(int(j.W), int(j.H)))}
		if area.Empty() || !area.In(d.work.grid.bounds()) {
			return errOutJPEG
		}
		if err := d.jpeg(area, j.Data); err != nil {
			return err
		}
	}
	return nil
}

// jpeg paints one, or keeps it for later.
func (d *Decoder) jpeg(area image.Rectangle, data []byte) error {
	if d.now != nil && !d.now(area) {
		if err := stated(data, area.Size()); err != nil {
			return err
		}
		return d.keep(area, data)
	}
	img, err := decodeJPEG(data, area.Size())
	if err != nil {
		return err
	}
	d.covered(area)
	d.touch(area)
	d.work.paintImage(area, img, image.Point{})
	return nil
}

// stated refuses a JPEG that does not say it has this size.
func stated(data []byte, size image.Point) error {
	said, err := baseline(data)
	if err == nil && said != size {
		return errOfSize
	}
	return err
}

// decodeJPEG decodes a baseline JPEG of the given size. It looks at the size
// before anything of that size is made.
func decodeJPEG(data []byte, size image.Point) (image.Image, error) {
	if err := stated(data, size); err != nil {
		return nil, err
	}
	img, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("jpeg: %w", err)
	}
	if img.Bounds() != (image.Rectangle{Max: size}) {
		return nil, errOfSize
	}
	return img, nil
}

// Markers of ITU-T T.81, table B.1, after their ff.
const (
	markerSOI  = 0xd8 // start of image
	markerSOF0 = 0xc0 // start of a baseline frame
	markerDHT  = 0xc4 // Huffman tables
	markerEOI  = 0xd9 // end of image
	markerSOS  = 0xda // start of scan
	markerDQT  = 0xdb // quantization tables
	markerDRI  = 0xdd // restart interval
	markerAPP0 = 0xe0 // to ef: application data
	markerCOM  = 0xfe // comment
)

// baseline returns the size in the first frame header of a JPEG, which must be
// that of a baseline frame. Before it stand only segments that say their length.
func baseline(data []byte) (size image.Point, err error) {
	if len(data) < 2 || data[0] != 0xff || data[1] != markerSOI {
		return size, errNoJPEG
	}
	for data = data[2:]; len(data) >= 4 && data[0] == 0xff; {
		marker, length := data[1], int(data[2])<<8|int(data[3])
		if length < 2 || length > len(data)-2 {
			break
		}
		segment := data[4 : 2+length]
		switch {
		case marker == markerSOF0 && len(segment) >= 6 && (segment[5] == 1 || segment[5] == 3):
			return image.Pt(int(segment[3])<<8|int(segment[4]), int(segment[1])<<8|int(segment[2])), nil
		case marker == markerDHT, marker == markerDQT, marker == markerDRI, marker == markerCOM, marker&0xf0 == markerAPP0:
			data = data[2+length:]
		default:
			return size, errNoJPEG
		}
	}
	return size, errNoJPEG
}

// rowsAtOnce is how many rows of a decoded JPEG are converted at a time.
const rowsAtOnce = 16

// paintImage paints the part of img that begins at from to area, as lossy pixels.
func (p *picture) paintImage(area image.Rectangle, img image.Image, from image.Point) {
	rows := image.NewRGBA(image.Rect(0, 0, area.Dx(), rowsAtOnce))
	for top := 0; top < area.Dy(); top += rowsAtOnce {
		draw.Draw(rows, rows.Rect, img, from.Add(image.Pt(0, top)), draw.Src)
		for y := range min(rowsAtOnce, area.Dy()-top) {
			src := rows.Pix[y*rows.Stride:]
			for x, dst := 0, p.span(area.Min.Y+top+y, area.Min.X, area.Max.X); x < len(dst); x++ {
				dst[x] = lossy | uint32(src[4*x])<<16 | uint32(src[4*x+1])<<8 | uint32(src[4*x+2])
			}
		}
	}
}

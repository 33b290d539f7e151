package privacy

import "image"

// View makes pictures of a part of released pictures, scaled down where that is
// wanted. It has nothing but what was released: what is masked is flat before
// it is scaled, so a scaled picture knows no more of it. One goroutine uses it.
type View struct {
	pic    Picture
	part   image.Rectangle
	from   Picture // that pic was made of
	scaler scaler
	news   []image.Rectangle
}

// Make returns the picture of a part of p, and where it is another than the one
// before. Part lies inside p and is not empty; size, of the picture, has sides
// of 1 to the part's. Damage holds where p has changed since the last Make. The
// first picture of another part, size or screen is new everywhere.
//
// A picture as large as its part is that part of p, in the same memory. Both
// results are valid until the next Make, and the picture as long as p is.
func (v *View) Make(p *Picture, part image.Rectangle, size image.Point, damage []image.Rectangle) (*Picture, []image.Rectangle) {
	fresh := v.part != part || v.pic.size != size || v.from.size != p.size || &v.from.pix[0] != &p.pix[0]
	if fresh {
		v.aim(p, part, size)
		damage = []image.Rectangle{part}
	}
	v.news = v.news[:0]
	for _, r := range damage {
		if r = r.Intersect(part).Sub(part.Min); !r.Empty() {
			v.take(p, r)
		}
	}
	return &v.pic, v.news
}

// aim begins another picture.
func (v *View) aim(p *Picture, part image.Rectangle, size image.Point) {
	v.part, v.from = part, *p
	v.pic = Picture{pix: p.pix[part.Min.Y*p.stride+4*part.Min.X:], size: size, stride: p.stride}
	if size != part.Size() {
		v.pic = Picture{}
		v.pic.resize(size)
		v.scaler = newScaler(part.Size(), size)
	}
}

// take brings the picture up to date where r, of the part, has changed.
func (v *View) take(p *Picture, r image.Rectangle) {
	if v.pic.size != v.part.Size() {
		r = v.scaler.touched(r)
		v.scaler.scale(&v.pic, r, p, v.part.Min)
	}
	v.news = append(v.news, r)
}

package encode

import (
	"bytes"
	"encoding/binary"
	"hash/maphash"
	"image"
)

// What an anchor is, and how many are looked for.
const (
	anchorWidth = 32      // pixels that it is known by, a part of 32
	mostAnchors = 1024    // that are known
	mostVectors = 256     // that are voted for
	leastRare   = 1 << 30 // limit of the sums at first, a quarter of all
	leastVotes  = 4       // for the vector that is tried
	fewest      = 2       // one row of 2 to this power is looked at, at least
	mostLooked  = 1 << 17 // pixels of each picture
)

// anchorPoll says how far things moved in two dimensions. Anchors are places
// that a picture's content chooses, wherever it stands: those of the new picture
// are noted, and each that is found in the picture before votes for the
// distance. What is the same in the row above is none: a stem of a letter would
// stand in many places.
type anchorPoll struct {
	seed    maphash.Seed
	anchors [2 * mostAnchors]anchor
	known   int
	few     int    // one row of 2 to this power is looked at
	limit   uint32 // of the sums that make an anchor
	votes   [2 * mostVectors]vote
	vectors int
}

// anchor is where some pixels stand in the new picture.
type anchor struct {
	hash   uint64
	at     image.Point
	places int // 0 where the slot is free
}

type vote struct {
	by    image.Point
	votes int // 0 where the slot is free
}

func (p *anchorPoll) resize() { p.seed = maphash.MakeSeed() }

// pollAnchors lets anchors vote.
func (f *finder) pollAnchors() {
	p, area := &f.anchors, f.busiest()
	for p.few = 0; area.Dx()*area.Dy()>>p.few > mostLooked && p.few < fewest; {
		p.few++
	}
	for p.limit = leastRare; ; p.limit /= 2 {
		clear(p.anchors[:])
		if p.known = 0; p.each(f.after, area, (*anchorPoll).note) {
			break
		}
	}
	clear(p.votes[:])
	if p.vectors = 0; p.known >= leastVotes {
		p.each(f.before, area, (*anchorPoll).vote)
	}
}

// each calls found for the anchors of some rows of area, until it returns false.
func (p *anchorPoll) each(r raster, area image.Rectangle, found func(*anchorPoll, uint64, image.Point) bool) bool {
	for y := area.Min.Y; y < area.Max.Y; y++ {
		above := r.span(max(y-1, 0), area.Min.X, area.Max.X)
		if chosen(y, p.few) && !p.scan(r.span(y, area.Min.X, area.Max.X), above, image.Pt(area.Min.X, y), found) {
			return false
		}
	}
	return true
}

// chosen tells whether row y is one of those that are looked at. They lie
// without order, so that some of them stand at any distance from each other.
func chosen(y, few int) bool {
	h := uint32(y) * 0x85ebca6b
	h = (h ^ h>>13) * 0xc2b2ae35
	return uint64(h^h>>16) < 1<<32>>few
}

// busiest returns where most changed, in as many strips side by side as can be
// looked at.
func (f *finder) busiest() (area image.Rectangle) {
	most := 0
	for i := range f.strips {
		hull, rows := image.Rectangle{}, 0
		for _, s := range f.strips[i:] {
			next := hull.Union(image.Rect(s.x0, s.y0, s.x1, s.y1))
			if next.Dx()*next.Dy()>>fewest > mostLooked {
				break
			}
			hull, rows = next, rows+s.rows
		}
		if rows > most {
			area, most = hull, rows
		}
	}
	return area
}

// scan is each for a part of a row. An anchor is where a sum that forgets all
// but the last pixels happens to be small: so many that it is known by.
func (p *anchorPoll) scan(row, above []byte, at image.Point, found func(*anchorPoll, uint64, image.Point) bool) bool {
	var before, sum uint32
	for i := 0; i+4 <= len(row); i += 4 {
		q := binary.LittleEndian.Uint32(row[i:])
		sum = sum<<(32/anchorWidth) + q*0x9e3779b1>>4
		if end := i + 4; sum < p.limit && q != before && end >= 4*anchorWidth {
			known := row[end-4*anchorWidth : end]
			if !bytes.Equal(known, above[end-4*anchorWidth:end]) && !found(p, maphash.Bytes(p.seed, known), at.Add(image.Pt(i/4, 0))) {
				return false
			}
		}
		before = q
	}
	return true
}

// note notes an anchor of the new picture. It returns false when there are too
// many.
func (p *anchorPoll) note(hash uint64, at image.Point) bool {
	a := p.slot(hash)
	if a.places == 0 {
		*a = anchor{hash: hash, at: at}
		p.known++
	}
	a.places++
	return p.known <= mostAnchors
}

func (p *anchorPoll) slot(hash uint64) *anchor {
	const last = uint64(len(p.anchors) - 1)
	for i := hash & last; ; i = (i + 1) & last {
		if a := &p.anchors[i]; a.places == 0 || a.hash == hash {
			return a
		}
	}
}

// vote lets an anchor of the picture before vote, if it is at one place now.
func (p *anchorPoll) vote(hash uint64, at image.Point) bool {
	if a := p.slot(hash); a.places == 1 && a.at != at {
		p.count(a.at.Sub(at))
	}
	return true
}

// count counts a vote.
func (p *anchorPoll) count(by image.Point) {
	const last = uint32(len(p.votes) - 1)
	for i := (uint32(by.X)*0x9e3779b1 + uint32(by.Y)*0x85ebca6b) >> 16 & last; ; i = (i + 1) & last {
		switch v := &p.votes[i]; {
		case v.votes > 0 && v.by == by:
			v.votes++
			return
		case v.votes == 0 && p.vectors == mostVectors:
			return
		case v.votes == 0:
			*v = vote{by, 1}
			p.vectors++
			return
		}
	}
}

// elected returns the distance with the most votes, or none if they are too
// few, and takes them away: the next call returns the next.
func (p *anchorPoll) elected() (by image.Point) {
	best := &p.votes[0]
	for i := range p.votes {
		if p.votes[i].votes > best.votes {
			best = &p.votes[i]
		}
	}
	if best.votes >= leastVotes {
		by = best.by
	}
	best.votes = 0
	return by
}

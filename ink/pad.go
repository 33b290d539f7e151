package ink

import (
	"cmp"
	"slices"
	"time"

	"telestrator/protocol"
)

// maxGone is how many strokes taken away a pad remembers one by one, so that
// their late messages are ignored. Older ones have long had their last.
const maxGone = 256

// A pad is what one owner has drawn, within the limits of SPEC.md 8.9.
type pad struct {
	trails []*trail // by number, the oldest first
	floor  uint32   // this number and all below it are gone
	gone   [maxGone]uint32
	next   int // where gone is written next
}

// find returns the place of a number, and whether its stroke is there.
func (p *pad) find(number uint32) (int, bool) {
	return slices.BinarySearchFunc(p.trails, number, func(t *trail, number uint32) int {
		return cmp.Compare(t.number, number)
	})
}

// touch returns the stroke that a message of now is for, a new one if need be.
// It is nil if nothing can become of the message: the stroke has been taken
// away, is whole, or would itself be the oldest of too many.
func (p *pad) touch(owner string, number uint32, now time.Time) *trail {
	if p.forgotten(number) {
		return nil
	}
	at, there := p.find(number)
	if !there {
		p.trails = slices.Insert(p.trails, at, &trail{owner: owner, number: number})
	}
	t := p.trails[at]
	if p.trim(); t.removed || t.whole() {
		return nil
	}
	t.last = now
	return t
}

func (p *pad) forgotten(number uint32) bool {
	return number <= p.floor || slices.Contains(p.gone[:], number)
}

// undo takes one stroke away, whether it has come or not.
func (p *pad) undo(number uint32) {
	if p.forgotten(number) {
		return
	}
	p.gone[p.next] = number
	p.next = (p.next + 1) % maxGone
	if at, there := p.find(number); there {
		p.trails[at].removed = true
		p.trails = slices.Delete(p.trails, at, at+1)
	}
}

// clear takes all strokes up to a number away, whether they have come or not.
func (p *pad) clear(number uint32) {
	p.floor = max(p.floor, number)
	for len(p.trails) > 0 && p.trails[0].number <= p.floor {
		p.trails[0].removed = true
		p.trails = slices.Delete(p.trails, 0, 1)
	}
}

// clearAll takes away what there is.
func (p *pad) clearAll() {
	if n := len(p.trails); n > 0 {
		p.clear(p.trails[n-1].number)
	}
}

// trim takes the oldest strokes away until the rest is within the limits. The
// oldest is the one with the lowest number, so that it is the same whatever
// order messages come in; what is older still, and has yet to come, goes too.
func (p *pad) trim() {
	for len(p.trails) > protocol.MaxStrokes || p.size() > protocol.MaxAlive {
		p.clear(p.trails[0].number)
	}
}

// size returns how many points are kept.
func (p *pad) size() (points int) {
	for _, t := range p.trails {
		points += t.size()
	}
	return points
}

package input

import (
	"maps"
	"time"
)

// borrowFor is how long a borrowed key keeps its character after it was typed.
// Programs look up what a key means when they get to its event, not when it
// happens.
const borrowFor = 300 * time.Millisecond

// pool is the keys that have no meaning on any keyboard and are lent to
// characters that no key has. Its zero value has lent none.
type pool struct {
	lent   map[byte]loan // by key
	barred set           // keys that have a meaning on another keyboard; known while open
	open   bool          // keys may be lent, and the root window names them
	used   time.Time     // when a loan was last used
}

// loan is what a borrowed key types.
type loan struct {
	sym  uint32
	used time.Time
}

// borrows says whether a key is lent.
func (p *pool) borrows(key byte) bool {
	_, lent := p.lent[key]
	return lent
}

// review forgets loans that the layout does not know any more, because it was
// replaced.
func (p *pool) review(l *layout) {
	maps.DeleteFunc(p.lent, func(key byte, loan loan) bool { return l.first[key] != loan.sym })
}

// size is how many keys there are to lend, lent ones included.
func (p *pool) size(l *layout) int {
	n := len(p.lent)
	for _, key := range l.empty.members() {
		if !p.barred.has(key) && !p.borrows(key) {
			n++
		}
	}
	return n
}

// choose finds a key to lend: one without a meaning, or else the one whose loan
// was used longest ago, if that is borrowFor ago. Taken are those that must not
// be chosen. It returns 0 where there is none now.
func (p *pool) choose(l *layout, taken *set, now time.Time) byte {
	for _, key := range l.empty.members() {
		if !taken.has(key) && !p.barred.has(key) && !p.borrows(key) {
			return key
		}
	}
	best, oldest := byte(0), now.Add(-borrowFor)
	for key, loan := range p.lent {
		if !taken.has(key) && !loan.used.After(oldest) {
			best, oldest = key, loan.used
		}
	}
	return best
}

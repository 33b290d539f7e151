package agentd

import (
	"math"
	"time"

	"telestrator/encode"
)

// quality is how good JPEGs are: as good as the frame rate allows. While a film
// runs, a viewer that is often hungry between two of its pictures has room for
// better ones, and one that never is cannot take as many as there are. Fewer
// bytes are less work for everyone: for the encryption, the link, and whoever
// decodes them. So what is rich already gets no better.
type quality struct {
	value  int       // 1 to 100
	began  time.Time // of what is judged next, zero before a film
	films  int       // moments with JPEGs since
	most   int       // bytes of JPEGs in one of them
	hungry time.Time // since when the viewer waits, zero when it does not
	rested time.Duration
}

const (
	firstQuality = 80
	solidQuality = 50 // the least that is worth it where the link is not what is slow

	judgeFilms = 8
	judgeAfter = 200 * time.Millisecond
	judgeAnew  = time.Second // without a picture, a film is over
	mostRest   = 0.35        // of the time: there is room
	leastRest  = 0.1         // there is none
	better     = 2
	worse      = 8

	rich = 80 << 10 // bytes of JPEGs in a moment: 4 ms of processor to encrypt, carry and decrypt them
)

// rests notes that the viewer could take another moment.
func (q *quality) rests(now time.Time) {
	if q.hungry.IsZero() {
		q.hungry = now
	}
}

// rest ends, and was so long.
func (q *quality) rest(now time.Time) (rested time.Duration) {
	if !q.hungry.IsZero() {
		rested, q.hungry = now.Sub(q.hungry), time.Time{}
	}
	return rested
}

// made notes a moment with so many bytes of JPEGs, which a film has, on a link
// with this rate, and for how long the viewer waited for it.
func (q *quality) made(photos int, rate float64, rested time.Duration, now time.Time) {
	if q.began.IsZero() || rested > judgeAnew {
		q.anew(now)
		return
	}
	q.rested += rested
	q.most = max(q.most, photos)
	if photos > 0 {
		q.films++
	}
	if took := now.Sub(q.began); q.films >= judgeFilms && took >= judgeAfter {
		q.judge(float64(q.rested)/float64(took), rate)
		q.anew(now)
	}
}

func (q *quality) anew(now time.Time) { q.began, q.films, q.most, q.rested = now, 0, 0, 0 }

// judge follows the share of the time in which the viewer was hungry.
func (q *quality) judge(share, rate float64) {
	switch {
	case share > mostRest && q.most < rich:
		q.value += better
	case share < leastRest:
		q.value -= worse
	}
	q.value = graded(q.value, rate)
}

// grades are which qualities a rate is worth, bytes a second, the lowest first.
var grades = []struct {
	below float64
	span
}{{128e3, span{30, 50}}, {1e6, span{30, 70}}, {math.Inf(1), span{solidQuality, 90}}}

// graded is a quality that fits a rate.
func graded(value int, rate float64) int {
	for _, g := range grades {
		if rate < g.below {
			return g.fit(value)
		}
	}
	return value
}

const (
	coarseBelow = 24e3                   // bytes a second
	carried     = 100 * time.Millisecond // what the link carries in it makes a moment
	largeMoment = 256 << 10              // bytes; a moment that may be so large is not bounded
	leastMoment = 1 << 10
)

// made notes a moment with so many bytes of JPEGs.
func (l *link) made(photos int, now time.Time) {
	rested := l.quality.rest(now)
	l.rested(rested)
	l.quality.made(photos, l.rate(), rested, now)
}

// tuning is what the next moment should be like.
func (l *link) tuning() encode.Tuning {
	rate := l.rate()
	t := encode.Tuning{Coarse: l.bounds.moment && rate < coarseBelow,
		Quality: l.bounds.quality.fit(graded(l.quality.value, rate))}
	if most := int(rate * carried.Seconds()); l.bounds.moment && most < largeMoment {
		t.Most = max(most, leastMoment)
	}
	return t
}

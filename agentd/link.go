package agentd

import (
	"time"

	"telestrator/protocol"
)

// link is what a session knows of the way to its console, and what it makes of
// that: how many bytes of pictures may be on their way, and in parts of which
// size. SCTP's own congestion control is off below its least window
// (peer/config.go), so this is the one that counts.
//
//	handed over ──▶ │ on their way, at most window │ ──▶ arrived
//
// The rate is only seen while the window is full: it is what arrives then. The
// round trip is only seen in pings. The window follows their product, a quarter
// larger, so that a rate that has grown is noticed; what does not fit on the
// link waits on it, a fifth of the trip.
//
// All times come from outside. The session's lock guards it.
type link struct {
	bounds bounds
	window int                  // bytes
	least  time.Duration        // shortest round trip, 0 before there is one
	rates  [rateSamples]float64 // bytes a second while the window was full, the newest ones; 0 for none
	next   int                  // of rates to write
	from   stretch              // in which the window is full
	decode time.Duration        // that the console took for the last moment
	spent
	quality quality
}

// bounds are what may be decided, both ends included.
type bounds struct {
	window, part, quality span
	moment                bool // what a moment has is bounded at all
}

type span struct{ least, most int }

func (s span) fit(n int) int { return min(max(n, s.least), s.most) }

// stretch is a time in which something waited for room in the window.
type stretch struct {
	began   time.Time // zero when nothing waits
	arrived uint64    // by then
}

// adaptive are the bounds of every session.
var adaptive = bounds{window: span{3 << 10, 1 << 20}, part: span{2 << 10, protocol.MaxPart}, quality: span{30, 90}, moment: true}

const (
	rateSamples = 5
	gain        = 1.25                  // of the window over what the link holds
	startup     = 2                     // the same while the rate grows
	shrink      = 4                     // the part of the window that one measurement can take
	slack       = 5 * time.Millisecond  // that our own loops may take, beside the round trip
	leastTime   = 20 * time.Millisecond // over which a rate is measured

	nearby  = 5 * time.Millisecond  // round trips below it need a link of 64 KiB in some ms
	distant = 80 * time.Millisecond // above it, a link may be very slow
	near    = 64 << 10              // the most on the way to such a console: more at once overflows its socket
	slowly  = 2e6 / 8               // bytes a second; slower links have the smallest parts
)

func newLink() link {
	return link{bounds: adaptive, window: adaptive.window.least, quality: quality{value: firstQuality}}
}

// pinged takes a round trip. While the window is full, a fifth of it is what
// waits on the link because of us.
func (l *link) pinged(trip time.Duration) {
	if !l.from.began.IsZero() && l.quality.hungry.IsZero() {
		trip -= trip / 5
	}
	first := l.least == 0
	trip = max(trip, time.Microsecond) // zero means that there was none
	if first || trip < l.least {
		l.least = trip
	}
	if first && l.best() == 0 {
		l.window = l.bounds.window.fit(l.start())
	}
}

// start is the window before anything is known but the round trip: on a slow
// link even a ping takes long.
func (l *link) start() int {
	switch {
	case l.least == 0, l.least >= distant:
		return l.bounds.window.least
	case l.least >= nearby:
		return 32 << 10
	}
	return near
}

// full notes that something waits for room when so many bytes have arrived in
// all.
func (l *link) full(arrived uint64, now time.Time) {
	if l.from.began.IsZero() {
		l.from = stretch{now, arrived}
		return
	}
	if l.best() == 0 { // what has arrived makes room for twice as much
		l.window = max(l.window, l.fit(l.start()+int(arrived-l.from.arrived)))
	}
	took := now.Sub(l.from.began)
	if took < max(2*l.least, leastTime) {
		return
	}
	l.measured(float64(arrived-l.from.arrived) / took.Seconds())
	l.from = stretch{now, arrived}
}

// rested notes for how long there was nothing to send. A short rest leaves the
// link as full as it was.
func (l *link) rested(long time.Duration) {
	if long > max(l.least/4, slack) {
		l.from = stretch{}
	}
}

// measured fits the window to what the link carried while it was full.
func (l *link) measured(rate float64) {
	times := gain
	if rate > l.best()*1.2 {
		times = startup
	}
	l.rates[l.next] = rate
	l.next = (l.next + 1) % rateSamples
	l.window = l.fit(max(int(times*l.best()*(l.trip()+slack).Seconds()), l.window-l.window/shrink))
}

// fit keeps a window within its bounds, and within near where that is enough for
// any rate.
func (l *link) fit(window int) int {
	window = l.bounds.window.fit(window)
	if l.least > 0 && l.least < nearby {
		return max(min(window, near), l.bounds.window.least)
	}
	return window
}

// best is the highest rate of late, 0 when none is known.
func (l *link) best() (most float64) {
	for _, r := range l.rates {
		most = max(most, r)
	}
	return most
}

// trip is the shortest round trip, or a guess.
func (l *link) trip() time.Duration {
	if l.least == 0 {
		return 50 * time.Millisecond
	}
	return l.least
}

// rate is how many bytes a second pictures may have: what the link carries, or
// what it is known to carry at least, and no more than the cap.
func (l *link) rate() float64 {
	r := l.best()
	if r == 0 {
		r = float64(l.window) / (l.trip() + slack).Seconds()
	}
	if l.most > 0 {
		r = min(r, l.most)
	}
	return r
}

// part is how many bytes go in one message: a ping, or a cursor, waits for no
// more than one.
func (l *link) part() int {
	if l.rate() < slowly {
		return l.bounds.part.least
	}
	return l.bounds.part.most
}

// room says whether something may follow so many bytes that are on their way.
// The last part of a full window may be beyond it: on slow links a part is about
// as much as the link holds.
func (l *link) room(underway int) bool { return underway < l.window }

// low is how many bytes on their way leave room again.
func (l *link) low() int { return l.window - 1 }

// shown takes how long the console worked on a moment.
func (l *link) shown(decode time.Duration) { l.decode = decode }

// moments is how many may be on their way to the console and not shown yet: one
// that it works on, one that waits for that, and those that the round trip holds
// at its pace.
func (l *link) moments() int {
	pace := max(pictureEvery, min(l.decode, time.Second/4))
	return 2 + int(min(l.trip(), time.Second/4)/pace)
}

// spent holds pictures to a cap: what has gone out is paid for before more goes.
type spent struct {
	most float64   // bytes a second, 0 without a cap
	free time.Time // when all is paid for
}

// ahead is how much of the cap that was not used in time may be used later.
const ahead = 20 * time.Millisecond

func (s *spent) spend(n int, now time.Time) {
	if s.most == 0 {
		s.free = time.Time{}
		return
	}
	if earliest := now.Add(-ahead); s.free.Before(earliest) {
		s.free = earliest
	}
	s.free = s.free.Add(time.Duration(float64(n) / s.most * float64(time.Second)))
}

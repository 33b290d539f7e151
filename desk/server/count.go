package server

import (
	"net"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// counter lets at most so many in at once.
type counter chan struct{}

func newCounter(limit int) counter { return make(counter, limit) }

// enter takes a place, if there is one.
func (c counter) enter() bool {
	select {
	case c <- struct{}{}:
		return true
	default:
		return false
	}
}

func (c counter) leave() { <-c }

// tracker knows the requests being served, WebSockets included.
type tracker struct {
	mu     sync.Mutex
	closed bool
	group  sync.WaitGroup
}

// enter begins a request, unless wait was called before.
func (t *tracker) enter() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.closed {
		t.group.Add(1)
	}
	return !t.closed
}

func (t *tracker) leave() { t.group.Done() }

// wait lets no more in and returns when all have left.
func (t *tracker) wait() {
	t.mu.Lock()
	t.closed = true
	t.mu.Unlock()
	t.group.Wait()
}

// maxCallers bounds the addresses whose rate is remembered.
const maxCallers = 4096

// callers slows down each address that changes things too often.
type callers struct {
	mu    sync.Mutex
	rate  rate.Limit
	burst int
	by    map[string]*rate.Limiter
}

func newCallers(r rate.Limit, burst int) *callers {
	return &callers{rate: r, burst: burst, by: make(map[string]*rate.Limiter)}
}

// allow counts one request. A new address finds no room only while thousands
// of others are being slowed down.
func (c *callers) allow(remote string) bool {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		host = remote
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.by[host] == nil && len(c.by) >= maxCallers {
		c.forgetIdle()
	}
	if c.by[host] == nil {
		if len(c.by) >= maxCallers {
			return false
		}
		c.by[host] = rate.NewLimiter(c.rate, c.burst)
	}
	return c.by[host].Allow()
}

// forgetIdle drops the addresses that have rested long enough to start anew.
func (c *callers) forgetIdle() {
	now := time.Now()
	for host, limiter := range c.by {
		if limiter.TokensAt(now) >= float64(c.burst) {
			delete(c.by, host)
		}
	}
}

package agentd

import (
	"sync/atomic"

	"telestrator/encode"
)

// viewer is one session's view of the screen.
type viewer struct {
	screen  *Screen
	stream  *encode.Stream
	hungry  atomic.Bool   // a picture could be taken now
	current atomic.Bool   // the canvas has been brought up to date since it became hungry
	news    chan struct{} // capacity 1: cursor or masks changed, or the screen went or came
	on      *view         // that it has, nil for the screen's canvas; guarded by the screen's lock
}

// view adds a viewer, which closes itself.
func (s *Screen) view() *viewer {
	v := &viewer{screen: s, stream: s.canvas.NewStream(), news: make(chan struct{}, 1)}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.viewers[v] = true
	return v
}

// want says whether a picture can be taken now.
func (v *viewer) want(hungry bool) {
	if !v.hungry.Swap(hungry) && hungry {
		wake(v.screen.demand)
	}
}

// rest is for a viewer that may not see anything now. What it sees next is
// grabbed after it wants again.
func (v *viewer) rest() {
	v.hungry.Store(false)
	v.current.Store(false)
}

func (v *viewer) close() {
	v.screen.mu.Lock()
	delete(v.screen.viewers, v)
	v.screen.clear()
	v.screen.mu.Unlock()
	v.stream.Close()
}

// wake signals a channel of capacity one.
func wake(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// wanted says whether a viewer can take a picture, and whether one of them has
// not been served since it rested: what the canvas has is of another time then.
func (s *Screen) wanted() (wanted, newcomer bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for v := range s.viewers {
		if v.hungry.Load() {
			wanted = true
			newcomer = newcomer || !v.current.Load()
		}
	}
	return wanted, newcomer
}

// serve tells hungry newcomers that the canvas is up to date.
func (s *Screen) serve() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for v := range s.viewers {
		if v.hungry.Load() && !v.late() && !v.current.Swap(true) {
			wake(v.news)
		}
	}
}

// served says whether any viewer is being shown the canvas.
func (s *Screen) served() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for v := range s.viewers {
		if v.current.Load() {
			return true
		}
	}
	return false
}

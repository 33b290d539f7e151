package inputtest

import (
	"image"
	"slices"
	"sync"

	"telestrator/input"
)

// Shield has windows of ours where a test puts them. Its zero value has none.
// It is safe for concurrent use.
type Shield struct {
	mu      sync.Mutex
	areas   []image.Rectangle
	focused bool
	err     error
	asked   int
}

// Put says where our windows are, and whether one of them has the focus.
func (s *Shield) Put(focused bool, areas ...image.Rectangle) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.areas, s.focused = areas, focused
}

// Fail makes every later question end with this error; nil ends that.
func (s *Shield) Fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.err = err
}

// Asked is how many questions there were.
func (s *Shield) Asked() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked
}

// At says whether one of our windows is there.
func (s *Shield) At(x, y int) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	return slices.ContainsFunc(s.areas, image.Pt(x, y).In), s.err
}

// Focused says whether one of our windows has the focus.
func (s *Shield) Focused() (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	return s.focused, s.err
}

var _ input.Shield = (*Shield)(nil)

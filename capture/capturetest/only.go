package capturetest

import "slices"

// Only implements capture.Only. There are no windows on a Screen: all that is
// painted stays in the picture. It remembers what it was told.
func (s *Screen) Only(windows []uint32, on bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.chosen, s.only = nil, on
	if on {
		s.chosen = slices.Clone(windows)
	}
	s.wake()
	return nil
}

// CanOnly implements capture.Only.
func (s *Screen) CanOnly() error { return nil }

// ShowsOnly tells which windows alone are shown, and whether that is so.
func (s *Screen) ShowsOnly() (windows []uint32, on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.chosen), s.only
}

package capturetest

import "slices"

// Beneath implements capture.Beneath. There are no windows on a Screen that
// could be in the picture; it remembers what it was told.
func (s *Screen) Beneath(windows []uint32) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.beneath = slices.Clone(windows)
	s.wake()
	return nil
}

// CanBeneath implements capture.Beneath.
func (s *Screen) CanBeneath() error { return nil }

// LooksBeneath tells which windows are looked beneath.
func (s *Screen) LooksBeneath() []uint32 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.beneath)
}

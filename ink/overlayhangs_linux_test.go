package ink

import (
	"errors"
	"syscall"
	"testing"
)

// TestServerHangs: a server that does not answer holds Sign up until Run is
// told to end, and Run not at all.
func TestServerHangs(t *testing.T) {
	t.Parallel()
	s := newStage(t, "320x240x24")
	s.sign(calmSign())
	s.d.Signal(t, syscall.SIGSTOP)
	signed := make(chan error, 1)
	go func() { signed <- s.o.Sign(nil) }()
	if err := s.end(); !errors.Is(err, errEnough) {
		t.Errorf("Run: %v", err)
	}
	if err := <-signed; !errors.Is(err, ErrGone) {
		t.Errorf("Sign: %v", err)
	}
}

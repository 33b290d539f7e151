package agentd

import (
	"fmt"

	"telestrator/capture"
)

// choose has pictures made of the chosen windows alone, where the policy has a
// list of them: what else is on the screen is not even read.
func (s *Screen) choose() error {
	if !s.chosen {
		return nil
	}
	source, err := canOnly(s.Source)
	if err != nil {
		return err
	}
	s.windows = s.Guard.Chosen(s.windows[:0])
	if err := source.Only(s.windows, true); err != nil {
		return err
	}
	s.Guard.Compose(s.windows)
	return nil
}

// canOnly says why pictures could not be made of chosen windows alone.
func canOnly(source capture.Source) (capture.Only, error) {
	only, can := source.(capture.Only)
	if !can {
		return nil, fmt.Errorf("agentd: this screen cannot be captured window by window, as privacy.only wants: %w", capture.ErrUnsupported)
	}
	return only, only.CanOnly()
}

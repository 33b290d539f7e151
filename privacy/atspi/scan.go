package atspi

import (
	"context"
	"fmt"
	"time"
)

// Scan asks one program, by its name on the bus, for its windows and secret
// fields as they are now: nothing in the answer is older than the scan's Began.
// Scans of the same program wait for each other.
//
// Its error is ErrNoProgram, ErrGone, ErrNonsense or the context's; then nothing
// is known of the program's windows.
func (b *Bus) Scan(ctx context.Context, name string) (*Scan, error) {
	ctx, done := context.WithTimeout(ctx, scanPatience)
	defer done()
	b.mu.Lock()
	p := b.programs[name]
	b.mu.Unlock()
	if p == nil {
		return nil, fmt.Errorf("%w: %.64q", ErrNoProgram, name)
	}
	if err := p.begin(ctx); err != nil {
		return nil, err
	}
	defer p.end()
	scan, err := p.scan(ctx)
	if err != nil && ctx.Err() != nil {
		p.owe()
	}
	return scan, err
}

func (p *program) scan(ctx context.Context) (*Scan, error) {
	if err := p.identify(ctx); err != nil {
		return nil, err
	}
	s := &sight{p: p, began: time.Now(), nodes: map[ref]*node{}}
	for _, step := range []func(context.Context) error{s.lookForWindows, s.searchWindows, s.lookAtNodes, s.lookAround, s.judge, s.judgeWindows} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	return s.report(), nil
}

package conform

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Case is one conversation.
type Case struct {
	Name    string // groups by slashes; unique
	Section string // of SPEC.md
	user    bool   // somebody must act at the device
	slow    bool   // takes its time: begun first
	alone   bool   // what the user does in it reaches every session
	steps   []step
}

// String is the line of a list of cases.
func (c Case) String() string { return fmt.Sprintf("%s (SPEC.md %s)", c.Name, c.Section) }

// Result is what became of a case.
type Result struct {
	Case       Case
	Err        error // nil: passed
	Skipped    string
	Took       time.Duration
	Transcript string // what was said, without its contents
}

// play plays the steps of a case over a link that is open.
func (c Case) play(p *player) error {
	for _, one := range c.steps {
		if err := one.play(p); err != nil {
			return fmt.Errorf("%s: %w", one, err)
		}
	}
	return nil
}

// Options are what a run needs to know.
type Options struct {
	Parallel int           // connections at a time; 0 is 3
	Patience time.Duration // for whatever is waited for; 0 is 5 s
	Again    int           // times that a case is played again if it fails: for machines that are busy with something else
	Done     func(Result)  // called after each case, by one goroutine at a time
}

const (
	caseWithin = time.Minute // the longest that a case may take
	parallel   = 3
	patience   = 5 * time.Second
)

func (o Options) withDefaults() Options {
	if o.Parallel == 0 {
		o.Parallel = parallel
	}
	if o.Patience == 0 {
		o.Patience = patience
	}
	if o.Done == nil {
		o.Done = func(Result) {}
	}
	return o
}

// finish makes the result of a case that ended so.
func (c Case) finish(began time.Time, p *player, err error) Result {
	r := Result{Case: c, Err: err, Took: time.Since(began)}
	if errors.Is(err, context.DeadlineExceeded) {
		r.Err = fmt.Errorf("took longer than %v: %w", caseWithin, err)
	}
	if p != nil {
		r.Transcript = p.log.String()
	}
	return r
}

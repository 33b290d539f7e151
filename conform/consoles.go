package conform

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"time"
)

// Console is what plays devices against a console.
type Console struct {
	Options
	Listener net.Listener // of our desk; Run closes it
	Pages    fs.FS        // of the console, served beside the desk; nil for one that has its own

	// Open has a console open an address and join by the code in it, and ask to
	// see the screen. What it returns ends that console. Several may be open at
	// a time.
	Open func(ctx context.Context, url, code string) (leave func(), err error)
}

const joinWithin = 20 * time.Second // for the console's offer

// Run plays cases, several at a time, in turns. The results come in the order
// of the cases.
func (c *Console) Run(ctx context.Context, cases []Case) []Result {
	c.Options = c.Options.withDefaults()
	desk := newBoard(c.Listener, c.Pages)
	defer desk.close()
	return runAll(cases, c.Options, func(one Case) Result { return c.play(ctx, desk, one) })
}

// play plays one case with a console that is opened for it.
func (c *Console) play(ctx context.Context, desk *board, one Case) Result {
	ctx, cancel := context.WithTimeout(ctx, caseWithin)
	defer cancel()
	began := time.Now()
	code, visits := desk.expect()
	leave, err := c.Open(ctx, desk.address+"/#"+code, code)
	if err != nil {
		return one.finish(began, nil, fmt.Errorf("the console does not open: %w", err))
	}
	defer leave()
	l, err := c.join(ctx, visits)
	if err != nil {
		return one.finish(began, nil, fmt.Errorf("no connection: %w", err))
	}
	defer l.close()
	p := newPlayer(ctx, l, toConsole)
	p.patience = c.Patience
	return one.finish(began, p, one.play(p))
}

// join waits for the console's offer and answers it.
func (c *Console) join(ctx context.Context, visits <-chan visit) (*link, error) {
	select {
	case v := <-visits:
		l, err := answered(ctx, v)
		if err != nil {
			close(v.answer)
		}
		return l, err
	case <-time.After(joinWithin):
		return nil, errors.New("the console does not come")
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func answered(ctx context.Context, v visit) (*link, error) {
	l, err := newLink()
	if err != nil {
		return nil, err
	}
	answer, err := l.answer(ctx, v.offer)
	if err == nil {
		v.answer <- answer
		if err = l.ready(ctx); err == nil {
			return l, nil
		}
	}
	l.close()
	return nil, err
}

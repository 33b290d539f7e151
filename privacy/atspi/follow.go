package atspi

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
)

// Run follows which programs come and go, until ctx ends, or until the bus or
// its registry has gone, which is ErrGone.
func (b *Bus) Run(ctx context.Context) error {
	ctx, end := context.WithCancel(ctx)
	var asking sync.WaitGroup
	defer asking.Wait()
	defer end()
	for {
		added, err := b.list(ctx)
		if err != nil {
			return err
		}
		for _, p := range added {
			asking.Go(func() { b.introduce(ctx, p) })
		}
		select {
		case <-b.listed:
		case <-b.lost:
			return ErrGone
		case <-b.conn.Context().Done():
			return ErrGone
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// list reads the registry's list, and returns the programs that are new in it.
func (b *Bus) list(ctx context.Context) ([]*program, error) {
	ctx, done := context.WithTimeoutCause(ctx, openPatience, fmt.Errorf("%w: its registry does not answer", ErrGone))
	defer done()
	q := b.questions(ctx)
	q.ask(b.registryRoot(), accessible+"GetChildren")
	answers, err := q.all()
	if err != nil {
		return nil, err
	}
	roots, ok := readRefs(answers[0].body, maxWide)
	if !ok {
		return nil, fmt.Errorf("%w: its list of programs makes no sense", ErrGone)
	}
	return b.update(ctx, followed(roots))
}

// followed are the programs of the registry's list that are followed: the first.
func followed(roots []ref) []ref { return roots[:min(len(roots), maxPrograms)] }

// update makes programs those of the list.
func (b *Bus) update(ctx context.Context, roots []ref) (added []*program, err error) {
	b.mu.Lock()
	for name := range b.programs {
		if !slices.ContainsFunc(roots, func(r ref) bool { return r.name == name }) {
			delete(b.programs, name)
		}
	}
	roots = slices.DeleteFunc(roots, func(r ref) bool { return b.programs[r.name] != nil })
	b.mu.Unlock()
	q := b.questions(ctx)
	for _, r := range roots {
		q.ask(ref{"org.freedesktop.DBus", "/org/freedesktop/DBus"}, "org.freedesktop.DBus.GetConnectionUnixProcessID", r.name)
	}
	answers, err := q.wait()
	if err != nil {
		return nil, err
	}
	for i, r := range roots {
		if pid, ok := only[uint32](answers[i].body); ok {
			added = append(added, b.add(r, int(pid)))
		}
	}
	signal(b.changed)
	return added, nil
}

func (b *Bus) add(r ref, pid int) *program {
	p := newProgram(b, wire{b.conn}, r)
	p.app.PID = pid
	b.mu.Lock()
	defer b.mu.Unlock()
	b.programs[r.name] = p
	return p
}

// introduce asks a program who it is. One that does not answer stays without a
// toolkit; Scan asks again.
func (b *Bus) introduce(ctx context.Context, p *program) {
	ctx, done := context.WithTimeout(ctx, scanPatience)
	defer done()
	if p.begin(ctx) != nil {
		return
	}
	defer p.end()
	if p.identify(ctx) == nil {
		signal(b.changed)
	}
}

func (b *Bus) forget(name string) {
	b.mu.Lock()
	_, was := b.programs[name]
	delete(b.programs, name)
	b.mu.Unlock()
	if was {
		signal(b.changed)
	}
}

// Apps appends the programs there are to dst, in the order of their names. It
// asks nobody. A program is among them as soon as it is known; what it says of
// itself follows.
func (b *Bus) Apps(dst []App) []App {
	b.mu.Lock()
	defer b.mu.Unlock()
	from := len(dst)
	for _, p := range b.programs {
		dst = append(dst, p.app)
	}
	slices.SortFunc(dst[from:], func(x, y App) int { return cmp.Compare(x.Name, y.Name) })
	return dst
}

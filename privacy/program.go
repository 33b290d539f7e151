package privacy

import (
	"context"
	"slices"
	"time"

	"telestrator/privacy/atspi"
)

// program is what is known of one process on the accessibility bus. It may be
// there more than once: with one name for each toolkit that it uses.
type program struct {
	apps   []atspi.App
	manner manner // the latest of them
	links  bool   // it may show pages that are in no tree of its own
	blind  bool   // it does

	scan    *atspi.Scan // the last one, nil before it
	wanted  time.Time   // one is wanted that begins then or later; zero when none is
	running time.Time   // when one began that has not ended
	failed  time.Time   // since when it does not answer, or answers nonsense; zero when it does
	tried   time.Time   // when a scan last ended, or failed
	learned *atspi.Scan // the last one that the windows were told of
	active  time.Time   // when something of its windows last changed
	secret  time.Time   // when it last had a secret that shows
	calm    time.Time   // until then its windows are frozen: a secret may have moved
	frozen  time.Time   // since when; zero while they are not
	dull    int         // scans since something of it changed
	left    region      // places that a field must have left, on the screen
}

func newProgram(apps []atspi.App) *program {
	p := &program{links: links(apps[0].PID)}
	p.become(apps)
	return p
}

// become takes in who the program is.
func (p *program) become(apps []atspi.App) {
	p.apps = slices.Clone(apps)
	p.manner = mannerOf(apps[0].Toolkit)
	for _, app := range apps[1:] {
		p.manner = p.manner.or(mannerOf(app.Toolkit))
	}
}

// want asks for a scan at some time. Who needs a later one than that which
// comes of it asks again.
func (p *program) want(at time.Time) {
	if p.wanted.IsZero() || at.Before(p.wanted) {
		p.wanted = at
	}
}

// since reports whether the last scan that the windows were told of began at some
// time or later.
func (p *program) since(at time.Time) bool { return p.learned != nil && !p.learned.Began.Before(at) }

// patience is how soon a program is asked again that nothing is heard of: less
// and less often.
func (p *program) patience() time.Duration { return silence << min(p.dull, mostDull) }

// mostDull is how often that doubles at most.
const mostDull = 4

// answered reports whether a scan that began at some time or later has ended.
func (p *program) answered(at time.Time) bool { return p.scan != nil && !p.scan.Began.Before(at) }

// offscreen reports whether it has secrets that may come into view.
func (p *program) offscreen() bool {
	return p.learned != nil && slices.ContainsFunc(p.learned.Secrets, func(s atspi.Secret) bool {
		return !s.Showing
	})
}

// stirred hears that something may have changed, and reports whether a scan is
// worth it: when its windows changed shortly before, or are not understood.
func (p *program) stirred(now time.Time, flat bool) bool {
	if now.Sub(p.active) > linger && p.scan != nil && p.ready() && !flat {
		return false
	}
	p.dull = 0
	p.want(latest(now, p.tried.Add(againAfter)))
	return true
}

// ready reports whether the content of all its frames could be searched.
func (p *program) ready() bool {
	for _, f := range p.scan.Frames {
		if !f.Ready {
			return false
		}
	}
	return true
}

// secrets is the number of its secrets that show.
func (p *program) secrets() (n int) {
	if p.scan == nil {
		return 0
	}
	for _, s := range p.scan.Secrets {
		if s.Showing {
			n++
		}
	}
	return n
}

// ask begins a scan if one is due and none is under way.
func (f *fields) ask(p *program, now time.Time) {
	if f.bus == nil || p.wanted.IsZero() || now.Before(p.wanted) || !p.running.IsZero() {
		return
	}
	p.running, p.wanted = now, time.Time{}
	patience := within
	if p.scan == nil {
		patience = budget // it may have to build its tree first
	}
	go f.scan(f.bus, p, p.apps, patience)
}

// scan asks a process by all of its names.
func scan(ctx context.Context, bus asker, apps []atspi.App) (*atspi.Scan, error) {
	all, err := bus.Scan(ctx, apps[0].Name)
	for i := 1; i < len(apps) && err == nil; i++ {
		var more *atspi.Scan
		if more, err = bus.Scan(ctx, apps[i].Name); err == nil {
			all = join(all, more)
		}
	}
	return all, err
}

// join is two scans as one, which says nothing newer than either.
func join(a, b *atspi.Scan) *atspi.Scan {
	all := &atspi.Scan{Began: a.Began, Ended: b.Ended, Frames: slices.Concat(a.Frames, b.Frames), Secrets: slices.Concat(a.Secrets, b.Secrets)}
	for i := len(a.Secrets); i < len(all.Secrets); i++ {
		if s := &all.Secrets[i]; s.Frame >= 0 {
			s.Frame += len(a.Frames)
		}
	}
	return all
}

func (f *fields) scan(bus asker, p *program, apps []atspi.App, patience time.Duration) {
	ctx, stop := context.WithTimeout(context.Background(), patience)
	defer stop()
	s, err := scan(ctx, bus, apps)
	blind := p.links && embeds(apps[0].PID)
	now := time.Now()
	f.mu.Lock()
	defer f.mu.Unlock()
	p.running, p.tried, p.blind = time.Time{}, now, blind
	p.dull++
	if err != nil {
		if p.failed.IsZero() {
			p.failed = now
		}
	} else {
		p.scan, p.failed = s, time.Time{}
		f.answers(now)
		if p.secrets() > 0 {
			p.secret = now
		}
	}
	select {
	case f.answered <- struct{}{}:
	default:
	}
	f.tell()
}

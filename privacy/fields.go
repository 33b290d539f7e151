package privacy

import (
	"context"
	"errors"
	"image"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"telestrator/privacy/atspi"
)

// fields asks the programs of the session for their secret fields, and decides
// from what they say which pixels of their windows may leave, and when. The
// goroutine that releases calls arrange, sift and finish, in this order, within
// one Release; the other methods may be called by any.
type fields struct {
	policy  Unknown
	byPage  bool // rules go by pages
	windows *windows
	session string // address of the D-Bus session
	open    func(session string) (asker, error)
	alarm   *time.Timer // wakes whoever waits for Changed

	watchdog *time.Timer // does so when the bus does not answer

	mu       sync.Mutex // guards what follows
	bus      asker      // nil while there is none
	why      string     // why there is none
	lost     bool       // there was one
	heard    time.Time  // when the bus last answered
	pinging  bool       // it is being asked whether it is there
	doubted  time.Time  // when it was first asked since it answered; zero when it has
	apps     []atspi.App
	programs map[int]*program // by process
	facts    []Window
	marks    []Area        // what is masked
	named    region        // scratch: so, without the reasons
	answered chan struct{} // capacity 1: a scan has ended

	// Of the goroutine that releases.
	plots   []plot
	parts   []*pending
	stage   Picture     // pixels of parts
	staged  image.Point // size of the picture that the parts are of
	past    Picture     // what windows of programs that lag showed in the last Release
	again   region      // of parts that were dropped, to be owed again
	changed region      // where that differs from what they show now
	streaks streaks
}

// asker is the accessibility bus.
type asker interface {
	Run(ctx context.Context) error
	Changed() <-chan struct{}
	Apps(dst []atspi.App) []atspi.App
	Scan(ctx context.Context, name string) (*atspi.Scan, error)
	Ping(ctx context.Context) error
	Close() error
}

const (
	// silence is how long the bus, or a program that is asked, may take to
	// answer. Then nothing is known any more.
	silence = 500 * time.Millisecond

	// within is how long a program may take to answer a scan.
	within = 400 * time.Millisecond

	// budget is how long a new window keeps its place's old picture until its
	// program has been understood. Then nobody can vouch for it.
	budget = 1500 * time.Millisecond

	// linger is how long after a change a program that lags is asked again.
	linger = 2 * time.Second

	// again is how long at least between two scans that nothing calls for but
	// that they may bring news.
	againAfter = 250 * time.Millisecond

	// soon is how long a Release waits for programs to answer.
	soon = 8 * time.Millisecond
)

func newFields(w *windows, session string, unknown Unknown) *fields {
	f := &fields{policy: unknown, windows: w, session: session,
		open:     func(session string) (asker, error) { return atspi.Open(session) },
		programs: map[int]*program{}, answered: make(chan struct{}, 1)}
	f.alarm = time.AfterFunc(time.Hour, f.tell)
	f.watchdog = time.AfterFunc(time.Hour, f.tell)
	f.alarm.Stop()
	f.watchdog.Stop()
	return f
}

// tell wakes whoever waits for Changed.
func (f *fields) tell() { f.windows.tell() }

// run keeps the bus until ctx ends. A bus that is lost is waited for; until it
// is there again everything is masked.
func (f *fields) run(ctx context.Context) {
	defer f.alarm.Stop()
	defer f.watchdog.Stop()
	if f.session == "" && os.Getenv("DBUS_SESSION_BUS_ADDRESS") == "" {
		f.leave(errors.New("privacy: there is no D-Bus session; start agentd in the user's session, or set DBUS_SESSION_BUS_ADDRESS"))
		<-ctx.Done()
		return
	}
	for delay := silence; ; delay = min(2*delay, 5*time.Second) {
		bus, err := f.open(f.session)
		if err == nil {
			f.enter(bus)
			f.windows.x.announce(f.session)
			delay = silence
			err = f.follow(ctx, bus)
			_ = bus.Close()
		}
		f.leave(err)
		select {
		case <-ctx.Done():
			return
		case <-time.After(delay):
		}
	}
}

// enter takes in a bus that has come.
func (f *fields) enter(bus asker) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.bus, f.why, f.heard, f.doubted = bus, "", time.Now(), time.Time{}
	f.programs = map[int]*program{}
	f.refresh()
	f.tell()
}

// leave notes that there is no bus.
func (f *fields) leave(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.lost = f.lost || f.bus != nil
	f.programs = map[int]*program{}
	f.bus, f.why = nil, strings.TrimPrefix(err.Error(), "atspi: ")
	if f.lost {
		f.why = "The accessibility bus, over which programs tell of their password fields, does not answer. It is looked for again."
	}
	f.tell()
}

// follow hears a bus until it or ctx ends.
func (f *fields) follow(ctx context.Context, bus asker) error {
	ended := make(chan error, 1)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() { ended <- bus.Run(ctx) }()
	for {
		select {
		case err := <-ended:
			return err
		case <-bus.Changed():
			f.stirred()
		}
	}
}

// stirred hears that programs came or went, or say that something of them changed.
func (f *fields) stirred() {
	f.mu.Lock()
	defer f.mu.Unlock()
	news, now := f.refresh(), time.Now()
	for pid, p := range f.programs {
		if p.stirred(now, f.flat(pid)) {
			news = true
		}
	}
	if news {
		f.tell()
	}
}

// refresh brings the programs in line with those on the bus, and reports whether
// any came or went.
func (f *fields) refresh() (news bool) {
	f.apps = f.bus.Apps(f.apps[:0])
	there := make(map[int][]atspi.App, len(f.apps))
	for _, app := range f.apps {
		if app.PID > 0 {
			there[app.PID] = append(there[app.PID], app)
		}
	}
	for pid, apps := range there {
		switch p := f.programs[pid]; {
		case p == nil || !slices.EqualFunc(p.apps, apps, sameName):
			f.programs[pid] = newProgram(apps)
			news = true
		case !slices.Equal(p.apps, apps): // now it is known what it is
			p.become(apps)
		}
	}
	for pid := range f.programs {
		if there[pid] == nil {
			delete(f.programs, pid)
			news = true
		}
	}
	return news
}

func sameName(a, b atspi.App) bool { return a.Name == b.Name }

// flat reports whether a process has a window that is masked for what it said,
// or did not say.
func (f *fields) flat(pid int) bool {
	return slices.ContainsFunc(f.facts, func(w Window) bool { return w.PID == pid && w.Why != "" })
}

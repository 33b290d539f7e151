package privacy

import (
	"context"
	"image"
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

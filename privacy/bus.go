package privacy

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"time"

	"telestrator/privacy/atspi"
)

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

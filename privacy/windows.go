package privacy

import (
	"context"
	"errors"
	"fmt"
	"image"
	"sync"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// windows is the tracker of windows on an X display. Run feeds the server's
// events to the model in their order. To know that the model has caught up with
// the screen, end sends an event through the server to ourselves: when it comes
// back, everything that happened before is in the model.
type windows struct {
	x       *connection
	changed chan<- struct{} // capacity 1: masks may have changed
	caught  chan struct{}   // capacity 1: the event of end came back
	ended   chan struct{}   // closed when run returns

	mu      sync.Mutex // guards what follows
	running bool
	begun   bool // a span is open
	model   *model
	found   []image.Rectangle // the masks when end's event came back
	under   []image.Rectangle // scratch of hides
	awaited int               // marks of rebuild still under way
}

// Open connects to an X display, or to that of the environment where the name
// is empty. Nothing is followed before Run.
func Open(display string, p Policy) (*Guard, error) {
	g, err := NewFixed(p)
	if err != nil {
		return nil, err
	}
	rules, err := compile(p.Windows)
	if err != nil {
		return nil, err
	}
	x, err := dial(display)
	if err != nil {
		return nil, fmt.Errorf("privacy: open display %q: %w", display, err)
	}
	g.trackers = append(g.trackers, &windows{
		x:       x,
		changed: g.changed,
		caught:  make(chan struct{}, 1),
		ended:   make(chan struct{}),
		model:   newModel(rules, x, x.root),
	})
	return g, nil
}

var (
	errNotRunning = errors.New("privacy: windows are not followed yet; release again after Changed")
	errNotBegun   = errors.New("privacy: release without begin")
)

// run follows the windows. The goroutine that reads events does nothing else:
// replies come after events on the same connection, so events must never wait
// for us while we wait for a reply.
func (w *windows) run(ctx context.Context) error {
	events := make(chan xgb.Event, maxEvents)
	var pump sync.WaitGroup
	pump.Go(func() { w.x.pump(events) })
	err := w.follow(ctx, events)
	w.mu.Lock()
	w.running = false
	w.mu.Unlock()
	close(w.ended)
	w.close()
	pump.Wait()
	return err
}

// follow keeps the model up to date until ctx ends or no more events come.
func (w *windows) follow(ctx context.Context, events <-chan xgb.Event) error {
	if err := w.start(); err != nil {
		return err
	}
	calm := time.NewTimer(settle)
	defer calm.Stop()
	for {
		select {
		case ev, open := <-events:
			if !open {
				return fmt.Errorf("%w: %s", ErrGone, w.x.why())
			}
			if w.take(ev, len(events) == 0) {
				calm.Reset(w.model.settle)
				w.tell()
			}
		case <-calm.C: // what had to settle has settled
			w.tell()
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// start reads the windows that are there.
func (w *windows) start() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.running = true
	w.tell()
	return w.rebuild()
}

// rebuild reads all windows anew. Events of before are thrown away: take waits
// for the mark that is sent here.
func (w *windows) rebuild() error {
	w.awaited++
	w.x.send(markRebuild)
	ids, err := w.x.children()
	if err != nil {
		return fmt.Errorf("%w: %w", ErrGone, err)
	}
	w.model.composited = w.x.composited()
	w.model.rebuild(ids)
	w.model.refresh()
	return nil
}

// tell wakes whoever waits for Changed.
func (w *windows) tell() {
	select {
	case w.changed <- struct{}{}:
	default:
	}
}

func (w *windows) close() { w.x.close() }

func (w *windows) begin() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.begun = true
	w.model.begin()
}

func (w *windows) end(dst []image.Rectangle) ([]image.Rectangle, error) {
	if err := w.catchUp(); err != nil {
		return nil, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return append(dst, w.found...), nil
}

// catchUp returns when the model knows all that happened on the screen until
// now. This is the one round trip of a release.
func (w *windows) catchUp() error {
	w.mu.Lock()
	running, begun := w.running, w.begun
	w.begun = false
	w.mu.Unlock()
	switch {
	case !running:
		return w.notRunning()
	case !begun:
		return errNotBegun
	}
	w.x.send(markEnd)
	select {
	case <-w.caught:
		return nil
	case <-w.ended:
		return ErrGone
	}
}

// notRunning says whether following windows has ended or not begun.
func (w *windows) notRunning() error {
	select {
	case <-w.ended:
		return ErrGone
	default:
		return errNotRunning
	}
}

func (w *windows) hides(p image.Point) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.under = w.model.masks(w.under[:0])
	return !w.running || contains(w.under, p)
}

// take understands one event, the last one for now or not, and reports whether
// masks may have changed.
func (w *windows) take(ev xgb.Event, last bool) (changed bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	m := w.model
	if e, ours := ev.(xproto.ClientMessageEvent); ours {
		w.mark(e)
	} else if w.awaited == 0 {
		w.understand(ev)
	}
	if m.outdated && w.rebuild() != nil {
		return false // the connection has ended; the next event says so
	}
	if last {
		m.refresh()
	}
	changed, m.dirty = m.dirty, false
	return changed
}

func (w *windows) understand(ev xgb.Event) {
	switch e := ev.(type) {
	case xproto.PropertyNotifyEvent:
		if w.x.describes(e.Atom) {
			w.model.property(e, w.x.number(e.Sequence))
		}
	case extensionEvent:
		w.extension(e)
	default:
		w.model.apply(ev)
	}
}

// mark understands an event of our own.
func (w *windows) mark(e xproto.ClientMessageEvent) {
	switch w.x.markOf(e) {
	case markRebuild:
		w.awaited--
	case markEnd:
		m := w.model
		m.refresh()
		w.found = m.masks(w.found[:0])
		if m.stirred == m.span {
			w.tell() // the next span may show what this one had to hide
		}
		w.caught <- struct{}{}
	}
}

// extension understands an event of an extension.
func (w *windows) extension(e extensionEvent) {
	if id, ok := w.x.shapeChanged(e); ok {
		w.model.shaped(id)
	}
	if owned, ok := w.x.compositorChanged(e); ok && owned != w.model.composited {
		w.model.composited = owned
		w.model.stir()
	}
}

package privacy

import (
	"context"
	"errors"
	"fmt"
	"image"
	"slices"
	"sync"
	"time"

	"github.com/jezek/xgb"
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
	plots   []plot            // the windows then that no rule hides
	ruled   []plot            // so those that one hides
	stirred time.Time         // when a window last came, went, or moved
	vacated []image.Rectangle // places that windows left in the span
	under   []image.Rectangle // scratch of hides
	awaited int               // marks of rebuild still under way
}

// Open connects to an X display, or to that of the environment where the name
// is empty. Bus is the address of the D-Bus session whose programs are asked for
// their password fields, or that of the environment where it is empty. Nothing
// is followed before Run.
func Open(display, bus string, p Policy) (*Guard, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	g := &Guard{changed: make(chan struct{}, 1)}
	x, err := dial(display)
	if err != nil {
		return nil, fmt.Errorf("privacy: open display %q: %w", display, err)
	}
	w := &windows{
		x:       x,
		changed: g.changed,
		caught:  make(chan struct{}, 1),
		ended:   make(chan struct{}),
		model:   newModel(nil, x, x.root),
	}
	if err := w.model.adoptRules(p); err != nil {
		x.close()
		return nil, err
	}
	w.model.asks = true
	g.fixed, g.trackers = slices.Clone(p.Rects), append(g.trackers, w)
	g.fields = newFields(w, bus, p.Unknown)
	g.fields.byPage = w.model.rules.byPage() || w.model.trust.byPage() || w.model.only.byPage()
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

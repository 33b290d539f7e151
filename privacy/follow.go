package privacy

import (
	"context"
	"fmt"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

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
		w.describe()
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

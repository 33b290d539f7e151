//go:build linux

package main

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"telestrator/capture"
	"telestrator/capture/capturetest"
	"telestrator/privacy/leaktest"
)

// witness looks at the screen itself, sixty times a second.
type witness struct {
	source capture.Source
	since  atomic.Int64 // when the secret was first seen, of now; 0 when it is not there
}

// stale is how old a picture may be when it is decoded.
const stale = 250 * time.Millisecond

// shows reports whether the screen has shown the secret for so long that a
// picture decoded now was taken of it.
func (w *witness) shows() bool {
	since := w.since.Load()
	return since != 0 && time.Since(time.UnixMicro(since)) > stale
}

func watchSecret(t *testing.T, d *capturetest.Display) *witness {
	t.Helper()
	source, err := capture.Open(d.Name())
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	w := &witness{source: source}
	var run sync.WaitGroup
	run.Go(func() { source.Run(ctx) })
	run.Go(func() { w.run(ctx) })
	t.Cleanup(func() { stop(); run.Wait(); source.Close() })
	return w
}

func (w *witness) run(ctx context.Context) {
	tick := time.NewTicker(time.Second / 60)
	defer tick.Stop()
	var f capture.Frame
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if w.source.Grab(&f) != nil || len(f.Damage) == 0 {
			continue
		}
		switch there := leaktest.Bears(f.Pix, f.Stride, f.Size); {
		case !there:
			w.since.Store(0)
		case w.since.Load() == 0:
			w.since.Store(time.Now().UnixMicro())
		}
	}
}

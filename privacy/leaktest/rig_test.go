//go:build linux

package leaktest_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"telestrator/capture"
	"telestrator/capture/capturetest"
	"telestrator/encode"
	"telestrator/privacy"
	"telestrator/privacy/leaktest"
	"telestrator/protocol"
)

// rig is what lies between a screen and what a console shows of it, without the
// wire: capture, Guard, canvas, stream and decoder.
type rig struct {
	t        *testing.T
	source   capture.Source
	guard    *privacy.Guard
	canvas   *encode.Canvas
	stream   *encode.Stream
	decoder  *encode.Decoder
	frame    capture.Frame
	updates  []protocol.Update
	bearing  bool // of the last grab something was released, and it showed the secret
	geometry uint32
	grabs    atomic.Int64
	tally    *leaktest.Tally
}

// newRig opens a display, with the Guard given or one that shows everything.
func newRig(t *testing.T, d *capturetest.Display, guard *privacy.Guard) *rig {
	t.Helper()
	source, err := capture.Open(d.Name())
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{t: t, source: source, guard: guard, canvas: encode.NewCanvas(), decoder: encode.NewDecoder(),
		tally: &leaktest.Tally{Folder: t.ArtifactDir()}}
	r.stream = r.canvas.NewStream()
	r.stream.Use(true, true)
	return r
}

// run grabs and releases 60 times a second until ctx ends.
func (r *rig) run(ctx context.Context) {
	var watches sync.WaitGroup
	watches.Go(func() { r.source.Run(ctx) })
	watches.Go(func() { r.guard.Run(ctx) })
	defer watches.Wait()
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := r.grab(); err != nil && ctx.Err() == nil {
				if errors.Is(err, privacy.ErrGone) || errors.Is(err, capture.ErrGone) {
					r.t.Errorf("after %d grabs: %v", r.grabs.Load(), err)
					return
				}
				continue // such as a Guard that has not begun
			}
			r.show()
		}
	}
}

// grab takes one picture through the Guard into the canvas.
func (r *rig) grab() error {
	r.guard.Begin()
	if err := r.source.Grab(&r.frame); err != nil {
		return err
	}
	f := &r.frame
	r.grabs.Add(1)
	picture, news, err := r.guard.Release(f.Pix, f.Stride, f.Size, f.Damage, f.Reset)
	if err != nil {
		return err
	}
	if f.Reset {
		r.geometry++
	}
	r.bearing = len(news) > 0 && leaktest.Bears(f.Pix, f.Stride, f.Size)
	r.canvas.Compare(picture, news, encode.Geometry{Generation: r.geometry, Monitors: f.Monitors})
	return nil
}

// show decodes what a console would be sent now, and counts it.
func (r *rig) show() {
	var err error
	if r.updates, err = r.stream.Next(r.updates[:0]); err != nil {
		r.t.Error(err)
		return
	}
	for i := range r.updates {
		if err := r.decoder.Decode(&r.updates[i]); err != nil {
			r.t.Error(err)
		}
	}
	if len(r.updates) > 0 {
		r.tally.Picture(r.decoder.Picture(), r.bearing)
	}
}

package privacy

import (
	"context"
	"image"
	"sync"
	"testing"
	"time"

	"telestrator/privacy/atspi"
)

// TestHammer calls everything at the same time, for the race detector: the bus
// comes and goes, programs and windows too, while others ask and answer.
func TestHammer(t *testing.T) {
	t.Parallel()
	o := chromium()
	s := openScene(t, Policy{Unknown: Ask, Shown: []WindowRule{{Class: "Terminal"}}, Only: []WindowRule{{Title: "form"}}}, o,
		func(string) (asker, error) { return o, nil })
	w, _ := s.form()
	p := newPainter(t, s.Conn(t))
	end := time.Now().Add(3 * time.Second)
	var all sync.WaitGroup
	again := func(pause time.Duration, do func(i int)) {
		all.Go(func() {
			for i := 0; time.Now().Before(end); i++ {
				do(i)
				time.Sleep(pause)
			}
		})
	}
	again(time.Millisecond, func(int) { s.g.Facts(); s.g.Tracking() })
	again(time.Millisecond, func(int) { s.g.Areas(nil); s.g.Masked(nil); s.g.Chosen(nil) })
	again(time.Millisecond, func(i int) { s.g.CursorHidden(image.Pt(i%320, i%200)) })
	again(2*time.Millisecond, func(int) { s.g.Show(uint32(w)) })
	again(3*time.Millisecond, func(int) {
		ctx, stop := context.WithTimeout(context.Background(), 50*time.Millisecond)
		s.g.Focus(ctx)
		stop()
	})
	again(20*time.Millisecond, func(i int) { s.g.Ignore([]uint32{uint32(w) + uint32(i%2)*1000}) })
	again(5*time.Millisecond, func(i int) {
		o.change(func(f *atspi.Secret) { f.Area, f.Focused = fieldArea.Add(image.Pt(0, i%3)), i%2 == 0 })
		p.move(w, formArea.Min.Add(image.Pt(i%20, 0)))
		p.sync()
	})
	again(50*time.Millisecond, func(i int) {
		o.set(func(o *oracle) { o.apps[0].Toolkit = atspi.Toolkit(i % 6) })
	})
	again(700*time.Millisecond, func(int) {
		select {
		case o.end <- errOracle:
		default:
		}
	})
	for time.Now().Before(end) {
		s.g.Begin()
		s.grab()
		if _, _, err := s.g.Release(s.m.pix, s.m.stride, s.m.size, []image.Rectangle{s.m.bounds()}, false); err != nil {
			t.Error(err)
			break
		}
	}
	all.Wait()
}

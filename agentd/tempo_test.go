package agentd

import (
	"testing"
	"time"
)

// Pictures of a source that is at most as fast as the tempo never wait, however
// unevenly they come; those of a faster one are held to it.
func TestTempo(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		every  time.Duration
		jitter time.Duration // every second one is so much late
		most   int           // pictures in a second
		waits  bool
	}{
		{"a quiet screen", time.Second, 0, 1, false},
		{"60 a second", pictureEvery, 0, 61, false},
		{"60 a second, unevenly", pictureEvery, 12 * time.Millisecond, 61, false},
		{"240 a second", pictureEvery / 4, 0, 68, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var p tempo
			begin := time.Unix(0, 0)
			pictures, waited, now := 0, false, begin
			for n := 0; ; n++ {
				at := begin.Add(time.Duration(n) * c.every).Add(time.Duration(n%2) * c.jitter)
				if at.After(now) {
					now = at
				}
				if wait := p.wait(now); wait > 0 {
					waited = true
					now = now.Add(wait)
				}
				if !now.Before(begin.Add(time.Second)) {
					break
				}
				p.took(now)
				pictures++
			}
			if pictures > c.most || waited != c.waits {
				t.Errorf("%d pictures, at most %d; waited %v", pictures, c.most, waited)
			}
		})
	}
}

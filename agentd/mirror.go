package agentd

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"telestrator/agentd/panel"
	"telestrator/privacy"
	"telestrator/protocol"
)

// What the user's own view costs at most.
const (
	mirrorEvery = 250 * time.Millisecond // between two pictures
	mirrorShare = 10                     // it works a tenth of the time
	mirrorIdle  = 5 * time.Second        // without a request it ends
)

// mirror shows the user what agents are shown. It has a stream of its own on
// their canvas, and decodes what that sends: what the user sees has gone through
// the same encoder and decoder. It only looks on: the screen is never grabbed for
// it, and no agent waits for it.
//
// While the user pauses, or the screen is gone, the canvas stands still, and so
// does the picture.
type mirror struct {
	screen *Screen
	log    *slog.Logger
	eyes   func() eyes
	asked  chan struct{} // capacity 1: somebody looks

	mu      sync.Mutex
	looked  time.Time // last request
	number  uint64    // of the last picture there was
	picture panel.Picture
	news    chan struct{} // closed when picture changes
}

// eyes are what the first agent who sees the screen can decode.
type eyes struct{ open, copies, jpeg bool }

func newMirror(screen *Screen, log *slog.Logger, eyes func() eyes) *mirror {
	return &mirror{screen: screen, log: log, eyes: eyes, asked: make(chan struct{}, 1), news: make(chan struct{})}
}

// look returns the newest picture once it has another number than after; none
// when ctx ends first.
func (m *mirror) look(ctx context.Context, after uint64) (panel.Picture, error) {
	for {
		if !m.eyes().open {
			return panel.Picture{}, &panel.Refusal{ID: "not_seen", Message: "Nobody sees your screen, so there is nothing to show."}
		}
		m.mu.Lock()
		m.looked = time.Now()
		picture, news := m.picture, m.news
		m.mu.Unlock()
		wake(m.asked)
		if picture.Number != 0 && picture.Number != after {
			return picture, nil
		}
		select {
		case <-news:
		case <-ctx.Done():
			return panel.Picture{}, nil
		}
	}
}

// run shows pictures to whoever looks, until ctx ends.
func (m *mirror) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-m.asked:
			if err := m.show(ctx); err != nil {
				m.log.Error("what agents see cannot be shown", "why", err)
			}
		}
	}
}

// show makes pictures while somebody looks and there is something to see.
func (m *mirror) show(ctx context.Context) error {
	g := newGlass(m.screen.canvas, m.eyes())
	defer g.stream.Close()
	pace := time.NewTimer(0)
	defer pace.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-pace.C:
		}
		if !m.goesOn(g.eyes) {
			return nil
		}
		began := time.Now()
		if err := m.take(g); err != nil {
			return err
		}
		pace.Reset(max(mirrorEvery, mirrorShare*time.Since(began)))
	}
}

// goesOn says whether the same eyes still see, and somebody still looks. Other
// eyes begin anew.
func (m *mirror) goesOn(same eyes) bool {
	now := m.eyes()
	switch {
	case !now.open, !m.wanted():
		m.publish(panel.Picture{})
		return false
	case now != same:
		wake(m.asked)
		return false
	}
	return true
}

// wanted says whether somebody still looks.
func (m *mirror) wanted() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return time.Since(m.looked) < mirrorIdle
}

// take publishes what the canvas has, if that is new. Until an agent has been
// shown something, the canvas has a picture of another time.
func (m *mirror) take(g *glass) error {
	g.begun = g.begun || m.screen.served()
	if !g.begun {
		return nil
	}
	changed, err := g.read()
	if err != nil || !changed {
		return err
	}
	p := panel.Picture{}
	if p.PNG, err = g.png(); err != nil {
		return err
	}
	if guard := m.screen.guard.Load(); guard != nil {
		p.Private = hiddenAreas(guard.Areas(nil)) // after the picture: if they are newer, so will be the next one
	}
	m.publish(p)
	return nil
}

// hiddenAreas are what is hidden, as the panel tells it.
func hiddenAreas(areas []privacy.Area) []panel.Private {
	told := make([]panel.Private, len(areas))
	for i, a := range areas {
		told[i] = panel.Private{Area: a.Rect, Why: reasons[a.Reason]}
	}
	return told
}

var reasons = map[privacy.Reason]string{privacy.SecretField: panel.PrivateField,
	privacy.HiddenWindow: panel.PrivateWindow, privacy.UnknownWindow: panel.PrivateUnsure}

// publish makes p the picture, or says that there is none.
func (m *mirror) publish(p panel.Picture) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(p.PNG) > 0 {
		m.number++
		p.Number = m.number
	}
	m.picture = p
	close(m.news)
	m.news = make(chan struct{})
}

// View shows the user what agents are shown.
func (d *Daemon) View(ctx context.Context, after uint64) (panel.Picture, error) {
	return d.mirror.look(ctx, after)
}

// eyes are those of the first session that sees the screen.
func (d *Daemon) eyes() eyes {
	for _, s := range d.present() {
		if e := s.eyes(); e.open {
			return e
		}
	}
	return eyes{}
}

// eyes are what the session sees with, closed as long as it may not.
func (s *Session) eyes() eyes {
	s.mu.Lock()
	defer s.mu.Unlock()
	return eyes{open: s.consent.held&protocol.View != 0,
		copies: slices.Contains(s.caps, protocol.CapabilityCopy), jpeg: slices.Contains(s.caps, protocol.CapabilityJPEG)}
}

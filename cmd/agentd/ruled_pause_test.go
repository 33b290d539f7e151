package main

import (
	"fmt"
	"image"
	"strconv"
	"testing"

	"telestrator/agentd/panel"
	"telestrator/peer"
	"telestrator/privacy"
)

// between is the colour of what is on the screen only while it is paused.
const between = 0x10c020

// TestRuledPause pauses while the screen never stands still: the last picture is
// of before, nothing but pings is sent in between, whatever happens on the
// screen, and what comes afterwards has nothing of it.
func TestRuledPause(t *testing.T) {
	r := newRuled(t, strict)
	app := startLiar(t, r.display, r.session)
	app.move(100, 100)
	r.o.clear(bars(100, 100))
	r.o.mu.Lock()
	look, seen := r.o.seen, false
	r.o.seen = func(p *image.RGBA) { look(p); seen = seen || share(p, p.Rect, between) > 0 }
	r.o.mu.Unlock()
	heard := r.listen()

	r.o.d.call("POST", "/api/pause", nil, nil)
	heard.pings(2) // what was on its way has come
	heard.others = nil
	last := r.o.picture()
	r.bustle(app)
	heard.pings(2)
	if len(heard.others) > 0 {
		t.Errorf("while it was paused, %d messages came that are no pings: %v", len(heard.others), heard.others)
	}
	if n, where := differences(r.o.picture(), last); n != 0 {
		t.Errorf("while it was paused, %d pixels of the picture changed, in %v", n, where)
	}
	r.o.d.call("POST", "/api/resume", nil, nil)
	r.o.until("resumed", func() bool { return r.o.decoder.Picture().Rect.Size() == image.Pt(900, 700) })
	r.o.clear(bars(130, 120))
	r.o.meanwhile()
	r.o.mu.Lock()
	if seen {
		t.Error("a picture has something of what was on the screen only while it was paused")
	}
	r.o.mu.Unlock()
	r.o.saw(t)
}

// bustle changes all that agents are told of, and takes most of it back.
func (r *ruled) bustle(app *liar) {
	r.t.Helper()
	c := r.session.Start(r.t, r.display.Name(), "xterm", "-T", "Between", "-geometry", "40x10+400+300", "-bg", "#10c020", "-e", "sleep", "1000")
	comesUp(r.t, r.display, "Between")
	o := observe(r.t, r.display)
	at := r.place("Between")
	wait(r.t, "painted", func() bool { return o.pixel(at.Max.X-9, at.Max.Y-9) == between })
	for i := range 5 {
		app.do("vanish")
		app.move(100+6*i, 100+4*i)
		app.do("appear")
		r.display.Run(r.t, "xdotool", "mousemove", strconv.Itoa(100+60*i), "200", "set_window", "--name", fmt.Sprint("Balance ", i), app.window)
	}
	app.move(130, 120)
	_ = c.Process.Kill()
	wait(r.t, "gone", func() bool { return !shown(r.display, "Between") })
	r.display.Resize(r.t, image.Pt(900, 700))
}

// hearing is what comes to an agent.
type hearing struct {
	r      *ruled
	count  int      // of pings
	others []string // what is none
}

func (r *ruled) listen() *hearing {
	h := &hearing{r: r}
	r.o.mu.Lock()
	defer r.o.mu.Unlock()
	r.o.heard = func(m peer.Message) {
		if m.Channel == peer.Ping {
			h.count++
		} else {
			h.others = append(h.others, fmt.Sprintf("%d bytes on %v", len(m.Data), m.Channel))
		}
	}
	return h
}

// pings waits for n more.
func (h *hearing) pings(n int) {
	h.r.t.Helper()
	h.r.o.mu.Lock()
	most := h.count + n
	h.r.o.mu.Unlock()
	h.r.o.until("pinged", func() bool { return h.count >= most })
}

// TestRuledUnknown shows windows of which nobody can say whether they have
// secrets, as the policy wants it.
func TestRuledUnknown(t *testing.T) {
	display, session := secretDesk(t)
	tick(t, display, session)
	for _, policy := range []string{"flat", "ask", "allow"} {
		t.Run(policy, func(t *testing.T) {
			d := startDemo(t, "--display", display.Name(), "--config", configured(t, "privacy: {terminals: false, shown: [{title: ^Tick$}], unknown: "+policy+"}\n"))
			r := &ruled{t, display, session, d.lookOn(t, display)}
			if policy != "allow" {
				r.secretly("Other", panel.WindowUnsure, "xterm", terminal("Other")...)
				session.Start(t, display.Name(), "xterm", terminal("Another")...)
			}
			session.Start(t, display.Name(), "xterm", "-T", "Mine", "-geometry", "20x5+600+500", "-bg", "#10c020", "-e", "sleep", "1000")
			comesUp(t, display, "Mine")
			at := r.place("Mine").Inset(20)
			if policy != "allow" {
				r.o.until("flat", func() bool { return share(r.o.decoder.Picture(), at, privacy.Grey) == 1 })
				d.shows("unsure", func(s panel.State) bool { return stateOf(s, "Mine") == panel.WindowUnsure })
			}
			if policy == "ask" {
				d.call("POST", fmt.Sprintf("/api/windows/%d/show", idOf(d.state(), "Mine")), nil, nil)
			}
			if policy != "flat" {
				r.o.until("seen", func() bool { return share(r.o.decoder.Picture(), at, between) > 0.5 })
			}
			if policy != "allow" {
				r.o.saw(t)
			}
		})
	}
}

// idOf is the number of a window in the panel.
func idOf(s panel.State, title string) uint32 {
	for _, w := range s.Privacy.Windows {
		if w.Title == title {
			return w.ID
		}
	}
	return 0
}

package main

import (
	"image/png"
	"os"
	"slices"
	"time"

	"telestrator/peer"
	"telestrator/protocol"
)

// report is what probe prints at the end.
type report struct {
	Frames    int               `json:"frames"`  // pictures shown
	Seconds   float64           `json:"seconds"` // from the first picture to the end
	FPS       float64           `json:"fps"`
	Bytes     uint64            `json:"bytes"`    // of messages from the device
	Channels  map[string]uint64 `json:"channels"` // the same by channel
	Messages  map[string]int    `json:"messages"` // from the device, by channel
	RoundTrip quantiles         `json:"round_trip_ms"`
	Scopes    []string          `json:"scopes"` // held at the end
	Paused    int               `json:"paused"` // 0 runs, 1 by the user, 2 the screen is gone
	Masks     masks             `json:"masks"`
	Width     int               `json:"width"`
	Height    int               `json:"height"`
	Part      [4]int            `json:"part"`   // x, y, width, height of what the last picture shows of the screen
	Errors    map[string]int    `json:"errors"` // errors and byes by reason
}

// masks is what the device said of the areas that it hides.
type masks struct {
	Messages   int `json:"messages"`
	Most       int `json:"most"`       // areas in one of them
	Last       int `json:"last"`       // areas in the newest
	Protection int `json:"protection"` // 0 no fields are found, 1 they are, 2 chosen windows only
}

type quantiles struct {
	P50 float64 `json:"p50"`
	P95 float64 `json:"p95"`
}

// stats counts while the session runs.
type stats struct {
	began       time.Time
	now         func() time.Time // of the session
	frames      int
	first, last time.Time
	bytes       uint64
	byChannel   map[string]uint64
	messages    map[string]int
	errors      map[string]int
	masks       int // messages
	mostMasks   int // areas in one of them
	asked       protocol.Ping
	askedAt     time.Time
	trips       []float64 // ms
}

// maxTrips bounds the round trips kept: an hour of them.
const maxTrips = 7200

func newStats() stats {
	return stats{began: time.Now(), now: time.Now, byChannel: map[string]uint64{}, messages: map[string]int{}, errors: map[string]int{}}
}

func (s *stats) count(m peer.Message) {
	s.bytes += uint64(len(m.Data))
	s.byChannel[m.Channel.String()] += uint64(len(m.Data))
	s.messages[m.Channel.String()]++
}

func (s *stats) frame() {
	if s.frames++; s.frames == 1 {
		s.first = s.now()
	}
}

func (s *stats) end() { s.last = s.now() }

func (s *stats) ping() *protocol.Ping {
	s.asked = protocol.Ping{Number: s.asked.Number + 1, Time: uint64(time.Since(s.began).Microseconds())}
	s.askedAt = s.now()
	return &s.asked
}

func (s *stats) pong(m *protocol.Ping) {
	if m.Number == s.asked.Number && len(s.trips) < maxTrips {
		s.trips = append(s.trips, s.now().Sub(s.askedAt).Seconds()*1000)
	}
}

func (v *viewer) report() report {
	s := &v.stats
	r := report{Frames: s.frames, Bytes: s.bytes, Channels: s.byChannel, Messages: s.messages, Errors: s.errors,
		Scopes: v.grants.Scopes.Names(), Paused: int(v.paused.Why),
		Masks: masks{s.masks, s.mostMasks, len(v.masks.Areas) / 5, int(v.masks.Protection)}}
	if s.frames > 0 {
		r.Seconds = max(s.last.Sub(s.first).Seconds(), 0)
		r.FPS = float64(s.frames) / max(r.Seconds, 0.001)
	}
	slices.Sort(s.trips)
	if n := len(s.trips); n > 0 {
		r.RoundTrip = quantiles{s.trips[n/2], s.trips[n*95/100]}
	}
	size := v.decoder.Picture().Bounds().Size()
	part := v.decoder.Geometry().Part
	r.Width, r.Height, r.Part = size.X, size.Y, [4]int{part.Min.X, part.Min.Y, part.Dx(), part.Dy()}
	return r
}

// save writes the last picture where it is wanted.
func (o *options) save(v *viewer) error {
	if o.PNG == "" && o.Raw == "" {
		return nil
	}
	picture := v.decoder.Picture()
	if o.Raw != "" {
		if err := os.WriteFile(o.Raw, picture.Pix, 0o600); err != nil {
			return usage{err}
		}
	}
	if o.PNG == "" || picture.Rect.Empty() {
		return nil
	}
	file, err := os.OpenFile(o.PNG, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return usage{err}
	}
	defer file.Close()
	return png.Encode(file, picture)
}

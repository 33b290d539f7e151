package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"telestrator/peer"
	"telestrator/protocol"
)

var (
	errSpeed = errors.New("--speed takes 0 to 1000; 0 does not wait at all")
	errLine  = errors.New("--desk and --code are needed, or --replay")
)

// maxSpeed bounds --speed.
const maxSpeed = 1000

// silence is the connection of a replay: what the console would say goes nowhere.
type silence struct{ peer.Conn }

func (silence) Send(peer.Channel, []byte) error { return nil }

// play decodes a recording as if it came from a device, and reports in the times
// of the recording, however it ends.
func (o *options) play(ctx context.Context, tell func(report) error) error {
	if !(o.Speed >= 0 && o.Speed <= maxSpeed) {
		return usage{errSpeed}
	}
	file, err := os.Open(o.Replay)
	if err != nil {
		return usage{err}
	}
	defer file.Close()
	recording, err := protocol.NewRecordingReader(bufio.NewReader(file))
	if err != nil {
		return usage{fmt.Errorf("%s: %w", o.Replay, err)}
	}
	v := newViewer(o.Name, protocol.View)
	v.conn = silence{}
	r := replay{viewer: v, speed: o.Speed, began: time.Now()}
	v.stats.now = func() time.Time { return r.began.Add(r.time) }
	err = r.run(ctx, recording)
	v.stats.end()
	return errors.Join(err, o.save(v), tell(v.report()))
}

// replay is a recording that is played.
type replay struct {
	*viewer
	speed float64
	began time.Time
	time  time.Duration // of the record that is played
	heard bool          // something of the device's has been played
}

// run plays all records. A recording that ends with a bye ends well.
func (r *replay) run(ctx context.Context, recording *protocol.RecordingReader) error {
	for {
		record, err := recording.Next()
		if err != nil {
			return ended(err)
		}
		if err := r.wait(ctx, time.Duration(record.Time)*time.Microsecond); err != nil {
			return err
		}
		if err := r.playOne(record); err != nil {
			var fault *protocol.Error
			if errors.As(err, &fault) {
				return &broken{err}
			}
			return nil
		}
	}
}

// ended says how the end of a file is to be told.
func ended(err error) error {
	var bad *protocol.BadRecording
	if errors.As(err, &bad) {
		return usage{err}
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// wait lets the time pass that lies before a record.
func (r *replay) wait(ctx context.Context, until time.Duration) error {
	left := time.Duration(0)
	if r.speed > 0 {
		left = time.Until(r.began.Add(time.Duration(float64(until) / r.speed)))
	}
	r.time = until
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(max(left, 0)):
		return nil
	}
}

// playOne plays one record. A recording of a device's begins with a grant.
func (r *replay) playOne(record protocol.Record) error {
	if record.Direction == protocol.ToDevice {
		r.asked(record)
		return nil
	}
	if kind, _ := protocol.KindOf(record.Bytes); !r.heard && kind != protocol.KindWelcome && kind != protocol.KindPing {
		r.state = protocol.Waiting
	}
	r.heard = r.heard || r.state != protocol.Opening
	return r.message(peer.Message{Channel: peer.Channel(record.Channel), Data: record.Bytes})
}

// asked notes a ping of the console, so that its echo tells the round trip.
func (r *replay) asked(record protocol.Record) {
	m, _, err := protocol.Decode(record.Bytes, protocol.ToDevice, record.Channel, protocol.Live)
	if ping, ok := m.(*protocol.Ping); ok && err == nil && !ping.Reply {
		r.stats.asked, r.stats.askedAt = *ping, r.stats.now()
	}
}

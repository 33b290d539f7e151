package main

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"telestrator/peer"
	"telestrator/protocol"
)

// One-byte messages are the dearest for their bytes. The first of a flood ends
// its session; what still comes until the connection is closed costs a daemon
// no more than it may, also from as many consoles at once as it takes.
func TestFloodOfOneByte(t *testing.T) {
	t.Parallel()
	daemon, err := start(t)
	if err != nil {
		t.Fatal(err)
	}
	u, err := newUser(daemon)
	if err != nil {
		t.Fatal(err)
	}
	before := steady(t.Context(), daemon.pid, time.Second, 20*time.Second)
	climbing, top := context.WithCancel(t.Context())
	peak := make(chan int, 1)
	go func() { peak <- climb(climbing, daemon.pid) }()
	var all sync.WaitGroup
	for range attackers + 1 {
		all.Go(func() {
			for range 3 {
				flood(t, daemon, u)
			}
		})
	}
	all.Wait()
	top()
	most, after := <-peak, resident(daemon.pid)
	t.Logf("memory before=%.1fMiB peak=%.1fMiB after=%.1fMiB", float64(before)/mib, float64(most)/mib, float64(after)/mib)
	if r := (result{before: before, peak: most, pictures: 1, died: after == 0}); r.judge(0) != nil {
		t.Error(r.judge(0))
	}
}

// flood sends one-byte messages until the daemon has closed the connection.
func flood(t *testing.T, daemon *target, u *user) {
	conn, err := daemon.join(t.Context(), u)
	if err != nil {
		t.Error(err)
		return
	}
	defer conn.Close()
	c := &console{conn: conn}
	var reading sync.WaitGroup
	reading.Go(c.read)
	sent := 0
	for err = nil; err == nil || errors.Is(err, peer.ErrFull); {
		if err = conn.Send(peer.Ctl, []byte{0}); err == nil {
			sent++
		}
	}
	reading.Wait()
	_, _, bye := c.told()
	t.Logf("%d messages, ended by %v (%v)", sent, conn.Err(), bye)
	ended := new(peer.Ended)
	if !errors.As(conn.Err(), &ended) || sent == 0 || bye != 0 && bye != protocol.Form {
		t.Errorf("%d messages, then %v, %v", sent, conn.Err(), bye)
	}
}

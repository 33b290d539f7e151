//go:build linux

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// sampleEvery is how often a process is looked at.
const sampleEvery = 5 * time.Second

// sample is what a process was like at a time.
type sample struct {
	pid        int
	at         time.Duration
	rss, heap  float64 // MB
	goroutines int
}

// watched is a process that tells its figures, and what it told. A guardian may
// be another process in the end: one that a busy machine kept waiting has ended.
type watched struct {
	tb     testing.TB
	name   string
	folder string
	find   func() (pid int) // 0: there is none at the moment
	last   int              // that was found
	mu     sync.Mutex
	all    []sample // of the last one
}

// ask sends the byte that says what is wanted, and returns the answer.
func (w *watched) ask(pid int, what byte) ([]byte, error) {
	conn, err := net.Dial("unix", filepath.Join(w.folder, fmt.Sprint(pid)))
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	_, _ = conn.Write([]byte{what})
	return io.ReadAll(conn)
}

// now takes a sample, if there is a process.
func (w *watched) now(at time.Duration) (s sample, there bool) {
	pid := w.find()
	answer, err := w.ask(pid, 'f')
	var told struct{ Goroutines, Heap uint64 }
	if err != nil || json.Unmarshal(answer, &told) != nil {
		return s, false
	}
	fields := strings.Fields(content(fmt.Sprintf("/proc/%d/statm", pid)))
	if len(fields) < 2 {
		return s, false
	}
	pages, _ := strconv.Atoi(fields[1])
	return sample{pid, at, float64(pages*os.Getpagesize()) / 1e6, float64(told.Heap) / 1e6, int(told.Goroutines)}, true
}

// keep adds a sample.
func (w *watched) keep(s sample) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if s.pid != w.last {
		w.all, w.last = nil, s.pid
	}
	w.all = append(w.all, s)
	w.tb.Logf("%6.0f s, %s: rss %6.1f MB, heap %6.1f MB, %d goroutines", s.at.Seconds(), w.name, s.rss, s.heap, s.goroutines)
}

// watch takes samples until ctx ends.
func (w *watched) watch(ctx context.Context) {
	began, beat := time.Now(), time.NewTicker(sampleEvery)
	defer beat.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-beat.C:
			if s, there := w.now(time.Since(began)); there {
				w.keep(s)
			}
		}
	}
}

// down waits until no more than base goroutines are left, and says how many are.
func (w *watched) down(base int) (left int) {
	w.tb.Helper()
	for end := time.Now().Add(soakPatience); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if s, there := w.now(0); there {
			if left = s.goroutines; left <= base {
				return left
			}
		}
	}
	stacks, err := w.ask(w.find(), 's')
	w.tb.Errorf("%s has %d goroutines, %d before: %v\n%s", w.name, left, base, err, stacks)
	return left
}

// calm waits until the number of goroutines has been the same for two seconds.
func (w *watched) calm() (goroutines int) {
	same := 0
	for end := time.Now().Add(soakPatience); same < 20 && time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if s, there := w.now(0); there && s.goroutines == goroutines {
			same++
		} else {
			goroutines, same = s.goroutines, 0
		}
	}
	return goroutines
}

// settled are the samples after the warm-up, a fifth of them.
func (w *watched) settled() []sample { return w.all[len(w.all)/5:] }

// medians are those of memory at the beginning and the end of samples.
func medians(all []sample) (first, last float64) {
	n := max(1, len(all)/6)
	return medianRSS(all[:n]), medianRSS(all[len(all)-n:])
}

func medianRSS(all []sample) float64 {
	var rss []float64
	for _, s := range all {
		rss = append(rss, s.rss)
	}
	slices.Sort(rss)
	return rss[len(rss)/2]
}

// growth is what a slope comes to over the samples, in MB.
func growth(all []sample) float64 {
	if len(all) < 3 {
		return 0 // it has only begun
	}
	return slope(all) * (all[len(all)-1].at - all[0].at).Hours()
}

// slope is that of the straight line with the least squares, in MB an hour.
func slope(all []sample) float64 {
	var n, x, y, xx, xy float64
	for _, s := range all {
		h := s.at.Hours()
		n, x, y, xx, xy = n+1, x+h, y+s.rss, xx+h*h, xy+h*s.rss
	}
	return (n*xy - x*y) / (n*xx - x*x)
}

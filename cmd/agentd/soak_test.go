//go:build linux

package main

import (
	"context"
	"fmt"
	"image"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"telestrator/capture/capturetest"
)

const (
	soakPatience = 2 * time.Minute         // until a round's pictures are exact, and goroutines gone
	longestRound = 3 * time.Minute         // after which everybody goes, and pictures and goroutines are counted
	happening    = 1500 * time.Millisecond // between two things that happen, on average

	// mostGrowth is how much a process's memory may grow between the warm-up and
	// the end, in MB, along its slope. What collections and heaps of several sizes
	// make of it comes and goes.
	mostGrowth = 32
)

// soaking is one soak.
type soaking struct {
	*crowd
	scene            *scene
	daemon, guardian *watched
	base, kept       int // goroutines of daemon and guardian when nobody is there
}

// TestSoak shows the busiest screen to viewers who come, stall and go, at random
// but seeded. In the end every one who stayed has the screen's picture, memory has
// not grown, and no goroutine is left. It takes half a minute, or
// TELESTRATOR_SOAK_MINUTES; TELESTRATOR_SOAK_SEED repeats what happened.
func TestSoak(t *testing.T) {
	long := time.Duration(number(t, "TELESTRATOR_SOAK_MINUTES", 0)) * time.Minute
	if long == 0 {
		long = time.Minute / 2
	}
	seed := uint64(number(t, "TELESTRATOR_SOAK_SEED", 1))
	size := image.Pt(1280, 800)
	display := capturetest.StartXvfb(t, fmt.Sprintf("%dx%dx24", size.X, size.Y))
	folder := t.TempDir()
	t.Setenv("TELESTRATOR_FIGURES", folder)
	d := startProgram(t, figuring(t), "--display", display.Name())
	s := &soaking{crowd: &crowd{t: t, d: d, display: display, rnd: rand.New(rand.NewPCG(seed, 1))},
		scene:    newScene(t, display, size),
		daemon:   &watched{tb: t, name: "daemon", folder: folder, find: func() int { return d.cmd.Process.Pid }},
		guardian: &watched{tb: t, name: "guardian", folder: folder, find: func() int { pid, _ := d.look(guards); return pid }}}
	s.visit()
	s.base, s.kept = s.daemon.calm(), s.guardian.calm()
	left := s.run(long)
	s.judge(long, left)
}

// figuring builds the daemon with its figures.
func figuring(t *testing.T) (program string) {
	t.Helper()
	program = filepath.Join(t.TempDir(), "agentd")
	build := exec.Command("go", "build", "-tags", "soak", "-o", program, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return program
}

// visit has one viewer come and go, so that what is made once is there.
func (s *soaking) visit() {
	s.come()
	g := s.guests[0]
	g.until("shown", func() bool { return g.frames > 0 })
	s.check()
}

// run takes its time, in rounds, and returns how many goroutines of the daemon
// were left after the last.
func (s *soaking) run(long time.Duration) (left int) {
	ctx, end := context.WithCancel(s.t.Context())
	var watches sync.WaitGroup
	defer watches.Wait()
	defer end()
	watches.Go(func() { s.daemon.watch(ctx) })
	watches.Go(func() { s.guardian.watch(ctx) })
	for over := time.Now().Add(long); time.Now().Before(over) && !s.t.Failed(); {
		s.round(min(longestRound, long/2, time.Until(over)))
		left = s.daemon.down(s.base)
		s.guardian.down(s.kept)
	}
	return left
}

// round plays the scene to a crowd, and looks at what each of it has in the end.
func (s *soaking) round(long time.Duration) {
	ctx, end := context.WithTimeout(s.t.Context(), long)
	defer end()
	var playing sync.WaitGroup
	playing.Go(func() { s.scene.play(ctx) })
	for ctx.Err() == nil {
		s.happen()
		select {
		case <-ctx.Done():
		case <-time.After(time.Duration(s.rnd.Int64N(int64(2 * happening)))):
		}
	}
	playing.Wait()
	s.check()
	s.gone()
}

// gone waits until the daemon knows that nobody is there.
func (s *soaking) gone() {
	wait(s.t, "without sessions", func() bool { return len(s.d.state().Sessions) == 0 })
}

// judge prints the line, and says what is wrong.
func (s *soaking) judge(long time.Duration, left int) {
	all := s.daemon.settled()
	if len(all) < 3 {
		s.t.Fatalf("only %d samples", len(all))
	}
	first, last := medians(all)
	fmt.Printf("soak: minutes=%g viewers=%d pictures=%d rss_mb_first=%.1f rss_mb_last=%.1f slope_mb_per_hour=%.1f goroutines_base=%d goroutines_end=%d wrong_pictures=%d\n",
		long.Minutes(), s.came, s.pictures, first, last, slope(all), s.base, left, s.wrong)
	for _, w := range []*watched{s.daemon, s.guardian} {
		if grown := growth(w.settled()); grown > mostGrowth {
			s.t.Errorf("%s has grown by %.1f MB", w.name, grown)
		}
	}
	if s.came < 3 || s.pictures < 3*s.came {
		s.t.Errorf("only %d pictures went to %d viewers", s.pictures, s.came)
	}
}

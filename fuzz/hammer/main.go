// Command hammer sends messages to a running daemon that no good console sends:
// nearly all well formed, but ill-timed, aimed at an older screen, without
// permission or at a limit, over thousands of connections, each of which ends
// with something malformed, a farewell or none. Meanwhile a good console stays
// connected, and its picture is compared with what is really on the screen.
//
//	go run ./fuzz/hammer                      a million messages for a demo of its own
//	go run ./fuzz/hammer --messages 5000
//	go run ./fuzz/hammer --links demo.json --pid PID
//
// It needs Xvfb, and stays on this machine: desk, daemon and transport take
// loopback only. It prints one line and ends by itself, with exit code 1 when
// the daemon died, took more than 64 MiB above its steady state, did not end a
// connection after a malformed message, or showed a wrong picture.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"testing"
	"time"

	"telestrator/capture/capturetest"
)

// options are the flags.
type options struct {
	messages    int
	connections int
	within      time.Duration
	links       string
	pid         int
	seed        uint64
	verbose     bool
}

func main() {
	var o options
	flag.IntVar(&o.messages, "messages", 1_000_000, "how many `messages` to send")
	flag.IntVar(&o.connections, "connections", 4000, "over how many `connections`, about")
	flag.DurationVar(&o.within, "within", 30*time.Minute, "give up after this `time`")
	flag.StringVar(&o.links, "links", "", "`file` with what agentd demo --json printed, instead of a demo of its own")
	flag.IntVar(&o.pid, "pid", 0, "`process` of that daemon")
	flag.Uint64Var(&o.seed, "seed", uint64(time.Now().UnixNano()), "`number` that decides what is said")
	flag.BoolVar(&o.verbose, "v", false, "say how it goes on standard error")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := o.run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "hammer:", err)
		os.Exit(1)
	}
}

// run hammers, prints the result, and says what was wrong with it.
func (o options) run(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, o.within)
	defer cancel()
	var r result
	var err error
	gaveUp := capturetest.Run(func(tb testing.TB) { r, err = o.hammer(ctx, tb) })
	if err = errors.Join(gaveUp, err); err != nil {
		return err
	}
	fmt.Println(r)
	return r.judge(o.messages)
}

// mib is what memory is told in.
const mib = 1 << 20

// most is how much a daemon may take above its steady state (L27).
const most = 64 * mib

// result is what happened.
type result struct {
	seed                uint64
	messages            int
	connections         int
	malformed, ended    int // messages that must end their connection, and those that did
	reasons             int // different codes among the farewells
	before, peak, after int // bytes
	pictures, torn      int // that the good console showed: exact, and of two moments
	wrong               int
	rejoined, sentAway  int // the good console, whose connection was lost or ended
	took                time.Duration
	died, stalled       bool
}

func (r result) String() string {
	return fmt.Sprintf("hammer: seed=%d messages=%d connections=%d malformed=%d ended=%d reasons=%d memory_before=%.1fMiB peak=%.1fMiB after=%.1fMiB pictures=%d torn=%d wrong=%d rejoined=%d seconds=%.0f",
		r.seed, r.messages, r.connections, r.malformed, r.ended, r.reasons,
		float64(r.before)/mib, float64(r.peak)/mib, float64(r.after)/mib, r.pictures, r.torn, r.wrong, r.rejoined, r.took.Seconds())
}

// judge says what must not have happened.
func (r result) judge(messages int) error {
	var all []error
	for _, fault := range []struct {
		is   bool
		what string
	}{
		{r.died, "the daemon died"},
		{r.messages < messages && !r.died, "not all messages could be sent"},
		{r.ended < r.malformed, "a malformed message did not end its connection"},
		{r.peak-r.before > most, "the daemon took more than 64 MiB above its steady state"},
		{r.wrong > 0, "the good console had a wrong picture"},
		{r.sentAway > 0, "the daemon ended the good console's session"},
		{r.stalled, "the good console did not get the last picture"},
		{r.pictures == 0, "the good console had no picture meanwhile"},
	} {
		if fault.is {
			all = append(all, errors.New(fault.what))
		}
	}
	return errors.Join(all...)
}

package agentd

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"telestrator/peer/relay"
	"telestrator/protocol"
)

// fixed are the bounds of a session that does not adapt: 64 KiB in parts of 16,
// whole moments, one quality.
var fixed = bounds{window: span{64 << 10, 64 << 10}, part: span{protocol.MaxPart, protocol.MaxPart}, quality: span{80, 80}}

// figures are what a session was like over a link.
type figures struct {
	first, whole time.Duration
	quiet, busy  stage
}

// stage is a while in a session.
type stage struct {
	took   time.Duration
	moment int             // shown
	bytes  uint64          // that came, with headers
	pings  []time.Duration // sorted
	sights []time.Duration // so
	unseen int             // characters that were not to be seen at the end
	queue  time.Duration   // longest wait on the link
}

// measure runs a session over a link: the first picture, somebody who types on
// a screen that stands still otherwise, and the same beside a film.
func measure(t *testing.T, link relay.Link, b bounds, long time.Duration) (f figures) {
	t.Helper()
	l := overLink(t, link, b)
	f.first, f.whole = l.watch()
	f.quiet = l.stage(long, 0)
	f.busy = l.stage(long, time.Second/30)
	l.end()
	return f
}

// stage types, with a film beside it unless every is zero.
func (l *linked) stage(long, every time.Duration) stage {
	ctx, end := context.WithTimeout(l.t.Context(), long)
	defer end()
	l.mu.Lock()
	l.pings, l.sights, l.typed = nil, nil, nil
	moment := l.moment
	l.mu.Unlock()
	l.relay.Forget()
	before, began := l.relay.Down(), time.Now()
	var acts sync.WaitGroup
	pause := 50 * time.Millisecond
	if l.link.Rate < 1e6 {
		pause = 250 * time.Millisecond // they must not be what is slow
	}
	acts.Go(func() { l.probe(ctx, pause) })
	if every > 0 {
		acts.Go(func() { l.play(ctx, every) })
	}
	for i := 0; ctx.Err() == nil; i++ {
		l.write(i)
		time.Sleep(200 * time.Millisecond)
	}
	acts.Wait()
	l.mu.Lock()
	defer l.mu.Unlock()
	after := l.relay.Down()
	s := stage{took: time.Since(began), moment: l.moment - moment, bytes: after.Bytes - before.Bytes,
		pings: slices.Sorted(slices.Values(l.pings)), sights: slices.Sorted(slices.Values(l.sights)), queue: after.Longest}
	for _, c := range l.typed {
		if time.Since(c.when) > time.Second {
			s.unseen++
		}
	}
	return s
}

// quantileOf is a quantile of sorted durations, in ms.
func quantileOf(q float64, sorted []time.Duration) float64 {
	if len(sorted) == 0 {
		return -1
	}
	return float64(sorted[int(q*float64(len(sorted)-1)+0.5)].Microseconds()) / 1000
}

// row is a line of the table.
func (f figures) row(link, mode string) string {
	return fmt.Sprintf("| %-4s | %-7s | %6.0f | %6.0f | %4.0f / %5.0f | %5.1f | %4.0f / %5.0f | %4.0f / %4.0f | %4.0f / %4.0f | %7.1f | %5.0f |",
		link, mode, f.first.Seconds()*1000, f.whole.Seconds()*1000,
		quantileOf(.5, f.quiet.sights), quantileOf(.95, f.quiet.sights), float64(f.busy.moment)/f.busy.took.Seconds(),
		quantileOf(.5, f.busy.sights), quantileOf(.95, f.busy.sights), quantileOf(.5, f.quiet.pings), quantileOf(.99, f.quiet.pings),
		quantileOf(.5, f.busy.pings), quantileOf(.99, f.busy.pings), float64(f.busy.bytes)/1000/f.busy.took.Seconds(), f.busy.queue.Seconds()*1000)
}

const head = "| link | mode    | first  | whole  | typed, ms    | fps   | beside a film | ping, idle  | ping, busy  | kB/s    | queue |"

// TestLinks prints what a session is like over each link, adapted and with
// everything fixed, and compares the two. TELESTRATOR_PROOF=1 takes its time.
func TestLinks(t *testing.T) {
	links, long := []relay.Link{relay.DSL, relay.Edge}, 3*time.Second
	if os.Getenv("TELESTRATOR_PROOF") != "" {
		links, long = relay.Links, 6*time.Second
	} else {
		t.Parallel()
	}
	var mu sync.Mutex
	rows := map[string]string{}
	t.Run("all", func(t *testing.T) {
		for _, link := range links {
			t.Run(link.Name, func(t *testing.T) {
				if link.Rate < 10e6 {
					t.Parallel()
				}
				adapted, still := measure(t, link, adaptive, long), measure(t, link, fixed, long)
				mu.Lock()
				defer mu.Unlock()
				rows[link.Name] = adapted.row(link.Name, "adapted") + "\n" + still.row(link.Name, "fixed")
				compare(t, link, adapted, still)
			})
		}
	})
	table := []string{head, "|" + strings.Repeat("---|", strings.Count(head, "|")-1)}
	for _, link := range links {
		table = append(table, cmp.Or(rows[link.Name], link.Name+": failed"))
	}
	fmt.Println(strings.Join(table, "\n"))
}

// compare sees that what adapts is better where the link is what is slow. On a
// link that is fast enough for both they are the same, give or take.
func compare(t *testing.T, link relay.Link, adapted, still figures) {
	t.Helper()
	if link.Rate > 1e6 {
		return
	}
	if a, b := adapted.busy.moment, still.busy.moment; a <= b {
		t.Errorf("%s: %d moments beside a film, %d when all is fixed", link.Name, a, b)
	}
	if adapted.first >= still.first {
		t.Errorf("%s: the first picture after %v, %v when all is fixed", link.Name, adapted.first, still.first)
	}
}

package encode

import (
	"fmt"
	"image"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"telestrator/privacy"
	"telestrator/protocol"
)

const (
	sittings = 28 // each of them a stream for each of eight kinds of viewers
	batches  = 4  // that sittings are handed over in
)

// Random pictures, changes and skipped frames reach viewers of all kinds: exact
// outside the lossy set, which both ends know, and exact everywhere in the end. The
// console's decoder shows the same after every moment of the same streams.
// With the race detector few are played, and something of a kind may not be sent.
func TestBothDecodersShowTheScreen(t *testing.T) {
	t.Parallel()
	node := findNode(t)
	var seen [batches]tally
	t.Run("all", func(t *testing.T) {
		for batch := range batches {
			t.Run(fmt.Sprint(batch), func(t *testing.T) {
				t.Parallel()
				rnd := seeded(t)
				var streams []sharedStream
				for n := range max(rounds(sittings)/batches, 2) {
					sitting := newSitting(t, rnd)
					sitting.run(&seen[batch])
					streams = append(streams, sitting.streams(n)...)
				}
				replay(t, node, streams)
			})
		}
	})
	var all tally
	for _, s := range seen {
		all = tally{all.copies + s.copies, all.jpegs + s.jpegs, all.blurred + s.blurred, all.coarse + s.coarse}
	}
	t.Logf("%+v", all)
	if !t.Failed() && !raceEnabled && (all.copies == 0 || all.jpegs == 0 || all.blurred == 0 || all.coarse == 0) {
		t.Errorf("nothing of a kind was sent: %+v", all)
	}
}

// tally is what was sent to all viewers.
type tally struct{ copies, jpegs, blurred, coarse int }

// findNode finds what runs the console's decoder.
func findNode(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("node")
	if err != nil && os.Getenv("CI") == "true" {
		t.Fatal("no node here, and CI must have it")
	}
	if err != nil {
		t.Skip("no node here")
	}
	return path
}

// replay has the console decode streams, and compare what it shows.
func replay(t *testing.T, node string, streams []sharedStream) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "streams.json")
	if err := os.WriteFile(file, format(t, streams), 0o600); err != nil {
		t.Fatal(err)
	}
	console := exec.CommandContext(t.Context(), node, "--test", "--test-name-pattern=update: stream", "../console/test/update.test.js")
	console.Env = append(os.Environ(), "TELESTRATOR_STREAMS="+file)
	if out, err := console.CombinedOutput(); err != nil {
		t.Errorf("the console: %v\n%s", err, out[max(0, len(out)-4000):])
	}
}

// sitting is a screen with its views, and a viewer of each kind.
type sitting struct {
	rnd     *rand.Rand
	screen  *screen
	sights  []*sight
	viewers []*witness
	now     time.Duration
}

// sight is a view of the screen: what it made last, on a canvas of its own.
type sight struct {
	screen // size and released only
	canvas *Canvas
	view   privacy.View
	crop   func(size image.Point) (part image.Rectangle, scaled image.Point)
}

// witness is a viewer whose updates are kept.
type witness struct {
	*viewer
	at   *sight
	kept []sharedUpdate
}

func newSitting(tb testing.TB, rnd *rand.Rand) *sitting {
	w, h := someSize(rnd)
	q := &sitting{rnd: rnd, screen: newScreen(tb, w, h)}
	q.screen.fill(q.screen.bounds(), text(rnd.Uint32()))
	for _, crop := range crops {
		at := &sight{canvas: NewCanvas(), crop: crop}
		at.canvas.clock = func() time.Duration { return q.now }
		q.sights = append(q.sights, at)
	}
	for kind := range 8 {
		at := q.sights[max(0, kind-5)]
		w := &witness{viewer: using(tb, at.canvas, kind&1 != 0 || kind > 4, kind&2 != 0 || kind > 3), at: at}
		w.stream.Clock = at.canvas.clock
		w.stream.Tune(Tuning{Quality: quality, Coarse: kind == 4})
		q.viewers = append(q.viewers, w)
	}
	q.show()
	return q
}

// crops are the whole screen, a part of it, and all of it scaled.
var crops = []func(size image.Point) (image.Rectangle, image.Point){
	func(size image.Point) (image.Rectangle, image.Point) { return image.Rectangle{Max: size}, size },
	func(size image.Point) (image.Rectangle, image.Point) {
		part := image.Rect(size.X/5, size.Y/7, size.X-3, size.Y)
		return part, part.Size()
	},
	func(size image.Point) (image.Rectangle, image.Point) {
		return image.Rectangle{Max: size}, image.Pt(size.X*2/3, size.Y*3/5)
	},
}

// show brings the canvases of all views up to date.
func (q *sitting) show() {
	q.screen.release()
	for _, at := range q.sights {
		geometry := q.screen.geometry
		geometry.Part, at.size = at.crop(q.screen.size)
		p, news := at.view.Make(q.screen.released, geometry.Part, at.size, q.screen.changed)
		at.released = p
		at.canvas.Compare(p, news, geometry)
	}
}

// run lets things happen, and then lets the screen stand still.
func (q *sitting) run(seen *tally) {
	for range events() {
		q.happen()
		q.show()
		q.now += time.Duration(q.rnd.IntN(300)) * time.Millisecond
		for _, w := range q.viewers {
			if q.rnd.IntN(3) > 0 { // it skips this one
				w.look(seen)
			}
		}
	}
	for _, w := range q.viewers {
		for w.look(seen); w.stream.losses.any(); w.look(seen) {
			q.now += 40 * time.Millisecond
		}
		w.sees(&w.at.screen)
		w.stream.Close()
	}
}

// events is how many happen in a sitting: fewer with the race detector, which
// takes ten times as long for a pixel.
func events() int {
	if raceEnabled {
		return 5
	}
	return 10
}

// happen changes the screen, and sometimes what is looked at.
func (q *sitting) happen() {
	s, w := q.screen, q.viewers[q.rnd.IntN(len(q.viewers))]
	switch q.rnd.IntN(15) {
	case 0:
		s.resize(someSize(q.rnd))
		s.fill(s.bounds(), text(q.rnd.Uint32()))
	case 1:
		w.stream.Reset()
	case 2:
		w.at = q.sights[q.rnd.IntN(len(q.sights))]
		w.stream.Move(w.at.canvas)
	case 3, 4:
		s.shift(q.rnd)
	case 5, 6, 7, 8:
		s.scrollSomething(q.rnd)
	case 9, 10, 11:
		s.fill(s.bounds().Inset(q.rnd.IntN(40)), waves(q.rnd.Uint32()))
	default:
		for range 1 + q.rnd.IntN(3) {
			s.change(q.rnd)
		}
	}
}

func someSize(rnd *rand.Rand) (w, h int) { return 120 + rnd.IntN(280), 100 + rnd.IntN(220) }

// shift shows a part of the screen elsewhere too.
func (s *screen) shift(rnd *rand.Rand) {
	from := s.someRect(rnd)
	to := image.Rectangle{Max: from.Size()}.Add(image.Pt(rnd.IntN(s.size.X-from.Dx()+1), rnd.IntN(s.size.Y-from.Dy()+1)))
	old := raster{slices.Clone(s.pix.pix), s.pix.stride}
	s.fill(to, func(x, y int) uint32 { return old.at(x-to.Min.X+from.Min.X, y-to.Min.Y+from.Min.Y) })
}

// look takes moments until there are none at this time, and keeps them.
func (w *witness) look(seen *tally) {
	before := tally{copies: w.copies, jpegs: w.jpegs}
	for lost := slices.Clone(w.lossy.lossy); w.next(); lost = slices.Clone(w.lossy.lossy) {
		for _, u := range kept(w.updates) {
			seen.blurred += blurs(u, lost, w.lossy.size.X)
			w.kept = append(w.kept, w.record(u))
		}
	}
	seen.copies += w.copies - before.copies
	seen.jpegs += w.jpegs - before.jpegs
	if w.stream.tuning.Coarse {
		seen.coarse++ // what it shows is not exact before it is refined, and the decoders do not know
		return
	}
	w.agreesWithin(&w.at.screen, 50) // noise where a film was a moment ago is taken for the film
}

// blurs is how many copies of an update have a lossy source.
func blurs(u *protocol.Update, lost []bool, width int) (n int) {
	if len(u.Reset) > 0 {
		return 0
	}
	for c := u.Copies; len(c) > 0; c = c[6:] {
		for y := range c[5] {
			if slices.Contains(lost[int(c[1]+y)*width+int(c[0]):][:c[4]], true) {
				n++
				break
			}
		}
	}
	return n
}

// record writes an update down, and what is shown if it ends its moment.
func (w *witness) record(u *protocol.Update) sharedUpdate {
	r := noted(u)
	if u.Last {
		r.Shown = shown(w.decoder)
	}
	return r
}

// streams are what was sent, for the console.
func (q *sitting) streams(number int) (all []sharedStream) {
	for kind, w := range q.viewers {
		all = append(all, sharedStream{Name: fmt.Sprintf("%d %d", number, kind), Updates: w.kept})
	}
	return all
}

package capturetest

import (
	"context"
	"image"
	"image/color"
	"image/draw"
	"sync"

	"telestrator/capture"
)

// maxDamage is how many damaged rectangles a Screen keeps before it takes their
// bounding box, as a real source does.
const maxDamage = 16

// Screen is a capture.Source without a display server. A test paints into it;
// whoever grabs sees what was painted, and where, exactly as with a real one:
// changes gather until a Grab takes them, wake-ups merge, the picture of a
// Frame stands still between Grabs, and the fourth byte of its pixels is
// rubbish. All methods but Grab may be called by any goroutine.
type Screen struct {
	changed chan struct{} // capacity 1
	ended   chan struct{} // closed by End and Close
	end     sync.Once

	mu       sync.Mutex
	live     *image.RGBA       // what the screen shows now
	monitors []image.Rectangle // none means one that shows everything
	damage   []image.Rectangle // since the last Grab, disjoint
	reset    bool              // size or monitors changed since the last Grab
	cursor   capture.Cursor
	news     bool     // cursor changed since the last Grab
	fail     error    // what the next Grab returns
	beneath  []uint32 // what Beneath was told
	chosen   []uint32 // what Only was told
	only     bool     // it is on

	mirror []byte // BGRX, as of the last Grab
	grabs  byte   // counts them, to make rubbish
}

var (
	_ capture.Beneath = (*Screen)(nil)
	_ capture.Only    = (*Screen)(nil)
)

// NewScreen makes a black screen without a cursor.
func NewScreen(width, height int) *Screen {
	s := &Screen{changed: make(chan struct{}, 1), ended: make(chan struct{}), news: true}
	s.Resize(width, height)
	return s
}

// Paint fills a rectangle.
func (s *Screen) Paint(r image.Rectangle, c color.Color) {
	s.Draw(r, image.NewUniform(c), image.Point{})
}

// Draw copies src, from sp on, to a rectangle of the screen.
func (s *Screen) Draw(r image.Rectangle, src image.Image, sp image.Point) {
	s.mu.Lock()
	defer s.mu.Unlock()
	draw.Draw(s.live, r, src, sp, draw.Src)
	s.harm(r.Intersect(s.live.Rect))
}

// Resize gives the screen a new size, one monitor, and black everywhere.
func (s *Screen) Resize(width, height int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.live = image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(s.live, s.live.Rect, image.Black, image.Point{}, draw.Src)
	s.monitors, s.reset = nil, true
	s.wake()
}

// SetMonitors says which parts of the screen monitors show.
func (s *Screen) SetMonitors(monitors ...image.Rectangle) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.monitors, s.reset = monitors, true
	s.wake()
}

// SetCursor changes the cursor's shape and position.
func (s *Screen) SetCursor(c capture.Cursor) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cursor, s.news = c, true
	s.wake()
}

// MoveCursor changes the cursor's position.
func (s *Screen) MoveCursor(x, y int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cursor.Pos, s.news = image.Pt(x, y), true
	s.wake()
}

// Fail lets the next Grab return err, and say at once that another is worthwhile.
func (s *Screen) Fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fail = err
	s.wake()
}

// End makes the screen vanish: Run and Grab return capture.ErrGone.
func (s *Screen) End() {
	s.end.Do(func() { close(s.ended) })
	s.wake()
}

// Picture returns a copy of what the screen shows now, grabbed or not.
func (s *Screen) Picture() *image.RGBA {
	s.mu.Lock()
	defer s.mu.Unlock()
	shown := image.NewRGBA(s.live.Rect)
	copy(shown.Pix, s.live.Pix)
	return shown
}

// Run implements capture.Source.
func (s *Screen) Run(ctx context.Context) error {
	defer s.End()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-s.ended:
		return capture.ErrGone
	}
}

// Changed implements capture.Source.
func (s *Screen) Changed() <-chan struct{} { return s.changed }

// Close implements capture.Source.
func (s *Screen) Close() error {
	s.End()
	return nil
}

// Grab implements capture.Source.
func (s *Screen) Grab(f *capture.Frame) error {
	select {
	case <-s.ended:
		return capture.ErrGone
	default:
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	f.Damage, f.Reset, f.Cursor = f.Damage[:0], s.reset, nil
	if err := s.fail; err != nil {
		s.fail = nil
		s.wake()
		return err
	}
	s.describe(f)
	s.damage, s.reset, s.news = s.damage[:0], false, false
	return nil
}

// describe brings the mirror up to date and fills f.
func (s *Screen) describe(f *capture.Frame) {
	bounds := s.live.Rect
	if s.reset {
		s.mirror = make([]byte, len(s.live.Pix))
		s.damage = append(s.damage[:0], bounds)
	}
	s.grabs++
	for _, r := range s.damage {
		s.mirrored(r)
	}
	f.Pix, f.Stride, f.Size = s.mirror, s.live.Stride, bounds.Size()
	f.Damage = append(f.Damage, s.damage...)
	f.Monitors = append(f.Monitors[:0], s.monitors...)
	if len(s.monitors) == 0 {
		f.Monitors = append(f.Monitors, bounds)
	}
	if s.news {
		now := s.cursor
		f.Cursor = &now
	}
}

// mirrored copies a rectangle to the mirror.
func (s *Screen) mirrored(r image.Rectangle) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		from := s.live.Pix[s.live.PixOffset(r.Min.X, y):s.live.PixOffset(r.Max.X, y)]
		to := s.mirror[s.live.PixOffset(r.Min.X, y):]
		for i := 0; i < len(from); i += 4 {
			to[i], to[i+1], to[i+2], to[i+3] = from[i+2], from[i+1], from[i], s.grabs
		}
	}
}

// harm adds to the damage, whose rectangles stay disjoint.
func (s *Screen) harm(r image.Rectangle) {
	if r.Empty() {
		return
	}
	for i := 0; i < len(s.damage); {
		if full := len(s.damage) >= maxDamage; full || r.Overlaps(s.damage[i]) {
			r = r.Union(s.damage[i])
			s.damage = append(s.damage[:i], s.damage[i+1:]...)
			i = 0
			continue
		}
		i++
	}
	s.damage = append(s.damage, r)
	s.wake()
}

func (s *Screen) wake() {
	select {
	case s.changed <- struct{}{}:
	default:
	}
}

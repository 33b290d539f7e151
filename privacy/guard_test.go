package privacy

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestReleaseRandom(t *testing.T) {
	t.Parallel()
	for seed := range uint64(100) {
		playRandom(t, rand.New(rand.NewPCG(seed, 1)))
	}
}

// playRandom paints, moves masks and resizes at random, and checks after each
// release: under masks all is grey, elsewhere all is the mirror's, and every
// pixel that changed was reported.
func playRandom(t *testing.T, r *rand.Rand) {
	s := &scripted{}
	g := &Guard{trackers: []tracker{s}, changed: make(chan struct{}, 1)}
	m := newMirror(image.Pt(1+r.IntN(90), 1+r.IntN(60)))
	var before Picture
	reset := true
	for range 12 {
		var damage []image.Rectangle
		for range r.IntN(4) {
			d := randomRect(r, m.size)
			paint(m, d, r.Uint32())
			damage = append(damage, d)
		}
		s.masks = s.masks[:0]
		for range r.IntN(6) {
			s.masks = append(s.masks, randomRect(r, m.size).Sub(image.Pt(r.IntN(8), r.IntN(8))))
		}
		p, news, err := g.Release(m.pix, m.stride, m.size, damage, reset)
		if err != nil {
			t.Fatal(err)
		}
		checkReleased(t, p, m, s.masks)
		checkReported(t, p, &before, news)
		before = Picture{bytes.Clone(p.pix), p.size, p.stride}
		if reset = r.IntN(5) == 0; reset && r.IntN(2) == 0 {
			m = newMirror(image.Pt(1+r.IntN(90), 1+r.IntN(60)))
		}
	}
}

func randomRect(r *rand.Rand, size image.Point) image.Rectangle {
	x, y := r.IntN(size.X), r.IntN(size.Y)
	return image.Rect(x, y, x+1+r.IntN(size.X), y+1+r.IntN(size.Y))
}

func newMirror(size image.Point) mirror {
	stride := 4*size.X + 12
	return mirror{make([]byte, stride*size.Y), stride, size}
}

// paint fills r with noise; the X bytes too, which must not come through.
func paint(m mirror, r image.Rectangle, seed uint32) {
	r = r.Intersect(m.bounds())
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			seed = seed*1664525 + 1013904223
			binary.LittleEndian.PutUint32(m.pix[y*m.stride+4*x:], seed)
		}
	}
}

func checkReleased(t *testing.T, p *Picture, m mirror, masks []image.Rectangle) {
	t.Helper()
	if p.Bounds() != m.bounds() {
		t.Fatalf("released %v of a mirror of %v", p.Bounds(), m.bounds())
	}
	for y := range m.size.Y {
		for x := range m.size.X {
			want := binary.LittleEndian.Uint32(m.pix[y*m.stride+4*x:]) & 0xffffff
			if contains(masks, image.Pt(x, y)) {
				want = Grey
			}
			if got := binary.LittleEndian.Uint32(p.Row(y)[4*x:]); got != want {
				t.Fatalf("pixel %d,%d is %08x, want %08x; masks %v", x, y, got, want, masks)
			}
		}
	}
}

func checkReported(t *testing.T, p, before *Picture, news []image.Rectangle) {
	t.Helper()
	for _, r := range news {
		if !r.In(p.Bounds()) {
			t.Fatalf("reported %v outside %v", r, p.Bounds())
		}
	}
	for y := range p.size.Y {
		for x := range p.size.X {
			if p.size == before.size && bytes.Equal(p.Row(y)[4*x:4*x+4], before.Row(y)[4*x:4*x+4]) {
				continue
			}
			if !contains(news, image.Pt(x, y)) {
				t.Fatalf("pixel %d,%d changed outside %v", x, y, news)
			}
		}
	}
}

// scripted is a tracker that says what the test tells it.
type scripted struct {
	tracker
	masks []image.Rectangle
	err   error
}

func (s *scripted) end(dst []image.Rectangle) ([]image.Rectangle, error) {
	return append(dst, s.masks...), s.err
}

func TestNothingIsReportedUnderMask(t *testing.T) {
	t.Parallel()
	g := fixed(t, Policy{Unknown: Allow, Rects: []image.Rectangle{image.Rect(10, 10, 50, 30)}})
	m := newMirror(image.Pt(64, 64))
	release(t, g, m, nil, true)
	inside := image.Rect(12, 12, 40, 30)
	paint(m, inside, 7)
	if p, news := release(t, g, m, []image.Rectangle{inside}, false); len(news) != 0 {
		t.Errorf("typing under a mask reported %v", news)
	} else {
		checkReleased(t, p, m, g.fixed)
	}
	across := image.Rect(40, 20, 60, 40)
	paint(m, across, 8)
	_, news := release(t, g, m, []image.Rectangle{across}, false)
	for _, r := range news {
		if r.Overlaps(g.fixed[0]) {
			t.Errorf("reported %v inside mask %v", r, g.fixed[0])
		}
	}
}

func TestErrorWithholdsAndStartsAfresh(t *testing.T) {
	t.Parallel()
	s := &scripted{}
	g := &Guard{trackers: []tracker{s}}
	m := newMirror(image.Pt(20, 20))
	release(t, g, m, nil, true)
	s.err = errors.New("lost")
	lost := image.Rect(0, 0, 5, 5)
	paint(m, lost, 1)
	if p, _, err := g.Release(m.pix, m.stride, m.size, []image.Rectangle{lost}, false); err == nil || p != nil {
		t.Fatalf("released %v with error %v while the tracker fails", p, err)
	}
	s.err = nil
	p, news := release(t, g, m, nil, false)
	checkReleased(t, p, m, nil)
	if len(news) != 1 || news[0] != p.Bounds() {
		t.Errorf("after an error %v was reported, not the whole picture", news)
	}
}

func TestUnknownWindowsAreFlat(t *testing.T) {
	t.Parallel()
	for _, unknown := range []Unknown{Flat, Ask} {
		g := fixed(t, Policy{Unknown: unknown})
		m := newMirror(image.Pt(30, 20))
		paint(m, m.bounds(), 3)
		p, _ := release(t, g, m, nil, true)
		checkReleased(t, p, m, []image.Rectangle{m.bounds()})
		if !g.CursorHidden(image.Pt(3, 3)) {
			t.Errorf("policy %d shows the cursor", unknown)
		}
	}
}

func TestCursorHidden(t *testing.T) {
	t.Parallel()
	g := fixed(t, Policy{Unknown: Allow, Rects: []image.Rectangle{image.Rect(10, 10, 20, 20)}})
	for p, want := range map[image.Point]bool{{10, 10}: true, {19, 19}: true, {20, 10}: false, {9, 10}: false} {
		if got := g.CursorHidden(p); got != want {
			t.Errorf("cursor at %v hidden: %v", p, got)
		}
	}
}

func TestMirrorIsChecked(t *testing.T) {
	t.Parallel()
	g := fixed(t, Policy{Unknown: Allow})
	pix := make([]byte, 400)
	for _, c := range []struct {
		stride int
		size   image.Point
	}{
		{40, image.Pt(0, 10)}, {40, image.Pt(10, -1)}, {36, image.Pt(10, 10)}, {40, image.Pt(10, 11)},
		{1 << 62, image.Pt(10, 10)}, {-40, image.Pt(10, 10)}, {40, image.Pt(maxSide+1, 1)}, {4 * maxSide, image.Pt(maxSide, maxSide)},
	} {
		if _, _, err := g.Release(pix, c.stride, c.size, nil, true); err == nil {
			t.Errorf("released 400 bytes with stride %d as %v", c.stride, c.size)
		}
	}
	if _, _, err := g.Release(pix, 40, image.Pt(10, 10), nil, true); err != nil {
		t.Error(err)
	}
}

func TestDamageLimit(t *testing.T) {
	t.Parallel()
	g := fixed(t, Policy{Unknown: Allow})
	m := newMirror(image.Pt(128, 128))
	release(t, g, m, nil, true)
	damage := make([]image.Rectangle, maxDamage, maxDamage+1)
	for i := range damage {
		x, y := 2*(i%64), 2*(i/64)
		damage[i] = image.Rect(x, y, x+1, y+1)
		m.pix[y*m.stride+4*x]++
	}
	if _, news := release(t, g, m, damage, false); len(news) != maxDamage {
		t.Errorf("%d rectangles of damage became %d", maxDamage, len(news))
	}
	if _, news := release(t, g, m, append(damage, damage[0]), false); len(news) != 1 || news[0] != m.bounds() {
		t.Errorf("too much damage became %d rectangles", len(news))
	}
}

func TestMaskLimit(t *testing.T) {
	t.Parallel()
	s := &scripted{}
	g := &Guard{trackers: []tracker{s}}
	m := newMirror(image.Pt(2*maxMasks+10, 4))
	paint(m, m.bounds(), 9)
	for i := range maxMasks {
		s.masks = append(s.masks, image.Rect(2*i, 1, 2*i+1, 2))
	}
	p, _ := release(t, g, m, nil, true)
	checkReleased(t, p, m, s.masks)
	s.masks = append(s.masks, image.Rect(2*maxMasks, 2, 2*maxMasks+1, 3))
	p, _ = release(t, g, m, nil, false)
	checkReleased(t, p, m, []image.Rectangle{image.Rect(0, 1, 2*maxMasks+1, 3)})
}

func TestPolicyIsChecked(t *testing.T) {
	t.Parallel()
	one := WindowRule{Class: "x"}
	rects := make([]image.Rectangle, maxRects)
	for i := range rects {
		rects[i] = image.Rect(i, 0, i+1, 1)
	}
	rules := make([]WindowRule, maxRules)
	for i := range rules {
		rules[i] = one
	}
	long := strings.Repeat("a", maxRule)
	for name, c := range map[string]struct {
		policy Policy
		ok     bool
	}{
		"zero":              {Policy{}, true},
		"unknown":           {Policy{Unknown: Allow + 1}, false},
		"rects at limit":    {Policy{Rects: rects}, true},
		"rects past limit":  {Policy{Rects: append(rects, rects[0])}, false},
		"empty rect":        {Policy{Rects: []image.Rectangle{{Min: image.Pt(5, 5), Max: image.Pt(1, 1)}}}, false},
		"rules at limit":    {Policy{Windows: rules}, true},
		"rules past limit":  {Policy{Windows: append(rules, one)}, false},
		"empty rule":        {Policy{Windows: []WindowRule{{}}}, false},
		"pattern at limit":  {Policy{Windows: []WindowRule{{Class: long}}}, true},
		"pattern past":      {Policy{Windows: []WindowRule{{Title: long + "a"}}}, false},
		"no pattern":        {Policy{Windows: []WindowRule{{Class: "("}}}, false},
		"no pattern, title": {Policy{Windows: []WindowRule{{Title: "["}}}, false},
	} {
		if _, err := NewFixed(c.policy); (err == nil) != c.ok {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func fixed(tb testing.TB, p Policy) *Guard {
	tb.Helper()
	g, err := NewFixed(p)
	if err != nil {
		tb.Fatal(err)
	}
	return g
}

func release(tb testing.TB, g *Guard, m mirror, damage []image.Rectangle, reset bool) (*Picture, []image.Rectangle) {
	tb.Helper()
	p, news, err := g.Release(m.pix, m.stride, m.size, damage, reset)
	if err != nil {
		tb.Fatal(err)
	}
	return p, news
}

// Of damage, what is as it was is not reported: of each 64 rows the smallest
// rectangle that holds the changes is. The X bytes are no change.
func TestOnlyChangesAreReported(t *testing.T) {
	t.Parallel()
	g := fixed(t, Policy{Unknown: Allow})
	m := newMirror(image.Pt(300, 200))
	release(t, g, m, nil, true)
	change := func(x, y int) { m.pix[y*m.stride+4*x]++ }
	for _, c := range []struct {
		do   func()
		want []image.Rectangle
	}{
		{func() {}, nil},
		{func() { m.pix[3]++ }, nil},
		{func() { change(20, 5) }, []image.Rectangle{image.Rect(20, 5, 21, 6)}},
		{func() { change(20, 5); change(270, 9) }, []image.Rectangle{image.Rect(20, 5, 271, 10)}},
		{func() { change(299, 63); change(299, 64) }, []image.Rectangle{image.Rect(299, 63, 300, 65)}},
		{func() { change(0, 0); change(64, 199) }, []image.Rectangle{image.Rect(0, 0, 1, 1), image.Rect(64, 199, 65, 200)}},
	} {
		c.do()
		if _, news := release(t, g, m, []image.Rectangle{m.bounds()}, false); !slices.Equal(news, c.want) {
			t.Errorf("%v was reported, not %v", news, c.want)
		}
	}
}

// Each rectangle of damage becomes as many as it has rows of cells with changes
// of their own. As many as may be owed are reported one by one, and no more.
func TestNewsLimit(t *testing.T) {
	t.Parallel()
	for rows, want := range map[int]int{maxOwed / maxDamage: maxOwed, maxOwed/maxDamage + 1: maxOwed / 2} {
		g := fixed(t, Policy{Unknown: Allow})
		m := newMirror(image.Pt(2*maxDamage, cellSide*rows))
		before, _ := release(t, g, m, nil, true)
		held := Picture{bytes.Clone(before.pix), before.size, before.stride}
		var damage []image.Rectangle
		for i := range maxDamage {
			damage = append(damage, image.Rect(2*i, 0, 2*i+1, m.size.Y))
			for row := range rows {
				m.pix[(row*cellSide+5)*m.stride+8*i]++
			}
		}
		p, news := release(t, g, m, damage, false)
		if len(news) > maxOwed || len(news) < want {
			t.Errorf("%d rows of cells: %d rectangles were reported, want %d to %d", rows, len(news), want, maxOwed)
		}
		checkHull(t, p, &held, news)
	}
}

// checkHull wants what changed to lie around what is reported.
func checkHull(t *testing.T, p, before *Picture, news []image.Rectangle) {
	t.Helper()
	around := hull(news)
	for y := range p.size.Y {
		if from, to := unlike(p.Row(y), before.Row(y)); from < to && !image.Rect(from, y, to, y+1).In(around) {
			t.Fatalf("row %d changed from %d to %d, outside %v", y, from, to, around)
		}
	}
}

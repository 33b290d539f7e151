package agentd

import (
	"image"
	"math/rand/v2"
	"slices"
	"testing"

	"telestrator/privacy"
	"telestrator/protocol"
)

func TestPlain(t *testing.T) {
	a := func(why uint8, x, y, w, h int) area { return area{image.Rect(x, y, x+w, y+h), why} }
	for name, c := range map[string]struct{ found, want []area }{
		"nothing":             {nil, nil},
		"one":                 {[]area{a(1, 5, 6, 7, 8)}, []area{a(1, 5, 6, 7, 8)}},
		"an empty one":        {[]area{a(1, 5, 6, 0, 8), a(1, 0, 0, 1, 1)}, []area{a(1, 0, 0, 1, 1)}},
		"apart":               {[]area{a(1, 50, 5, 9, 9), a(2, 0, 0, 9, 9)}, []area{a(2, 0, 0, 9, 9), a(1, 50, 5, 9, 9)}},
		"cut in four":         {[]area{a(2, 0, 0, 5, 5), a(2, 5, 0, 5, 5), a(2, 0, 5, 5, 5), a(2, 5, 5, 5, 5)}, []area{a(2, 0, 0, 10, 10)}},
		"a field in a window": {[]area{a(1, 10, 10, 5, 5), a(3, 0, 0, 90, 90)}, []area{a(3, 0, 0, 90, 90)}},
		"a window in another": {[]area{a(3, 0, 0, 90, 90), a(2, 10, 10, 5, 5)}, []area{a(3, 0, 0, 90, 90)}},
		"side by side":        {[]area{a(1, 0, 0, 10, 10), a(2, 10, 5, 10, 10)}, []area{a(1, 0, 0, 10, 10), a(2, 10, 5, 10, 10)}},
		"wider below":         {[]area{a(1, 0, 0, 5, 5), a(1, 0, 5, 9, 5)}, []area{a(1, 0, 0, 5, 5), a(1, 0, 5, 9, 5)}},
		"again further down":  {[]area{a(1, 0, 0, 5, 5), a(1, 0, 9, 5, 5)}, []area{a(1, 0, 0, 5, 5), a(1, 0, 9, 5, 5)}},
	} {
		if got := plain(c.found); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// TestPlainIsOfTheMap compares random areas with a map of every pixel, and the
// same map cut in another way with it.
func TestPlainIsOfTheMap(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		found := make([]area, random.IntN(12))
		for i := range found {
			x, y := random.IntN(30), random.IntN(30)
			found[i] = area{image.Rect(x, y, x+random.IntN(12), y+random.IntN(12)), uint8(1 + random.IntN(3))}
		}
		got, pixels := plain(found), mapOf(found)
		if mapOf(got) != pixels {
			t.Fatalf("%v became %v", found, got)
		}
		var cells []area
		for at, why := range pixels {
			if why != 0 {
				x, y := at%size, at/size
				cells = append(cells, area{image.Rect(x, y, x+1, y+1), why})
			}
		}
		random.Shuffle(len(cells), func(i, j int) { cells[i], cells[j] = cells[j], cells[i] })
		if again := plain(cells); !slices.Equal(again, got) {
			t.Fatalf("%v became %v, its pixels %v", found, got, again)
		}
	}
}

const size = 48

func mapOf(areas []area) (pixels [size * size]uint8) {
	for _, a := range areas {
		for y := a.Min.Y; y < a.Max.Y; y++ {
			for x := a.Min.X; x < a.Max.X; x++ {
				pixels[y*size+x] = max(pixels[y*size+x], a.why)
			}
		}
	}
	return pixels
}

// TestMostMasks sees the limit of areas: all of them are told, and of one more
// the smallest is left out.
func TestMostMasks(t *testing.T) {
	var found []area
	for i := range protocol.MaxMasks {
		found = append(found, area{image.Rect(30*i, 10*(i%3), 30*i+20, 10*(i%3)+20), protocol.SecretField})
	}
	slices.SortStableFunc(found, func(a, b area) int { return a.Min.Y - b.Min.Y })
	if got := largest(found, protocol.MaxMasks); !slices.Equal(got, found) {
		t.Errorf("at the limit: %v", got)
	}
	more := slices.Insert(slices.Clone(found), 7, area{image.Rect(5, 300, 6, 301), protocol.SecretField})
	if got := largest(more, protocol.MaxMasks); !slices.Equal(got, found) {
		t.Errorf("past it: %v", got)
	}
	for _, list := range [][]area{found, largest(more, protocol.MaxMasks)} {
		m := masks{areas: list}
		if _, err := protocol.Append(nil, m.message(1, 1)); err != nil {
			t.Error(err)
		}
	}
}

// TestVeil sees what is news: other areas, another picture, another
// protection; not the same once more, and not another cut of it.
func TestVeil(t *testing.T) {
	var v veil
	rects := func(list ...image.Rectangle) {
		v.found, v.last = v.last[:0], v.found
		for _, r := range list {
			v.found = append(v.found, area{r, protocol.RuledWindow})
		}
	}
	one, left, right := image.Rect(0, 0, 20, 10), image.Rect(0, 0, 10, 10), image.Rect(10, 0, 20, 10)
	for i, step := range []struct {
		rects      []image.Rectangle
		geometry   uint32
		protection uint8
		news       bool
	}{
		{nil, 1, 0, true}, {nil, 1, 0, false}, {[]image.Rectangle{one}, 1, 0, true}, {[]image.Rectangle{one}, 1, 0, false},
		{[]image.Rectangle{left, right}, 1, 0, false}, {[]image.Rectangle{left, right}, 1, 1, true},
		{[]image.Rectangle{one}, 2, 1, true}, {[]image.Rectangle{left}, 2, 1, true}, {nil, 2, 1, true},
	} {
		rects(step.rects...)
		if _, news := v.now(step.geometry, step.protection); news != step.news {
			t.Errorf("step %d: news %v", i, news)
		}
	}
}

// TestVeilCostsNothing sees that a frame with the same masks allocates nothing.
func TestVeilCostsNothing(t *testing.T) {
	g, err := privacy.NewFixed(privacy.Policy{Unknown: privacy.Allow, Rects: []image.Rectangle{image.Rect(1, 1, 5, 5)}})
	if err != nil {
		t.Fatal(err)
	}
	bounds := image.Rect(0, 0, 8, 8)
	g.Begin()
	if _, _, err := g.Release(make([]byte, 4*64), 32, bounds.Max, nil, true); err != nil {
		t.Fatal(err)
	}
	var v veil
	frame := func() {
		v.look(g)
		v.now(1, 0)
	}
	frame()
	frame()
	if n := testing.AllocsPerRun(100, frame); n != 0 {
		t.Errorf("%v allocations", n)
	}
	if want := []area{{image.Rect(1, 1, 5, 5), protocol.RuledWindow}}; !slices.Equal(v.shown.areas, want) {
		t.Errorf("shown are %v", v.shown.areas)
	}
}

// BenchmarkPlain cuts the most masks that privacy tells one by one.
func BenchmarkPlain(b *testing.B) {
	random := rand.New(rand.NewPCG(5, 6))
	var found []area
	for i := range 512 {
		x, y := i%32*60, i/32*60
		found = append(found, area{image.Rect(x, y, x+1+random.IntN(59), y+1+random.IntN(59)), 1})
	}
	for b.Loop() {
		plain(found)
	}
}

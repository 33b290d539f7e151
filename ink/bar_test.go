package ink

import (
	"image"
	"math"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"telestrator/fuzz/bound"
	"telestrator/protocol"
)

func newTestDress(t *testing.T, language string, percent int) *dress {
	t.Helper()
	f, err := newFonts(percent)
	if err != nil {
		t.Fatal(err)
	}
	return &dress{WordsFor(language), f, percent}
}

// TestLayout: on any monitor the bar is not larger than it, everything in it
// lies inside and apart, End is there, and nothing moves when the mood changes.
func TestLayout(t *testing.T) {
	t.Parallel()
	for _, d := range []*dress{newTestDress(t, "en", 100), newTestDress(t, "de", 100), newTestDress(t, "de", 225)} {
		for name, s := range signs() {
			w := d.wants(s, time.Now())
			for width := 1; width < 1500; width = width*5/4 + 1 {
				for _, height := range []int{1, 30, 90, 200, 1080} {
					monitor := image.Pt(width, height)
					l := d.layout(w, monitor)
					checkLayout(t, name, l, monitor)
					if name == "many" {
						d.paint(s, &l, time.Now())
					}
				}
			}
			for _, mood := range s.moods() {
				if got := d.wants(mood, time.Now()); got != w {
					t.Errorf("%s: one mood wants %+v, another %+v", name, w, got)
				}
			}
		}
	}
}

func checkLayout(t *testing.T, name string, l layout, monitor image.Point) {
	t.Helper()
	inside := image.Rectangle{Max: l.size}
	if inside.Empty() || !inside.In(image.Rectangle{Max: monitor}) {
		t.Errorf("%s on %v: the bar is %v", name, monitor, l.size)
	}
	parts := []image.Rectangle{l.lamp, l.head, l.detail, l.clock, l.pause, l.end}
	for i, r := range parts {
		if !r.In(inside) || r.Dx() < 0 || r.Dy() < 0 {
			t.Errorf("%s on %v: part %d is %v of %v", name, monitor, i, r, l.size)
		}
		for j, other := range parts[:i] {
			if r.Overlaps(other) {
				t.Errorf("%s on %v: parts %d and %d are %v and %v", name, monitor, j, i, other, r)
			}
		}
	}
	if l.end.Empty() {
		t.Errorf("%s on %v: no End", name, monitor)
	}
}

// TestWholeText: on a monitor that is wide enough nothing is cut, and on a
// small one the name gives way before the rest.
func TestWholeText(t *testing.T) {
	t.Parallel()
	for language := range catalogues {
		d := newTestDress(t, language, 100)
		for name, s := range signs() {
			if name == "many" {
				continue
			}
			l := d.layout(d.wants(s, time.Now()), image.Pt(800, 600))
			if want := d.words.lines(s, time.Now()); d.fonts.head.fit(want.head, l.head.Dx()) != want.head ||
				d.fonts.detail.fit(want.detail, l.detail.Dx()) != want.detail || l.clock.Dx() < d.fonts.detail.width(want.clock) {
				t.Errorf("%s: %s: %q is cut", language, name, want)
			}
		}
	}
	d := newTestDress(t, "en", 100)
	s := Sign{Agents: []string{"Wolfeschlegelsteinhausen"}, Scopes: protocol.View}
	got := d.fitted(s, 200, time.Now()).head
	if !strings.HasPrefix(got, "Wolf") || !strings.HasSuffix(got, "… sees your screen") || d.fonts.head.width(got) > 200 {
		t.Errorf("in 200 pixels: %q", got)
	}
	s.Paused = true
	if got := d.fitted(s, 100, time.Now()).detail; got != "Connected: Wolfeschlegelsteinhausen" {
		t.Errorf("paused: %q", got)
	}
}

// TestHit: every place in the bar.
func TestHit(t *testing.T) {
	t.Parallel()
	d := newTestDress(t, "en", 100)
	l := d.layout(d.wants(*calmSign(), time.Now()), image.Pt(1280, 800))
	count := map[Press]int{}
	for y := -3; y < l.size.Y+3; y++ {
		for x := -3; x < l.size.X+3; x++ {
			count[l.at(image.Pt(x, y))]++
		}
	}
	if want := l.end.Dx() * l.end.Dy(); count[End] != want || want == 0 {
		t.Errorf("End has %d places, want %d", count[End], want)
	}
	if want := l.pause.Dx() * l.pause.Dy(); count[PauseOrResume] != want || want == 0 {
		t.Errorf("Pause has %d places, want %d", count[PauseOrResume], want)
	}
}

// TestContrast: what is written can be read (WCAG 2, level AA).
func TestContrast(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]uint32{
		{headColour, ground}, {detailColour, ground}, {handColour, ground}, {buttonText, quietButton}, {buttonText, endButton},
	} {
		if c := contrast(pair[0], pair[1]); c < 4.5 {
			t.Errorf("%06x on %06x has a contrast of %.1f", pair[0], pair[1], c)
		}
	}
	for _, accent := range []uint32{liveColour, pausedColour} {
		if c := contrast(accent, ground); c < 3 {
			t.Errorf("%06x on %06x has a contrast of %.1f", accent, ground, c)
		}
	}
}

func contrast(a, b uint32) float64 {
	light, dark := luminance(a), luminance(b)
	if light < dark {
		light, dark = dark, light
	}
	return (light + 0.05) / (dark + 0.05)
}

func luminance(colour uint32) float64 {
	part := func(shift int) float64 {
		v := float64(colour>>shift&255) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*part(16) + 0.7152*part(8) + 0.0722*part(0)
}

func TestClean(t *testing.T) {
	t.Parallel()
	f := newTestDress(t, "en", 100).fonts
	for name, want := range map[string]string{
		"": "", "Maria": "Maria", " Maria \t\n  Lopez ": "Maria Lopez", "Zoë Łukasz Ωμέγα Жук": "Zoë Łukasz Ωμέγα Жук",
		"\x1b[31mred\x07\x00\x9b": "[31mred", "ab\u202egnp.exe\u202c": "abgnp.exe", "\u2066\u2067\u2068\u2069\u061c": "",
		"a\u200b\u200d\ufeff\u2060b": "ab", "line\u2028para\u2029end": "line para end", "tag\U000e0041\U000e007f": "tag",
		"\ue000\U000f0000": "", "bad\xff\xfeutf8": "badutf8", "Zoe\u0308\u0301\u0302": "Zoe",
		"李明": "", "Maria 李": "Maria □", "שלום": "", "Maria שלום": "Maria □□□□", "{name}": "{name}",
	} {
		if got := f.clean(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

// TestNameLimit: the longest name is whole, one that is longer is cut.
func TestNameLimit(t *testing.T) {
	t.Parallel()
	f := newTestDress(t, "en", 100).fonts
	for n, want := range map[int]string{
		maxName: strings.Repeat("é", maxName), maxName + 1: strings.Repeat("é", maxName-1) + "…", 1 << 16: strings.Repeat("é", maxName-1) + "…",
	} {
		if got := f.clean(strings.Repeat("é", n)); got != want {
			t.Errorf("%d characters became %q", n, got)
		}
	}
}

func FuzzClean(f *testing.F) {
	letters, err := newFonts(100)
	if err != nil {
		f.Fatal(err)
	}
	f.Add("Maria")
	f.Add("\u202e\x00 \u0300李 ")
	f.Fuzz(func(t *testing.T, name string) {
		bound.Check(t, func() {
			got := letters.clean(name)
			if !utf8.ValidString(got) || utf8.RuneCountInString(got) > maxName {
				t.Errorf("%q became %q", name, got)
			}
			if again := letters.clean(got); again != got {
				t.Errorf("cleaning %q once more gives %q", got, again)
			}
		})
	})
}

// TestFit: what is cut to a width has it, and nothing is cut without need.
func TestFit(t *testing.T) {
	t.Parallel()
	face := newTestDress(t, "en", 100).fonts.head
	const text = "Maria sees your screen"
	whole := face.width(text)
	if got := face.fit(text, whole); got != text {
		t.Errorf("with enough room: %q", got)
	}
	for width := range whole {
		got := face.fit(text, width)
		if face.width(got) > width || got != "" && !strings.HasSuffix(got, "…") {
			t.Errorf("in %d pixels: %q, %d wide", width, got, face.width(got))
		}
	}
}

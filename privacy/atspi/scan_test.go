package atspi

import (
	"fmt"
	"image"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func field40(x int32) fakeNode {
	return fakeNode{role: rolePassword, states: showing, area: [4]int32{x, 100, 100, 20}}
}

func entry(x int32, name string) fakeNode {
	return fakeNode{role: roleEntry, states: showing, area: [4]int32{x, 100, 100, 20}, name: name}
}

// TestHeirs replaces a secret field in its last moment, too late, and elsewhere by
// one that is as large or larger.
func TestHeirs(t *testing.T) {
	for _, c := range []struct {
		name string
		late time.Duration
		x, w int32
		heir bool
	}{
		{"at once", 0, 50, 110, true},
		{"in time", heirTime, 50, 110, true},
		{"too late", heirTime + 1, 50, 100, false},
		{"half beside", 0, 100, 110, true},
		{"more than half beside", 0, 101, 110, false},
		{"elsewhere and as large", heirTime, 300, 102, true},
		{"elsewhere and larger", 0, 300, 103, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFake("gtk", "3.24")
				p := f.program()
				f.put("window", "secret", field40(50))
				scanned(t, p)
				f.drop("window", "secret")
				scanned(t, p)
				time.Sleep(c.late)
				plain := entry(c.x, "")
				plain.area[2] = c.w
				f.put("window", "plain", plain)
				s := scanned(t, p)
				if heir := len(s.Secrets) == 1 && s.Secrets[0].Kind == Heir; heir != c.heir {
					t.Errorf("heir %v, want %v: %+v", heir, c.heir, s.Secrets)
				}
				time.Sleep(time.Minute)
				if s := scanned(t, p); len(s.Secrets) == 1 != c.heir {
					t.Errorf("a minute later: %+v", s.Secrets)
				}
			})
		})
	}
}

// TestHeirMovedWithItsWindow replaces a secret field while its window moves.
func TestHeirMovedWithItsWindow(t *testing.T) {
	f := newFake("gtk", "3.24")
	p := f.program()
	f.put("window", "secret", field40(50))
	scanned(t, p)
	f.drop("window", "secret")
	f.nodes[fakeRef("window")].area[0] += 400
	heir := entry(450, "")
	heir.area[2] = 110
	f.put("window", "heir", heir)
	if s := scanned(t, p); len(s.Secrets) != 1 || s.Secrets[0].Kind != Heir {
		t.Errorf("%+v", s.Secrets)
	}
}

// TestHiddenFieldHasHeir has a secret field that stops showing and stays.
func TestHiddenFieldHasHeir(t *testing.T) {
	f := newFake("gtk", "3.24")
	p := f.program()
	f.put("window", "secret", field40(50))
	scanned(t, p)
	f.nodes[fakeRef("secret")].states = 0
	f.put("window", "plain", entry(50, ""))
	s := scanned(t, p)
	if len(s.Secrets) != 2 || s.Secrets[0].Showing || !s.Secrets[1].Showing || s.Secrets[1].Kind != Heir {
		t.Errorf("%+v", s.Secrets)
	}
}

// TestHeirOfAHiddenField replaces a secret field while it does not show, such as
// on a page of a notebook that is turned back at the same moment.
func TestHeirOfAHiddenField(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake("gtk", "3.24")
		p := f.program()
		f.put("window", "secret", field40(50))
		scanned(t, p)
		f.nodes[fakeRef("secret")].states = 0
		scanned(t, p)
		time.Sleep(2 * heirTime)
		f.drop("window", "secret")
		f.put("window", "plain", entry(50, ""))
		if s := scanned(t, p); len(s.Secrets) != 1 || s.Secrets[0].Kind != Heir {
			t.Errorf("%+v", s.Secrets)
		}
	})
}

// TestNamesAreReadAgain changes a field's name, with an event and without.
func TestNamesAreReadAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake("gtk", "3.24")
		p := f.program()
		f.put("window", "a", entry(50, "Search"))
		f.put("window", "b", entry(150, "Search"))
		scanned(t, p)
		f.nodes[fakeRef("a")].name = "Card number"
		f.nodes[fakeRef("b")].name = "PIN"
		if s := scanned(t, p); len(s.Secrets) != 0 {
			t.Errorf("read again without a reason: %+v", s.Secrets)
		}
		p.doubt(fakeRef("a").path)
		if s := scanned(t, p); len(s.Secrets) != 1 || s.Secrets[0].Kind != Card {
			t.Errorf("after the event: %+v", s.Secrets)
		}
		time.Sleep(rereadTime)
		if s := scanned(t, p); len(s.Secrets) != 2 || s.Secrets[1].Kind != PIN {
			t.Errorf("after a while: %+v", s.Secrets)
		}
	})
}

func TestAreas(t *testing.T) {
	for _, c := range []struct {
		x, y, width, height int
		known               bool
	}{
		{10, 10, 100, 20, true}, {-50, -10, 100, 20, true}, {0, 0, 1, 1, true},
		{-1, -1, -1, -1, false}, {0, 0, 0, 0, false}, {10, 10, 0, 20, false}, {10, 10, 20, 0, false}, {10, 10, -5, 20, false},
		{maxCoordinate, -maxCoordinate, 1, 1, true}, {maxCoordinate + 1, 0, 1, 1, false}, {0, -maxCoordinate - 1, 1, 1, false},
		{0, 0, maxSide, maxSide, true}, {0, 0, maxSide + 1, 1, false}, {0, 0, 1, maxSide + 1, false},
		{-1 << 31, -1 << 31, 1<<31 - 1, 1<<31 - 1, false},
	} {
		f := newFake("gtk", "3.24")
		n := field40(0)
		n.area = [4]int32{int32(c.x), int32(c.y), int32(c.width), int32(c.height)}
		f.put("window", "secret", n)
		want := image.Rectangle{}
		if c.known {
			want = image.Rect(c.x, c.y, c.x+c.width, c.y+c.height)
		}
		if s := scanned(t, f.program()).Secrets[0]; s.Known != c.known || s.Area != want || !s.Showing {
			t.Errorf("%+v: %+v", c, s)
		}
		f.nodes[fakeRef("secret")].states = 0
		if s := scanned(t, f.program()).Secrets[0]; !s.Known || s.Showing {
			t.Errorf("%+v of a field that does not show: %+v", c, s)
		}
	}
}

// pages are what Chromium's and Firefox's windows show, and whether that can be
// vouched for.
func TestPages(t *testing.T) {
	page := fakeNode{role: roleDocumentWeb, states: showing, area: [4]int32{0, 100, 800, 500}, document: map[string]string{"URI": "https://a.test/\u202e\n"}}
	leaf := fakeNode{role: 73, states: showing}
	frame := fakeNode{role: 28, states: showing, attributes: map[string]string{"tag": "iframe"}}
	for _, c := range []struct {
		name  string
		build func(*fake)
		why   string
		pages []string
	}{
		{"no page", func(*fake) {}, "it shows no page yet", nil},
		{"a page", func(f *fake) { f.put("window", "page", page); f.put("page", "p", leaf) }, "", []string{"https://a.test/"}},
		{"an empty page", func(f *fake) { f.put("window", "page", page) }, "its page has not told what is in it", []string{"https://a.test/"}},
		{"a page that loads", func(f *fake) {
			n := page
			n.states |= busy
			f.put("window", "page", n)
			f.put("page", "p", leaf)
		}, "its page is loading", []string{"https://a.test/"}},
		{"a hidden page", func(f *fake) {
			n := page
			n.states = 0
			f.put("window", "page", n)
			f.put("page", "p", leaf)
		}, "it shows no page yet", nil},
		{"no address", func(f *fake) {
			n := page
			n.document = nil
			f.put("window", "page", n)
			f.put("page", "p", leaf)
		}, "its page does not say its address", nil},
		{"a blank page inside", func(f *fake) {
			f.put("window", "page", page)
			f.put("page", "inside", frame)
			n := page
			n.document = map[string]string{"DocURL": "about:blank"}
			f.put("inside", "blank", n)
		}, "", []string{"https://a.test/", "about:blank"}},
		{"a page inside that is not there yet", func(f *fake) {
			f.put("window", "page", page)
			f.put("page", "inside", frame)
			f.put("inside", "blank", page)
		}, "its page has not told what is in it", []string{"https://a.test/", "https://a.test/"}},
		{"a tiny page inside", func(f *fake) {
			f.put("window", "page", page)
			f.put("page", "inside", frame)
			n := page
			n.area = [4]int32{0, 0, smallest - 1, smallest - 1}
			f.put("inside", "blank", n)
		}, "", []string{"https://a.test/", "https://a.test/"}},
		{"a page inside that is just not tiny", func(f *fake) {
			f.put("window", "page", page)
			f.put("page", "inside", frame)
			n := page
			n.area = [4]int32{0, 0, smallest, smallest - 1}
			f.put("inside", "blank", n)
		}, "its page has not told what is in it", []string{"https://a.test/", "https://a.test/"}},
	} {
		for _, kit := range []string{"Chromium", "Gecko"} {
			f := newFake(kit, "1")
			c.build(f)
			s := scanned(t, f.program())
			if got := s.Frames[0]; got.Why != c.why || got.Ready != (c.why == "") || !slices.Equal(got.Pages, c.pages) {
				t.Errorf("%s, %s: %+v", kit, c.name, got)
			}
		}
	}
}

// TestChromiumDialogs has windows without a page, and pages with a dialog before
// them.
func TestChromiumDialogs(t *testing.T) {
	f := newFake("Chromium", "1")
	f.nodes[fakeRef("window")].attributes["class"] = "RootView"
	f.put("window", "button", fakeNode{role: 43, states: showing, attributes: map[string]string{"class": "Button"}})
	if s := scanned(t, f.program()); !s.Frames[0].Ready {
		t.Errorf("a dialog without a page: %+v", s.Frames)
	}
	f.put("window", "host", fakeNode{role: 39, states: showing, attributes: map[string]string{"class": "ContentsWebView"}})
	if s := scanned(t, f.program()); s.Frames[0].Ready {
		t.Errorf("a dialog that hosts a page: %+v", s.Frames)
	}

	f = newFake("Chromium", "1")
	page := fakeNode{role: roleDocumentWeb, states: showing, area: [4]int32{0, 90, 800, 510}, document: map[string]string{"URI": "https://a.test/"}}
	f.put("window", "page", page)
	f.put("page", "secret", field40(50))
	p := f.program()
	scanned(t, p)
	gone := f.nodes[fakeRef("window")].below
	f.nodes[fakeRef("window")].below = nil // what Chromium does with a page behind something
	f.put("window", "dialog", fakeNode{role: roleFrame, states: showing, attributes: map[string]string{"class": "RootView"}})
	f.put("dialog", "print", page)
	f.put("print", "text", fakeNode{role: 73})
	if s := scanned(t, p); s.Frames[0].Ready || len(s.Secrets) != 1 || !s.Secrets[0].Showing {
		t.Errorf("a page in a dialog: %+v %+v", s.Frames, s.Secrets)
	}
	f.nodes[fakeRef("window")].below = nil
	f.put("window", "other", page)
	f.put("other", "text", fakeNode{role: 73})
	if s := scanned(t, p); !s.Frames[0].Ready || len(s.Secrets) != 0 {
		t.Errorf("another tab: %+v %+v", s.Frames, s.Secrets)
	}
	f.nodes[fakeRef("window")].below = gone
	f.nodes[fakeRef("secret")].role = roleEntry // and shown as text meanwhile
	if s := scanned(t, p); !s.Frames[0].Ready || len(s.Secrets) != 1 || !s.Secrets[0].Showing {
		t.Errorf("the first tab again: %+v %+v", s.Frames, s.Secrets)
	}
}

// TestLimits fills a program to its limits and one beyond.
func TestLimits(t *testing.T) {
	many := func(n int, make func(f *fake, i int)) *Scan {
		f := newFake("gtk", "3.24")
		for i := range n {
			make(f, i)
		}
		return scanned(t, f.program())
	}
	plain := func(f *fake, i int) { f.put("window", fmt.Sprint(i), entry(0, "")) }
	secrets := func(f *fake, i int) { f.put("window", fmt.Sprint(i), field40(0)) }
	windows := func(f *fake, i int) { f.put("root", fmt.Sprint(i), fakeNode{role: roleFrame}) }
	if s := many(maxFields, plain); !s.Frames[0].Ready {
		t.Error(s.Frames[0].Why)
	}
	if s := many(maxFields+1, plain); s.Frames[0].Ready {
		t.Error("one field too many, and nobody says so")
	}
	if s := many(maxSecrets, secrets); !s.Frames[0].Ready || len(s.Secrets) != maxSecrets {
		t.Error(s.Frames[0].Why, len(s.Secrets))
	}
	if s := many(maxSecrets+1, secrets); s.Frames[0].Ready {
		t.Error("one secret field too many, and nobody says so")
	}
	if s := many(maxFrames-1, windows); len(s.Frames) != maxFrames {
		t.Error(len(s.Frames), "windows")
	}
	if s := many(maxFrames, windows); len(s.Frames) != maxFrames {
		t.Error(len(s.Frames), "windows")
	}
}

// TestAttributes has fields with as many attributes as may be, and one more: then
// nobody can be sure of it.
func TestAttributes(t *testing.T) {
	for _, n := range []int{maxAttributes, maxAttributes + 1} {
		f := newFake("gtk", "3.24")
		e := entry(0, "")
		e.attributes = map[string]string{}
		for i := range n {
			e.attributes[fmt.Sprint(i)] = ""
		}
		f.put("window", "entry", e)
		s := scanned(t, f.program())
		if n == maxAttributes && len(s.Secrets) != 0 || n > maxAttributes && (len(s.Secrets) != 1 || s.Secrets[0].Kind != Unsure) {
			t.Errorf("%d attributes: %+v", n, s.Secrets)
		}
	}
}

// TestLabels has a field with as many labels as may be, the last of which tells,
// and with one more.
func TestLabels(t *testing.T) {
	for _, n := range []int{maxLabels, maxLabels + 1} {
		f := newFake("gtk", "3.24")
		e := entry(0, "")
		for i := range n {
			f.put("window", fmt.Sprint(i), fakeNode{role: 29, name: "of"})
			e.labels = append(e.labels, fakeRef(fmt.Sprint(i)))
		}
		f.nodes[e.labels[n-1]].name = "PIN"
		f.put("window", "entry", e)
		p := f.program()
		for range 2 {
			if s := scanned(t, p); len(s.Secrets) == 1 != (n == maxLabels) {
				t.Errorf("%d labels: %+v", n, s.Secrets)
			}
		}
	}
}

// TestManyPages has as many documents in a window as may be, and one more.
func TestManyPages(t *testing.T) {
	for _, n := range []int{maxPages, maxPages + 1} {
		f := newFake("Chromium", "1")
		for i := range n {
			id := fmt.Sprint(i)
			f.put("window", id, fakeNode{role: roleDocumentWeb, states: showing, area: [4]int32{0, 0, 800, 600}, document: map[string]string{"URI": id}})
			f.put(id, id+"p", fakeNode{role: 73})
		}
		s := scanned(t, f.program())
		if s.Frames[0].Ready != (n == maxPages) || len(s.Frames[0].Pages) != maxPages {
			t.Errorf("%d pages: %+v", n, s.Frames[0])
		}
	}
}

// TestManyViews has as many views in a Chromium window without a page as may be,
// and one more.
func TestManyViews(t *testing.T) {
	for _, n := range []int{maxViews - 1, maxViews} {
		f := newFake("Chromium", "1")
		f.nodes[fakeRef("window")].attributes["class"] = "RootView"
		for i := range 2 {
			id := fmt.Sprint("v", i)
			f.put("window", id, fakeNode{role: 39, states: showing, attributes: map[string]string{}})
			for j := range (n - 2 + i) / 2 {
				f.put(id, fmt.Sprint(id, "v", j), fakeNode{role: 39, states: showing, attributes: map[string]string{}})
			}
		}
		if s := scanned(t, f.program()); s.Frames[0].Ready != (n < maxViews) {
			t.Errorf("%d views: %+v", n, s.Frames[0])
		}
	}
}

// TestAddresses cuts a page's address.
func TestAddresses(t *testing.T) {
	for _, n := range []int{maxAddress, maxAddress + 1} {
		if got := readAddress([]any{map[string]string{"URI": strings.Repeat("x", n)}}); len(got) != maxAddress {
			t.Errorf("%d bytes of %d are kept", len(got), n)
		}
	}
}

// TestManyPrograms lists as many programs as are followed, and one more.
func TestManyPrograms(t *testing.T) {
	for _, n := range []int{maxPrograms, maxPrograms + 1} {
		refs := make([]ref, n)
		for i := range refs {
			refs[i] = ref{fmt.Sprint(":1.", i), root}
		}
		if got := followed(refs); len(got) != maxPrograms {
			t.Errorf("%d of %d programs are followed", len(got), n)
		}
	}
}

// TestWalkLimits has trees as deep, large and wide as may be, and one more.
func TestWalkLimits(t *testing.T) {
	for _, c := range []struct {
		name  string
		ready bool
		build func(*fake)
	}{
		{"deep", true, func(f *fake) { deep(f, maxDepth-2) }},
		{"too deep", false, func(f *fake) { deep(f, maxDepth-1) }},
		{"wide", true, func(f *fake) { wide(f, "window", maxWide) }},
		{"too wide", false, func(f *fake) { wide(f, "window", maxWide+1) }},
		{"large", true, func(f *fake) { large(f, maxNodes-1) }},
		{"too large", false, func(f *fake) { large(f, maxNodes) }},
		{"round", true, func(f *fake) {
			f.put("window", "a", fakeNode{role: 39})
			f.nodes[fakeRef("a")].below = []ref{fakeRef("window"), fakeRef("a")}
		}},
	} {
		f := newFake("Qt", "5.15")
		f.searches = false
		c.build(f)
		if s := scanned(t, f.program()); s.Frames[0].Ready != c.ready {
			t.Errorf("%s: %+v", c.name, s.Frames[0])
		}
	}
}

// deep puts a chain of nodes and a field into the window.
func deep(f *fake, levels int) {
	above := "window"
	for i := range levels {
		f.put(above, fmt.Sprint(i), fakeNode{role: 39})
		above = fmt.Sprint(i)
	}
	f.put(above, "field", field40(0))
}

func wide(f *fake, parent string, n int) {
	for i := range n {
		f.put(parent, fmt.Sprint(parent, i), fakeNode{role: 39})
	}
}

// large puts n nodes into the window, with a last level that is empty.
func large(f *fake, n int) {
	for i := 0; n > 0; i++ {
		id := fmt.Sprint("l", i)
		f.put("window", id, fakeNode{role: 39})
		wide(f, id, min(n-1, 1000))
		n -= 1 + min(n-1, 1000)
	}
}

// TestPlaces forgets the oldest place where a secret field was.
func TestPlaces(t *testing.T) {
	for _, extra := range []int{0, 1} {
		f := newFake("gtk", "3.24")
		p := f.program()
		for i := range maxPlaces + extra {
			id := fmt.Sprint(i)
			f.put("window", id, field40(int32(200*i)))
			scanned(t, p)
			f.drop("window", id)
			scanned(t, p)
		}
		heir := entry(0, "")
		heir.area[2] = 110 // larger than any
		f.put("window", "heir", heir)
		if s := scanned(t, p); len(s.Secrets) == 1 != (extra == 0) {
			t.Errorf("%d places: %+v", maxPlaces+extra, s.Secrets)
		}
	}
}

func TestTexts(t *testing.T) {
	if got := Clean("a\u202e\x00b\u200b\n\xffc "); got != "a b c" {
		t.Errorf("%q", got)
	}
	for _, n := range []int{maxText, maxText + 1} {
		long := make([]byte, n)
		for i := range long {
			long[i] = 'x'
		}
		if got := Clean(string(long)); len(got) != maxText {
			t.Errorf("%d bytes of %d are kept", len(got), n)
		}
	}
}

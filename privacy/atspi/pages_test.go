package atspi

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

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

package atspi

import (
	"fmt"
	"testing"
)

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

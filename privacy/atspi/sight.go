package atspi

import (
	"context"
	"fmt"
	"image"
	"time"
)

// sight is one scan on its way, step by step. Each step asks all it can at once.
type sight struct {
	p       *program
	began   time.Time
	windows []window
	order   []*node
	nodes   map[ref]*node
}

// window is one of the program's windows.
type window struct {
	Frame
	ref   ref
	role  int
	class string // of Chromium's view
}

// node is one that a window's search has found, or that is remembered.
type node struct {
	ref      ref
	window   int // index, -1 when not known
	role     int
	states   states
	area     image.Rectangle
	asked    bool // for its area
	placed   bool // its area makes sense
	gone     bool
	dumb     bool   // it did not say what it is
	found    bool   // by the search of its window
	covered  bool   // it is on a page that does not show
	children int    // of a document
	address  string // of a document
	kind     Kind
	secret   bool
}

func (s *sight) questions(ctx context.Context) questions {
	return questions{ctx: ctx, line: s.p.line}
}

// refuse notes why a window is not ready; the first reason stays.
func (s *sight) refuse(window int, why string) {
	if window >= 0 && s.windows[window].Why == "" {
		s.windows[window].Why = why
	}
}

// lookForWindows asks for the program's windows.
func (s *sight) lookForWindows(ctx context.Context) error {
	q := s.questions(ctx)
	q.ask(s.p.root, accessible+"GetChildren")
	answers, err := q.wait()
	if err != nil {
		return err
	}
	windows, ok := readRefs(answers[0].body, maxWide)
	if !ok {
		return fmt.Errorf("%w: its windows", ErrNonsense)
	}
	for _, r := range windows[:min(len(windows), maxFrames)] {
		s.windows = append(s.windows, window{Frame: Frame{Path: string(r.path)}, ref: r})
	}
	return nil
}

// searchWindows asks what each window is, and for the nodes in it that matter.
func (s *sight) searchWindows(ctx context.Context) error {
	q := s.questions(ctx)
	for _, w := range s.windows {
		q.ask(w.ref, accessible+"GetRole")
		q.askProperty(w.ref, prefix+"Accessible", "Name")
		q.ask(w.ref, component+"GetExtents", s.p.origin())
		q.ask(w.ref, accessible+"GetAttributes")
	}
	each := len(q.calls) / max(1, len(s.windows))
	s.p.walks = s.p.walks || s.p.toolkit() == Qt // which has no search, and says that there is no such node
	if !s.p.walks {
		for _, w := range s.windows {
			q.search(w.ref, ruleOf(wanted, 0))
		}
	}
	answers, err := q.wait()
	if err != nil {
		return err
	}
	for i := range s.windows {
		s.introduce(i, answers[i*each:][:each])
	}
	return s.collect(ctx, answers[each*len(s.windows):])
}

func (s *sight) introduce(i int, a []answer) {
	w := &s.windows[i]
	role, ok := readRole(a[0].body)
	title, said := readText(a[1].body)
	if !ok || !said {
		s.refuse(i, "it does not say what it is")
	}
	w.role, w.Title = role, title
	w.Area, _ = readArea(a[2].body)
	attributes, _ := readAttributes(a[3].body)
	w.class = attributes["class"]
}

// collect takes what the windows' searches have found, or walks through the
// windows of programs that cannot search.
func (s *sight) collect(ctx context.Context, found []answer) error {
	for i, a := range found {
		if unable(a.err) {
			s.p.walks = true
			break
		}
		s.found(i, a)
	}
	if !s.p.walks {
		return nil
	}
	for i, w := range s.windows {
		refs, trouble, err := s.p.walk(s.questions(ctx), w.ref)
		if err != nil {
			return err
		}
		if trouble != "" {
			s.refuse(i, trouble)
		}
		s.take(i, refs)
	}
	return nil
}

func (s *sight) found(i int, a answer) {
	refs, ok := readRefs(a.body, maxWide)
	if !ok {
		s.refuse(i, "its search for fields failed")
	}
	s.take(i, refs)
}

// take adds nodes that are in a window.
func (s *sight) take(i int, refs []ref) {
	if len(refs) > maxFields {
		s.refuse(i, "it has too many fields")
		refs = refs[:maxFields]
	}
	for _, r := range refs {
		s.add(r, i).found = true
	}
}

func (s *sight) add(r ref, window int) *node {
	if s.nodes[r] == nil {
		s.nodes[r] = &node{ref: r, window: window}
		s.order = append(s.order, s.nodes[r])
	}
	return s.nodes[r]
}

// report makes the scan of what was seen.
func (s *sight) report() *Scan {
	scan := &Scan{Began: s.began}
	for i := range s.windows {
		w := &s.windows[i]
		w.Ready = w.Why == ""
		scan.Frames = append(scan.Frames, w.Frame)
	}
	for _, n := range s.order {
		if n.secret && !n.gone && !n.covered {
			scan.Secrets = append(scan.Secrets, s.secret(n))
		}
	}
	scan.Ended = time.Now()
	return scan
}

func (s *sight) secret(n *node) Secret {
	shows := n.dumb || n.states&showing != 0
	return Secret{
		ID: n.ref.String(), Kind: n.kind, Frame: n.window,
		Area: n.area, Relative: s.p.toolkit() == GTK4,
		Showing: shows, Known: n.placed || !shows, Focused: n.states&focused != 0,
	}
}

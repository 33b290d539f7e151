package atspi

import (
	"context"
	"strings"
)

// judgeWindows says of each window whether its content could be searched.
func (s *sight) judgeWindows(ctx context.Context) error {
	documents := make([]int, len(s.windows))
	for _, n := range s.order {
		if n.role == roleDocumentWeb && !n.gone && !n.dumb && n.window >= 0 && n.states&showing != 0 {
			documents[n.window]++
			s.judgePage(n)
		}
	}
	for i := range s.windows {
		if err := s.judgeWindow(ctx, i, documents[i]); err != nil {
			return err
		}
	}
	return nil
}

// judgePage takes the address of a document that shows. One without children is
// empty, or what it has in it has not been told yet.
func (s *sight) judgePage(n *node) {
	w := &s.windows[n.window]
	switch {
	case n.children == 0:
		s.refuse(n.window, "its page has not told what is in it")
	case n.states&busy != 0:
		s.refuse(n.window, "its page is loading")
	case len(w.Pages) == maxPages:
		s.refuse(n.window, "it shows too many pages")
	case n.address == "":
		s.refuse(n.window, "its page does not say its address")
	}
	if len(w.Pages) < maxPages && n.address != "" {
		w.Pages = append(w.Pages, n.address)
	}
}

// judgeWindow refuses windows of browsers that must have a page but show none.
// Chromium tells what is in its pages only after it has been asked much.
func (s *sight) judgeWindow(ctx context.Context, i, documents int) error {
	w := &s.windows[i]
	switch s.p.toolkit() {
	case Firefox:
		if documents == 0 && w.role != roleDialog && w.role != roleAlert {
			s.refuse(i, "it shows no page yet")
		}
	case Chromium:
		if documents > 0 && w.Why == "" {
			return nil
		}
		hosts, err := s.wake(ctx, w)
		if err != nil {
			return err
		}
		if documents == 0 && hosts {
			s.refuse(i, "it shows no page yet")
		}
	}
	return nil
}

// wake asks every view of a Chromium window, down to its pages, for what only
// somebody wants to know who looks at pages. It says whether one of the views
// that show is there for a page.
func (s *sight) wake(ctx context.Context, w *window) (hosts bool, err error) {
	hosts = w.class == "" || w.class == "BrowserRootView"
	seen := map[ref]bool{w.ref: true}
	for level, depth := []ref{w.ref}, 0; len(level) > 0; depth++ {
		if depth == maxDepth || len(seen) > maxViews {
			return true, nil
		}
		views, err := s.views(ctx, level)
		if err != nil {
			return true, err
		}
		level = level[:0]
		for _, v := range views {
			hosts = hosts || v.page
			for _, r := range v.below {
				if !seen[r] {
					seen[r] = true
					level = append(level, r)
				}
			}
		}
	}
	return hosts, nil
}

// view is one of Chromium's.
type view struct {
	page  bool // it shows, and is there for a page
	below []ref
}

func (s *sight) views(ctx context.Context, level []ref) ([]view, error) {
	q := s.questions(ctx)
	for _, r := range level {
		q.ask(r, accessible+"GetRole")
		q.ask(r, accessible+"GetState")
		q.ask(r, accessible+"GetAttributes")
		q.ask(r, accessible+"GetChildren")
		q.askProperty(r, prefix+"Accessible", "Name")
		q.ask(r, component+"GetExtents", uint32(0))
	}
	answers, err := q.wait()
	if err != nil {
		return nil, err
	}
	const each = 6
	views := make([]view, len(level))
	for i := range level {
		views[i] = readView(answers[each*i:][:each])
	}
	return views, nil
}

// readView reads what a view says of itself. One that does not say it may be
// there for a page.
func readView(a []answer) view {
	role, is := readRole(a[0].body)
	state, has := readStates(a[1].body)
	attributes, told := readAttributes(a[2].body)
	below, _ := readRefs(a[3].body, maxWide)
	if role == roleDocumentWeb {
		return view{}
	}
	class := attributes["class"]
	hosts := !told || strings.Contains(class, "Web") || class == "NativeViewHost"
	return view{page: !is || !has || state&showing != 0 && hosts, below: below}
}

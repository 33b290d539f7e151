package atspi

import (
	"context"
	"strings"
	"time"
)

// judgeWindows says of each window whether its content could be searched.
func (s *sight) judgeWindows(ctx context.Context) error {
	told := make([]int, len(s.windows))
	for _, n := range s.order {
		if n.role == roleDocumentWeb && n.found && !n.gone && !n.dumb && n.states&showing != 0 {
			s.judgePage(n)
			if f := s.p.fields[n.ref]; n.children > 0 && f != nil && f.placed && !f.nested && !f.dialog {
				told[n.window]++
			}
		}
	}
	for i := range s.windows {
		if err := s.judgeWindow(ctx, i, told[i]); err != nil {
			return err
		}
	}
	return nil
}

func (s *sight) nested(n *node) bool {
	f := s.p.fields[n.ref]
	return f != nil && f.nested
}

// judgePage takes the address of a document that shows. One without children is
// empty, or what is in it has not been told yet; that does not matter of one
// inside another where nothing can be seen.
func (s *sight) judgePage(n *node) {
	w := &s.windows[n.window]
	blank := s.nested(n) && (n.address == "" || n.address == "about:blank" || n.placed && max(n.area.Dx(), n.area.Dy()) < smallest)
	switch {
	case n.states&busy != 0:
		s.refuse(n.window, "its page is loading")
	case n.children == 0 && !blank:
		s.refuse(n.window, "its page has not told what is in it")
	case len(w.Pages) == maxPages:
		s.refuse(n.window, "it shows too many pages")
	case n.address == "" && !s.nested(n):
		s.refuse(n.window, "its page does not say its address")
	}
	if len(w.Pages) < maxPages && n.address != "" {
		w.Pages = append(w.Pages, n.address)
	}
}

// judgeWindow refuses windows of browsers that must have a page but show none
// that has told what is in it. Chromium does that only after it has been asked
// much.
func (s *sight) judgeWindow(ctx context.Context, i, told int) error {
	w := &s.windows[i]
	if told > 0 {
		return nil
	}
	switch s.p.toolkit() {
	case Firefox:
		if w.role != roleDialog && w.role != roleAlert {
			s.refuse(i, "it shows no page yet")
		}
	case Chromium:
		hosts, err := s.hosts(ctx, w)
		if err != nil {
			return err
		}
		if hosts {
			s.refuse(i, "it shows no page yet")
		}
	}
	return nil
}

// waking is when a window was last woken, and how long that will do.
type waking struct {
	title string
	at    time.Time
	pause time.Duration
}

// hosts wakes a window, and says whether it is one that has pages. One that goes
// on showing none is woken more and more rarely.
func (s *sight) hosts(ctx context.Context, w *window) (bool, error) {
	last, known := s.p.woken[w.ref]
	if known && last.title == w.Title && s.began.Sub(last.at) < last.pause {
		return true, nil
	}
	pause := wakeShortest
	if known && last.title == w.Title {
		pause = min(2*last.pause, wakeLongest)
	}
	hosts, err := s.wake(ctx, w)
	if delete(s.p.woken, w.ref); hosts {
		s.p.woken[w.ref] = waking{w.Title, s.began, pause}
	}
	return hosts, err
}

// wake asks the views of a Chromium window that show, down to its pages, for what only
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
		q.ask(r, component+"GetExtents", s.p.origin())
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
	if is && has && state&showing == 0 {
		return view{}
	}
	class := attributes["class"]
	return view{page: !is || !has || !told || strings.Contains(class, "Web") || class == "NativeViewHost", below: below}
}

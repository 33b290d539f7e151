package atspi

import (
	"context"
	"slices"
)

// lookAround asks where documents are that are new, how fields are labelled, and on which pages those
// secret fields are that no search has found.
func (s *sight) lookAround(ctx context.Context) error {
	if err := s.nest(ctx); err != nil {
		return err
	}
	if err := s.readLabels(ctx); err != nil {
		return err
	}
	if s.p.toolkit() != Chromium {
		return nil
	}
	for r, known := range s.p.secrets {
		n := s.nodes[r]
		if n.found || n.gone {
			continue
		}
		if known.page == (ref{}) {
			page, err := s.pageOf(ctx, r)
			if err != nil {
				return err
			}
			known.page = page
		}
		n.covered = known.page != (ref{}) && !s.shows(known.page) && s.behind(n)
	}
	return nil
}

// behind says whether a node's place is taken by a page of its window. That the
// node's own page is not found is not enough: one is not found either while a
// dialog lies over it. The area of what is behind may be a little off.
func (s *sight) behind(n *node) bool {
	return n.placed && slices.ContainsFunc(s.order, func(page *node) bool {
		f := s.p.fields[page.ref]
		return page.window == n.window && page.role == roleDocumentWeb && s.shows(page.ref) && !f.nested && !f.dialog &&
			page.placed && covers(page.area, n.area)
	})
}

// shows says whether a page is found in a window, and shows.
func (s *sight) shows(page ref) bool {
	n := s.nodes[page]
	return n != nil && n.found && !n.gone && (n.dumb || n.states&showing != 0)
}

// readLabels asks for the names of the labels that fields have.
func (s *sight) readLabels(ctx context.Context) error {
	q := s.questions(ctx)
	var asked []*field
	for _, n := range s.order {
		f := s.p.fields[n.ref]
		if f == nil || f.named {
			continue
		}
		for _, label := range f.labels {
			q.askProperty(label, prefix+"Accessible", "Name")
			asked = append(asked, f)
		}
		f.labels = nil
	}
	answers, err := q.wait()
	if err != nil {
		return err
	}
	for i, f := range asked {
		if said, _ := readText(answers[i].body); !f.named {
			f.kind, f.named = named(said)
		}
	}
	return nil
}

// nest asks of documents that are new whether they are inside of others, or in
// dialogs inside of windows.
func (s *sight) nest(ctx context.Context) error {
	for _, n := range s.order {
		f := s.p.fields[n.ref]
		if f == nil || n.role != roleDocumentWeb || n.gone || f.placed {
			continue
		}
		above, err := s.parents(ctx, []ref{n.ref})
		if err != nil {
			return err
		}
		q := s.questions(ctx)
		q.ask(above[0], accessible+"GetAttributes")
		answers, err := q.wait()
		if err != nil {
			return err
		}
		attributes, ok := readAttributes(answers[0].body)
		f.placed, f.nested = ok, nests[attributes["tag"]]
		if s.p.toolkit() == Chromium && !f.nested {
			window, err := s.climb(ctx, n.ref, windowRoles)
			if err != nil {
				return err
			}
			f.dialog = n.window < 0 || window != s.windows[n.window].ref
		}
	}
	return nil
}

// nests are the elements of pages that have documents in them.
var nests = map[string]bool{"iframe": true, "frame": true, "object": true, "embed": true, "fencedframe": true}

// parents asks for the parents of nodes; where there is none it is the node.
func (s *sight) parents(ctx context.Context, refs []ref) ([]ref, error) {
	q := s.questions(ctx)
	for _, r := range refs {
		q.askProperty(r, prefix+"Accessible", "Parent")
	}
	answers, err := q.wait()
	if err != nil {
		return nil, err
	}
	parents := make([]ref, len(refs))
	for i, r := range refs {
		parents[i] = r
		if pair, ok := property[[]any](answers[i].body); ok {
			if parent, ok := readRef(pair); ok && parent.path != nowhere {
				parents[i] = parent
			}
		}
	}
	return parents, nil
}

// windowRoles are those of windows, and of dialogs inside of windows.
var windowRoles = []int{roleFrame, roleDialog, roleAlert, roleWindow}

// climb returns the nearest node above another that has one of some roles; none
// if there is none.
func (s *sight) climb(ctx context.Context, r ref, roles []int) (ref, error) {
	for range maxDepth {
		above, err := s.parents(ctx, []ref{r})
		if err != nil || above[0] == r {
			return ref{}, err
		}
		r = above[0]
		q := s.questions(ctx)
		q.ask(r, accessible+"GetRole")
		answers, err := q.wait()
		if err != nil {
			return ref{}, err
		}
		if role, _ := readRole(answers[0].body); slices.Contains(roles, role) {
			return r, nil
		}
	}
	return ref{}, nil
}

// pageOf returns the outermost document that a node is in; none if it is in none.
func (s *sight) pageOf(ctx context.Context, r ref) (page ref, err error) {
	for range maxDepth {
		above, err := s.climb(ctx, r, []int{roleDocumentWeb})
		if err != nil || above == (ref{}) {
			return page, err
		}
		page, r = above, above
	}
	return page, nil
}

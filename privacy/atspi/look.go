package atspi

import (
	"context"
	"time"
)

// look is what one node is asked, by the numbers of the questions; -1 for what
// it is not asked.
type look struct {
	node               *node
	role, states, area int
	attributes, label  int
	relations          int
	children, address  int
}

// lookAtNodes asks each node that was found or is remembered as secret what it
// is now. What cannot have changed, or does not matter, is not asked again.
func (s *sight) lookAtNodes(ctx context.Context) error {
	s.remember()
	doubts := s.p.doubted()
	q := s.questions(ctx)
	looks := make([]look, 0, len(s.order))
	for _, n := range s.order {
		f := s.p.fields[n.ref]
		if f != nil && (doubts[n.ref.path] || doubts[""] || s.began.Sub(f.read) >= rereadTime) {
			f.read = time.Time{}
		}
		looks = append(looks, s.ask(&q, n, f))
	}
	answers, err := q.wait()
	if err != nil {
		return err
	}
	for _, l := range looks {
		s.learn(l, answers)
	}
	return nil
}

// remember adds the secret fields of earlier scans that were not found again.
func (s *sight) remember() {
	for r, known := range s.p.secrets {
		window := -1
		for i, w := range s.windows {
			if w.ref == known.window {
				window = i
			}
		}
		s.add(r, window)
	}
}

func (s *sight) ask(q *questions, n *node, f *field) look {
	l := look{n, -1, -1, -1, -1, -1, -1, -1, -1}
	l.role, l.states = q.ask(n.ref, accessible+"GetRole"), q.ask(n.ref, accessible+"GetState")
	if f == nil || f.role == roleDocumentWeb || s.p.secrets[n.ref] != nil || len(s.p.places) > 0 {
		l.area = q.ask(n.ref, component+"GetExtents", s.p.origin())
	}
	if f == nil || f.role == roleDocumentWeb {
		l.children = q.askProperty(n.ref, prefix+"Accessible", "ChildCount")
	}
	if (f == nil || f.role == roleDocumentWeb) && s.p.browses() {
		l.address = q.ask(n.ref, document+"GetAttributes")
	}
	if f == nil || f.role != roleDocumentWeb && f.read.IsZero() {
		l.label = q.askProperty(n.ref, prefix+"Accessible", "Name")
		l.attributes = q.ask(n.ref, accessible+"GetAttributes")
		if kit := s.p.toolkit(); kit != Chromium && kit != Firefox { // whose names are of labels already
			l.relations = q.ask(n.ref, accessible+"GetRelationSet")
		}
	}
	return l
}

// learn takes what a node has answered.
func (s *sight) learn(l look, answers []answer) {
	n := l.node
	role, is := readRole(answers[l.role].body)
	state, has := readStates(answers[l.states].body)
	if s.p.toolkit() == GTK4 {
		state |= showing // which it says of windows only
	}
	n.role, n.states = role, state
	n.gone = absent(answers[l.role].err) || absent(answers[l.states].err) || state&defunct != 0
	n.dumb = !is || !has
	if n.gone {
		return
	}
	if l.area >= 0 {
		n.asked = true
		n.area, n.placed = readArea(answers[l.area].body)
	}
	if l.children >= 0 {
		n.children, _ = readCount(answers[l.children].body)
	}
	if l.address >= 0 {
		n.address = readAddress(answers[l.address].body)
	}
	f := s.p.fields[n.ref]
	if f == nil {
		f = &field{born: s.began}
		s.p.fields[n.ref] = f
	}
	if l.label >= 0 {
		f.read = s.began
		f.labels = nil
		if l.relations >= 0 {
			f.labels = readLabels(answers[l.relations].body)
		}
		f.kind, f.named = readNamed(answers[l.label].body, answers[l.attributes].body)
	}
	f.role, f.seen = n.role, true
}

// readAddress reads the address of a document. Chromium calls it URI.
func readAddress(body []any) string {
	attributes, _ := readAttributes(body)
	if url := attributes["DocURL"]; url != "" {
		return clean(url, maxAddress)
	}
	return clean(attributes["URI"], maxAddress)
}

// readNamed reads whether a field's name, id or label says that it is secret. Of
// one that does not tell them in proper form nobody can be sure.
func readNamed(label, attributes []any) (Kind, bool) {
	said, labelled := readText(label)
	all, told := readAttributes(attributes)
	if !labelled || !told {
		return Unsure, true
	}
	return named(said, all["placeholder"], all["placeholder-text"], all["html-input-name"], all["name"], all["id"])
}

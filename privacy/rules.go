package privacy

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// look is what the properties of one window say of it.
type look struct {
	class   []string // instance and class
	titles  []string // in all readings of them
	program string   // path of the program's file
	own     bool     // it carries the property of our own windows
}

// rules decide which windows are hidden.
type rules []rule

// rule is a WindowRule ready for use. A nil part matches anything.
type rule struct{ class, title, program, page *regexp.Regexp }

// compile prepares window rules in their order.
func compile(windows []WindowRule) (rules, error) {
	all := make(rules, 0, len(windows))
	for i, w := range windows {
		if w == (WindowRule{}) {
			return nil, fmt.Errorf("privacy: window rule %d is empty: give a class, a title, a program or a page", i+1)
		}
		r, err := w.compile()
		if err != nil {
			return nil, fmt.Errorf("privacy: window rule %d: %w", i+1, err)
		}
		all = append(all, r)
	}
	return all, nil
}

func (w WindowRule) compile() (r rule, err error) {
	for _, part := range []struct {
		name, text string
		to         **regexp.Regexp
	}{{"class", w.Class, &r.class}, {"title", w.Title, &r.title}, {"program", w.Program, &r.program}, {"page", w.Page, &r.page}} {
		if *part.to, err = pattern(part.text); err != nil {
			return r, fmt.Errorf("%s: %w", part.name, err)
		}
	}
	return r, nil
}

func pattern(text string) (*regexp.Regexp, error) {
	if text == "" {
		return nil, nil
	}
	if len(text) > maxRule {
		return nil, fmt.Errorf("%d bytes long, %d are possible", len(text), maxRule)
	}
	return regexp.Compile(text)
}

// own reports whether a window that looks like this is ours.
func (l look) ours() bool { return l.own || slices.ContainsFunc(l.titles, ownTitle) }

// match reports whether a rule matches a window that looks like this and shows
// these pages.
func (r rules) match(l look, pages []string) bool {
	return slices.ContainsFunc(r, func(rule rule) bool {
		return matches(rule.class, l.class) && matches(rule.title, l.titles) &&
			(rule.program == nil || rule.program.MatchString(l.program)) && matches(rule.page, pages)
	})
}

// byPage reports whether a page can make a difference.
func (r rules) byPage() bool {
	return slices.ContainsFunc(r, func(rule rule) bool { return rule.page != nil })
}

// byTitle reports whether a title can make a difference.
func (r rules) byTitle() bool {
	for _, rule := range r {
		if rule.title != nil {
			return true
		}
	}
	return false
}

func ownTitle(title string) bool {
	return slices.ContainsFunc(OwnTitles, func(own string) bool { return strings.Contains(title, own) })
}

func matches(pattern *regexp.Regexp, texts []string) bool {
	return pattern == nil || slices.ContainsFunc(texts, pattern.MatchString)
}

// adoptRules makes the policy's rules those of the model.
func (m *model) adoptRules(p Policy) (err error) {
	for _, list := range []struct {
		from []WindowRule
		to   *rules
	}{{p.Windows, &m.rules}, {p.Shown, &m.trust}, {p.Only, &m.only}} {
		if *list.to, err = compile(list.from); err != nil {
			return err
		}
	}
	if len(p.Only) == 0 {
		m.only = nil
	}
	return nil
}

package privacy

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// look is what the properties of one window say of it.
type look struct {
	class  []string // instance and class
	titles []string // in all readings of them
	own    bool     // it carries the property of our own windows
}

// rules decide which windows are hidden.
type rules []rule

// rule is a WindowRule ready for use. A nil part matches anything.
type rule struct{ class, title *regexp.Regexp }

// compile prepares window rules in their order.
func compile(windows []WindowRule) (rules, error) {
	all := make(rules, 0, len(windows))
	for i, w := range windows {
		if w == (WindowRule{}) {
			return nil, fmt.Errorf("privacy: window rule %d is empty: give a class or a title", i+1)
		}
		class, err := pattern(w.Class)
		if err != nil {
			return nil, fmt.Errorf("privacy: window rule %d: class: %w", i+1, err)
		}
		title, err := pattern(w.Title)
		if err != nil {
			return nil, fmt.Errorf("privacy: window rule %d: title: %w", i+1, err)
		}
		all = append(all, rule{class, title})
	}
	return all, nil
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

// hide reports whether a window that looks like this is hidden.
func (r rules) hide(l look) bool {
	if l.own || slices.ContainsFunc(l.titles, ownTitle) {
		return true
	}
	for _, rule := range r {
		if matches(rule.class, l.class) && matches(rule.title, l.titles) {
			return true
		}
	}
	return false
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

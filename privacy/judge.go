package privacy

import (
	"slices"

	"github.com/jezek/xgb/xproto"

	"telestrator/privacy/atspi"
)

// prompts are programs whose windows ask for secrets or lock the screen. They
// are masked whatever the policy says.
var prompts = mustCompile([]WindowRule{
	{Class: `(?i)^(gcr-prompter|pinentry.*|.*-?askpass|kwalletd.*|seahorse.*prompt.*|keepass.*unlock)$`},
	{Class: `(?i)polkit|policykit|pkexec|lxqt-sudo|gksu|kdesu`},
	{Class: `(?i)^(i3lock|xsecurelock|xscreensaver.*|light-locker|slock|xlock|kscreenlocker.*|physlock|.*-screensaver|cinnamon-screensaver)`},
	{Class: `(?i)^(notification|notify-osd|dunst|mako|xfce4-notifyd|mate-notification-daemon|notification-daemon)$`},
	{Program: `/(i3lock|slock|xlock|xtrlock|vlock|pinentry[^/]*|gcr-prompter|ssh-askpass|dunst|[^/]*polkit[^/]*)$`},
})

func mustCompile(windows []WindowRule) rules {
	all, err := compile(windows)
	if err != nil {
		panic(err)
	}
	return all
}

// judge decides what the rules make of a window.
func (m *model) judge(w *window) {
	matches := func(r rules) bool {
		return slices.ContainsFunc(w.looks, func(l look) bool { return r.match(l, w.pages) })
	}
	w.trusted = w.kept || matches(m.trust)
	w.chosen, w.prompt = matches(m.only), matches(prompts)
	m.decide(w, w.unread || w.sort == notification || slices.ContainsFunc(w.looks, look.ours) ||
		w.prompt || matches(m.rules))
}

// excluded reports whether only other windows are shown. What a chosen window
// brings up, menus and dialogs, is shown with it.
func (m *model) excluded(w *window) bool {
	if m.only == nil || w.chosen {
		return false
	}
	return !slices.ContainsFunc(m.stack, func(o *window) bool {
		return o.chosen && o.pid == w.pid && w.pid != 0 && (w.sort == popup || m.led(w, o))
	})
}

// led reports whether a window belongs to another one.
func (m *model) led(w, to *window) bool {
	leader, known := m.parts[w.leader]
	return known && leader.of == to
}

// show makes pages those that a window shows.
func (m *model) show(w *window, pages []string) {
	if !slices.Equal(w.pages, pages) {
		w.pages = slices.Clone(pages)
		m.judge(w)
	}
}

// title is what a window calls itself.
func (w *window) title() string {
	for _, l := range w.looks {
		if len(l.titles) > 0 {
			return l.titles[len(l.titles)-1]
		}
	}
	return ""
}

// class is the second part of its class.
func (w *window) class() string {
	for _, l := range w.looks {
		if len(l.class) > 0 {
			return l.class[len(l.class)-1]
		}
	}
	return ""
}

// bears reports whether one of a window's titles is this clean one.
func (w *window) bears(title string) bool {
	same := func(own string) bool { return atspi.Clean(own) == title }
	return slices.ContainsFunc(w.looks, func(l look) bool { return slices.ContainsFunc(l.titles, same) })
}

// allow shows a window by the user's word.
func (w *windows) allow(id xproto.Window) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, o := w.model.find(id); o != nil {
		o.allowed = true
	}
}

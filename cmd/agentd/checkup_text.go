package main

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"
)

// pageWidth is how wide the text of a checkup is, in characters.
const pageWidth = 100

// text is the checkup for people, on one screen.
func (c *checkup) text() string {
	var p sheet
	p.item("Screen", c.Screen.text(c.Display))
	for _, l := range c.Screen.Lacks {
		p.item("", "without the extension "+l.Extension+": "+l.Means)
	}
	if c.Screen.Wayland {
		p.item("", "a Wayland session: programs that do not use X are neither seen nor looked into")
	}
	p.item("Fields", c.Fields.text())
	p.item("Policy", c.Policy.text())
	c.windows(&p)
	if c.Fields.Found {
		c.worth(&p)
	}
	p.item("Never known", "a field that its page hides from accessibility, text that is drawn as a picture, what a "+
		"command prints. Where that matters, choose the windows that are shown: privacy.only (docs/privacy.md).")
	p.rule()
	p.item("Verdict", c.Verdict)
	return p.String()
}

func (s screen) text(display string) string {
	return fmt.Sprintf("%s, %s, %d x %d; window manager: %s; compositor: %s", display, s.Server, s.Width, s.Height,
		cmp.Or(s.Manager, "none"), cmp.Or(s.Compositor, "none"))
}

func (f fields) text() string {
	text := "password fields are found and hidden, over the accessibility bus"
	if !f.Found {
		text = "NOT found: " + phrase(f.Why, "the accessibility bus does not answer") +
			". Start this in the user's own session, or name that with --session-bus; at-spi2-core must be installed"
	}
	if f.SwitchedOn {
		text += ". Accessibility was off and has been switched on now"
	}
	return text
}

func (p inForce) text() string {
	from := func(said bool) string {
		if said {
			return ""
		}
		return " (default)"
	}
	unknown := map[string]string{"flat": "are hidden", "ask": "are hidden until the user shows them", "allow": "are SHOWN"}[p.Unknown]
	terminals := map[bool]string{true: "are shown", false: "are treated like all"}[p.Terminals]
	text := "unknown windows " + unknown + from(p.UnknownSaid) + "; terminals " + terminals + from(p.TerminalsSaid)
	for _, rules := range []struct {
		n    int
		what string
	}{{p.Hidden, "rule hides|rules hide"}, {p.Shown, "rule shows|rules show"}, {p.Only, "rule names all that is shown|rules name all that is shown"}} {
		if one, many, _ := strings.Cut(rules.what, "|"); rules.n == 1 {
			text += "; 1 " + one
		} else if rules.n > 1 {
			text += fmt.Sprintf("; %d %s", rules.n, many)
		}
	}
	if p.File != "" {
		text += "; from " + p.File
	}
	return text
}

// row is windows of one program of which an agent sees the same.
type row struct {
	program, toolkit, sees string
	n                      int
}

func (c *checkup) windows(p *sheet) {
	p.rule()
	if len(c.Windows) == 0 {
		p.item("Windows", "none")
		return
	}
	table := [][]string{{"Program", "Drawn by", "Windows", "An agent sees"}}
	for _, r := range c.rows() {
		table = append(table, []string{r.program, cmp.Or(r.toolkit, "-"), fmt.Sprint(r.n), r.sees})
	}
	p.table(table)
	p.rule()
}

// rows gathers windows, those that something is the matter with last.
func (c *checkup) rows() (rows []row) {
	all := slices.Clone(c.Windows)
	slices.SortStableFunc(all, func(a, b window) int { return cmp.Compare(rank(a), rank(b)) })
	for _, w := range all {
		r := row{program: cmp.Or(name(w.Program), w.Class, "unknown"), toolkit: w.Toolkit, sees: w.sees()}
		same := func(o row) bool { return o.program == r.program && o.toolkit == r.toolkit && o.sees == r.sees }
		i := slices.IndexFunc(rows, same)
		if i < 0 {
			i, rows = len(rows), append(rows, r)
		}
		rows[i].n++
	}
	return rows
}

func rank(w window) int {
	if w.clear() {
		return 0
	}
	return 1
}

// name is a program's own, without its folder.
func name(program string) string {
	if program == "" {
		return ""
	}
	return filepath.Base(program)
}

// worth says what finding fields is worth with the toolkits that are there.
func (c *checkup) worth(p *sheet) {
	for _, t := range worths {
		if slices.ContainsFunc(c.Windows, func(w window) bool { return strings.HasPrefix(w.Toolkit, t.toolkit) }) {
			p.item(t.toolkit, t.worth)
		}
	}
}

// sheet is text in columns.
type sheet struct{ strings.Builder }

const labelWidth = 13

// item writes a label and a text beside it, on as many lines as it needs.
func (p *sheet) item(label, text string) { p.line([]string{label, text}, []int{labelWidth}) }

// rule writes an empty line.
func (p *sheet) rule() { p.WriteByte('\n') }

// table writes rows in columns as wide as they need; the last one is text.
func (p *sheet) table(rows [][]string) {
	widths := make([]int, len(rows[0])-1)
	for _, r := range rows {
		for i := range widths {
			widths[i] = max(widths[i], utf8.RuneCountInString(r[i])+2)
		}
	}
	for _, r := range rows {
		p.line(r, widths)
	}
}

// line writes cells of these widths, and the last one wrapped beside them.
func (p *sheet) line(cells []string, widths []int) {
	indent := 0
	for i, w := range widths {
		fmt.Fprintf(p, "%-*s", w, cells[i])
		indent += w
	}
	left := pageWidth - indent
	for i, word := range strings.Fields(cells[len(widths)]) {
		n := utf8.RuneCountInString(word)
		switch {
		case i > 0 && n+1 > left:
			fmt.Fprintf(p, "\n%*s", indent, "")
			left = pageWidth - indent
		case i > 0:
			p.WriteByte(' ')
			left--
		}
		p.WriteString(word)
		left -= n
	}
	p.WriteByte('\n')
}

package agentd

import (
	"fmt"
	"image"
	"regexp"
	"strings"

	"telestrator/privacy"
)

// PrivacyFile says what is masked.
type PrivacyFile struct {
	Unknown   string       `yaml:"unknown"`   // flat, ask or allow
	Terminals *bool        `yaml:"terminals"` // shown unless false
	Rects     [][]int      `yaml:"rects"`     // x, y, width, height, in pixels: never shown
	Windows   []WindowFile `yaml:"windows"`   // never shown
	Shown     []WindowFile `yaml:"shown"`     // shown, though nobody can tell what is in them
	Only      []WindowFile `yaml:"only"`      // if given, nothing else is shown
}

// WindowFile chooses windows by regular expressions. All that are given must
// match.
type WindowFile struct {
	Class   string `yaml:"class"`
	Title   string `yaml:"title"`
	Program string `yaml:"program"` // path of the program's file
	Page    string `yaml:"page"`    // address of a page in a browser
}

// unknownWords are those for what becomes of unknown windows.
var unknownWords = map[string]privacy.Unknown{"flat": privacy.Flat, "ask": privacy.Ask, "allow": privacy.Allow}

// entryError says what is wrong with one entry of the file.
type entryError struct{ entry, why string } // entry as in privacy.rects[0]

func (e *entryError) Error() string { return e.entry + " " + e.why }

// check finds the first entry that cannot be used.
func (f PrivacyFile) check() error {
	if _, ok := unknownWords[strings.ToLower(f.Unknown)]; f.Unknown != "" && !ok {
		return &entryError{"privacy.unknown", fmt.Sprintf("is %q: use flat, ask or allow", f.Unknown)}
	}
	for i, r := range f.Rects {
		if len(r) != 4 || r[2] <= 0 || r[3] <= 0 {
			return &entryError{fmt.Sprintf("privacy.rects[%d]", i), fmt.Sprintf("is %v: give x, y, width and height", r)}
		}
	}
	if f.Only != nil && len(f.Only) == 0 {
		return &entryError{"privacy.only", "is empty: name the windows to show, or leave it out"}
	}
	for _, list := range []struct {
		key   string
		rules []WindowFile
	}{{"windows", f.Windows}, {"shown", f.Shown}, {"only", f.Only}} {
		if err := checkRules("privacy."+list.key, list.rules); err != nil {
			return err
		}
	}
	return nil
}

func checkRules(key string, rules []WindowFile) error {
	for i, r := range rules {
		entry := fmt.Sprintf("%s[%d]", key, i)
		if r == (WindowFile{}) {
			return &entryError{entry, "chooses nothing: give class, title, program or page"}
		}
		for _, part := range [][2]string{{"class", r.Class}, {"title", r.Title}, {"program", r.Program}, {"page", r.Page}} {
			if _, err := regexp.Compile(part[1]); err != nil {
				return &entryError{entry + "." + part[0], "is no regular expression: " + strings.TrimPrefix(err.Error(), "error parsing regexp: ")}
			}
		}
	}
	return nil
}

// policy lays what a file that passed check says over p.
func (f PrivacyFile) policy(p *privacy.Policy) {
	if f.Unknown != "" {
		p.Unknown = unknownWords[strings.ToLower(f.Unknown)]
	}
	if f.Terminals != nil && !*f.Terminals {
		p.Shown = nil
	}
	for _, r := range f.Rects {
		p.Rects = append(p.Rects, image.Rect(r[0], r[1], r[0]+r[2], r[1]+r[3]))
	}
	p.Windows = append(p.Windows, rules(f.Windows)...)
	p.Shown = append(p.Shown, rules(f.Shown)...)
	p.Only = append(p.Only, rules(f.Only)...)
}

func rules(list []WindowFile) (all []privacy.WindowRule) {
	for _, w := range list {
		all = append(all, privacy.WindowRule(w))
	}
	return all
}

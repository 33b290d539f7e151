package fuzz

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"telestrator/agentd"
	"telestrator/fuzz/bound"
	"telestrator/privacy"
)

// FuzzConfig reads any file as a configuration: what is refused is refused in
// one line that names the file, and what is taken never makes the daemon less
// careful than it is without a file.
func FuzzConfig(f *testing.F) {
	for _, text := range []string{
		"", "name: a\n", "privacy: {unknown: allow, rects: [[1,2,3,4]]}\n", "consent: {delay: 2s, view: 10h}\n",
		"stop: {chord: Ctrl+Alt+End, escapes: 3}\n", "privacy:\n  windows:\n  - class: '(['\n", "nmae: a\n", "a: &a [*a]\n",
		"privacy: {only: []}\n", "privacy: {shown: [{title: 'x', page: '^https://'}], terminals: false}\n", "\x00", "- - - -\n",
		"a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\n",
	} {
		f.Add([]byte(text))
	}
	path := filepath.Join(f.TempDir(), "agentd.yaml")
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		bound.Check(t, func() {
			file, err := agentd.LoadFile(path)
			if err != nil {
				if !strings.Contains(err.Error(), path) {
					t.Fatalf("refused without the file's name: %v", err)
				}
				return
			}
			careful(t, file)
		})
	})
}

// FuzzPolicy makes a policy of any entries of a configuration.
func FuzzPolicy(f *testing.F) {
	f.Add([]byte{0, 1, 'a', 0, 1, 'b', 0, 0, 0, 0, 0, 0, 0, 0, 4, 3, 255, 255, 255})
	f.Add(make([]byte, 100))
	f.Fuzz(func(t *testing.T, data []byte) {
		bound.Check(t, func() {
			var file agentd.File
			from := filler{data}
			from.fill(reflect.ValueOf(&file.Consent).Elem())
			from.fill(reflect.ValueOf(&file.Stop.Chord).Elem())
			careful(t, file)
		})
	})
}

// careful compares a configuration's policy with the default one.
func careful(t *testing.T, file agentd.File) {
	t.Helper()
	config, err := file.Config()
	if err != nil {
		return
	}
	p, least := config.Policy, agentd.DefaultPolicy()
	if p.ConsentDelay < least.ConsentDelay || p.ControlDelay < least.ControlDelay || p.CoolDown < least.CoolDown {
		t.Fatalf("it may be allowed sooner: %+v", p)
	}
	if p.AnswerWithin <= 0 || p.AnswerWithin > least.AnswerWithin || p.ViewFor <= 0 || p.ViewFor > least.ViewFor ||
		p.ControlFor <= 0 || p.ControlFor > least.ControlFor {
		t.Fatalf("it lasts longer: %+v", p)
	}
	if p.Sessions > least.Sessions || len(p.Stop.Keys) == 0 {
		t.Fatalf("more sessions, or no chord: %+v", p)
	}
	if _, err := privacy.NewFixed(p.Privacy); err != nil && strings.Contains(err.Error(), "regexp") {
		t.Fatalf("a rule that was taken cannot be used: %v", err)
	}
}

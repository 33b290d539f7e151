package conform_test

import (
	"context"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/chromedp/chromedp"

	"telestrator/conform"
	"telestrator/console"
)

// tabs are pages of a headless browser in which our console is opened.
type tabs struct {
	free chan context.Context
}

// openTabs starts a browser with so many tabs.
func openTabs(t *testing.T, count int) *tabs {
	t.Helper()
	limited, stop := context.WithTimeout(t.Context(), 25*time.Minute)
	allocator, endAllocator := chromedp.NewExecAllocator(limited, append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(browser(t)), chromedp.UserDataDir(t.TempDir()), chromedp.NoSandbox, chromedp.DisableGPU)...)
	first, endBrowser := chromedp.NewContext(allocator)
	t.Cleanup(func() { endBrowser(); endAllocator(); stop() })
	all := &tabs{free: make(chan context.Context, count)}
	for tab := first; ; tab, _ = chromedp.NewContext(first) {
		if err := chromedp.Do(tab, chromedp.Navigate("about:blank")); err != nil {
			t.Fatal(err)
		}
		if all.free <- tab; len(all.free) == count {
			return all
		}
	}
}

// open opens an address in a tab, which is free again afterwards.
func (all *tabs) open(_ context.Context, url, _ string) (func(), error) {
	tab := <-all.free
	leave := func() {
		_ = chromedp.Do(tab, chromedp.Navigate("about:blank"))
		all.free <- tab
	}
	if err := chromedp.Do(tab, chromedp.Navigate(url)); err != nil {
		leave()
		return nil, err
	}
	return leave, nil
}

func browser(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil && os.Getenv("CI") == "true" {
		t.Fatal("no chromium here, and CI must have one")
	}
	if err != nil {
		t.Skip("no chromium here")
	}
	return path
}

// TestOurConsole leads our console in a browser through every case of a good
// device and every twentieth of a bad one; CONFORM=all plays all of them, which
// takes minutes.
func TestOurConsole(t *testing.T) {
	cases := conform.ConsoleCases()
	if os.Getenv("CONFORM") != "all" {
		cases = sample(cases)
	}
	if len(cases) < 60 {
		t.Errorf("only %d cases", len(cases))
	}
	for _, r := range lead(t, console.Files(), cases, 20*time.Second, 1) {
		if r.Err != nil || r.Skipped != "" {
			t.Errorf("%s: %v %s\n%s", r.Case, r.Err, r.Skipped, r.Transcript)
		}
	}
}

// sample keeps good devices, and some of each kind of bad ones.
func sample(cases []conform.Case) (kept []conform.Case) {
	for i, c := range cases {
		if strings.HasPrefix(c.Name, "served/") || strings.HasPrefix(c.Name, "shown/") || finds(c) || i%20 == 0 {
			kept = append(kept, c)
		}
	}
	return kept
}

// lead leads a console of these pages through cases.
func lead(t *testing.T, pages fs.FS, cases []conform.Case, patience time.Duration, again int) []conform.Result {
	t.Helper()
	const side = 3
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	runner := conform.Console{Options: conform.Options{Parallel: side, Patience: patience, Again: again, Done: told(t)},
		Listener: listener, Pages: pages, Open: openTabs(t, side).open}
	results := runner.Run(t.Context(), cases)
	t.Log(conform.Sum(results))
	return results
}

// mistakes are what a console could get wrong: what is replaced in a file of
// ours, and the case that finds it.
var mistakes = []struct{ file, old, new, finds string }{
	{"protocol/messages.js", "if (verdict === 'end') throw", "if (false) throw", "state/opening/grants/end"},
	{"protocol/messages.js", "if (!fits(value)) throw", "if (false) throw", "range/grants/scopes out of range 1"},
	{"session.js", "if (version !== VERSION) throw", "if (false) throw", "served/another version"},
	{"decoders/tiles.js", "if ((x % CELL) + width > CELL ||", "if (", "picture/a rectangle in two cells"},
	{"update.js", "else if (number !== this.number + 1) throw", "else if (false) throw", "picture/a number left out"},
	{"protocol/parts.js", "this.size > MAX_JOINED", "false", "parts/more than 257 KiB"},
	{"pulse.js", "reply: true, time }", "reply: true, time: time + 1 }", "served/opening"},
}

// TestMistakesOfAConsoleAreFound leads a console with all of them: each case
// fails, and none of them does in TestOurConsole.
func TestMistakesOfAConsoleAreFound(t *testing.T) {
	pages := fstest.MapFS{}
	err := fs.WalkDir(console.Files(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			data, _ := fs.ReadFile(console.Files(), name)
			pages[name] = &fstest.MapFile{Data: data}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range mistakes {
		text := string(pages[m.file].Data)
		if strings.Count(text, m.old) != 1 {
			t.Fatalf("%s has not once %q", m.file, m.old)
		}
		pages[m.file].Data = []byte(strings.Replace(text, m.old, m.new, 1))
	}
	for _, r := range lead(t, pages, sought(), 2*time.Second, 0) {
		if r.Err == nil {
			t.Errorf("%s passed\n%s", r.Case, r.Transcript)
		}
	}
}

// sought are the cases that find mistakes.
func sought() (cases []conform.Case) {
	for _, c := range conform.ConsoleCases() {
		if finds(c) {
			cases = append(cases, c)
		}
	}
	return cases
}

func finds(c conform.Case) bool {
	for _, m := range mistakes {
		if m.finds == c.Name {
			return true
		}
	}
	return false
}

// told says how a case went, when it went.
func told(t *testing.T) func(conform.Result) {
	return func(r conform.Result) { t.Logf("%v in %v", r.Case, r.Took) }
}

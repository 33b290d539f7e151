package panel

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// states are examples of everything that the page can show.
func states() map[string]State {
	at := time.Now().Add(-3 * time.Minute).Truncate(time.Second)
	base := State{
		Name: "kitchen", Display: ":0", Screen: ScreenOK, Desk: Desk{"http://127.0.0.1:8080", true},
		Privacy: Privacy{Unknown: "allow"}, Policy: Policy{ConsentDelay: 3, AnswerWithin: 30},
	}
	with := func(change func(*State)) State { s := base; change(&s); return s }
	asked := Session{ID: "s1", Name: "Maria Lopez", State: Asked, Requested: []string{View, Pointer}, Reason: "You rang about the printer.", AskedSince: time.Now()}
	live := Session{ID: "s2", Name: "Maria Lopez", State: Live, Requested: []string{View}, Granted: []string{View}, Since: at}
	second := Session{ID: "s3", Name: "Jan", State: Live, Requested: []string{View}, Granted: []string{View}, Since: at}
	paused := live
	paused.State = Paused
	instant := Policy{AnswerWithin: 30}
	return map[string]State{
		"idle": with(func(s *State) { s.State = Idle }),
		"waiting": with(func(s *State) {
			s.State, s.Code, s.CodeAge, s.CodeLeft, s.Console = Waiting, "7K3M-Q2XD", 19, 581, "http://127.0.0.1:8080/#7K3M-Q2XD"
		}),
		"waiting-no-code": with(func(s *State) { s.State = Waiting; s.Desk.Connected = false }),
		"waiting-expired": with(func(s *State) { s.State, s.Code, s.CodeAge = Waiting, "7K3M-Q2XD", 600 }),
		"asked":           with(func(s *State) { s.State, s.Session, s.Sessions = Asked, &asked, []Session{asked} }),
		"asked-demo": with(func(s *State) {
			s.State, s.Session, s.Sessions, s.Policy = Asked, &asked, []Session{asked}, instant
		}),
		"asked-while-live": with(func(s *State) {
			s.State, s.Session, s.Sessions, s.Policy = Asked, &asked, []Session{live, asked}, instant
		}),
		"live":      with(func(s *State) { s.State, s.Session, s.Sessions = Live, &live, []Session{live} }),
		"live-two":  with(func(s *State) { s.State, s.Session, s.Sessions = Live, &live, []Session{live, second} }),
		"live-gone": with(func(s *State) { s.State, s.Session, s.Sessions, s.Screen = Live, &live, []Session{live}, ScreenGone }),
		"paused":    with(func(s *State) { s.State, s.Session, s.Sessions = Paused, &paused, []Session{paused} }),
		"over": with(func(s *State) {
			s.State, s.Over = Over, &Ending{Code: 1, Reason: "You ended the help.", Name: "Maria Lopez"}
		}),
	}
}

// TestShots takes a picture of every state, light and dark, into the folder
// that PANEL_SHOTS names, if it names one.
func TestShots(t *testing.T) {
	folder := os.Getenv("PANEL_SHOTS")
	if folder == "" {
		folder = t.TempDir() // they are taken all the same: every state can be shown
	}
	c := newFakeControl()
	s := serveTCP(t, c)
	tab := newTab(t)
	perform(t, tab, chromedp.Navigate(s.Link()))
	until(t, tab, `document.querySelector(".idle")`)
	locked := newTab(t)
	perform(t, locked, chromedp.Navigate("http://"+s.addr.String()+"/"))
	until(t, locked, `document.querySelector(".locked")`)
	shoot(t, locked, folder, "locked")
	for name, state := range states() {
		state.Name = name
		c.show(state)
		until(t, tab, `document.getElementById("device").textContent.includes("\u2068`+name+`\u2069")`)
		shoot(t, tab, folder, name)
	}
}

// shoot writes a picture of the tab in both colour schemes.
func shoot(t *testing.T, tab context.Context, folder, name string) {
	t.Helper()
	for _, scheme := range []string{"light", "dark"} {
		media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
		if _, err := chromedp.Call(tab, emulation.SetEmulatedMedia, media); err != nil {
			t.Fatal(err)
		}
		png, err := chromedp.Run(tab, chromedp.FullScreenshot(100))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name+"-"+scheme+".png"), png, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

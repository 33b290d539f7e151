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
		Privacy: Privacy{Unknown: "allow"}, Policy: Policy{ConsentDelay: 3, ControlDelay: 5, AnswerWithin: 30},
	}
	with := func(change func(*State)) State { s := base; change(&s); return s }
	all := []string{View, Ink, Pointer, Keyboard}
	asked := Session{ID: "s1", Name: "Maria Lopez", State: Asked, Requested: all, Reason: "You rang about the printer.", AskedSince: time.Now()}
	live := Session{ID: "s2", Name: "Maria Lopez", State: Live, Requested: []string{View}, Granted: []string{View}, Since: at}
	acting := Session{
		ID: "s2", Name: "Maria Lopez", State: Live, Requested: all, Granted: all, Since: at,
		Injected: Injected{Pointer: 812, Button: 12, Key: 40}, Strokes: 3,
	}
	second := Session{ID: "s3", Name: "Jan", State: Live, Requested: []string{View, Ink}, Granted: []string{View, Ink}, Since: at, Strokes: 1}
	paused := acting
	paused.State = Paused
	hand := acting
	hand.Hand, hand.Refused, hand.Injected.Wheel, hand.Injected.Text = true, 5, 2, 1
	more := Session{
		ID: "s2", Name: "Maria Lopez", State: Asked, Requested: []string{Pointer, Keyboard}, Granted: []string{View, Ink}, Since: at,
		AskedSince: time.Now(), Strokes: 3,
	}
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
		"live": with(func(s *State) { s.State, s.Session, s.Sessions = Live, &live, []Session{live} }),
		"asked-more": with(func(s *State) {
			s.State, s.Session, s.Sessions, s.Policy = Asked, &more, []Session{more}, instant
		}),
		"live-all":  with(func(s *State) { s.State, s.Session, s.Sessions = Live, &acting, []Session{acting} }),
		"live-hand": with(func(s *State) { s.State, s.Session, s.Sessions = Live, &hand, []Session{hand} }),
		"live-two":  with(func(s *State) { s.State, s.Session, s.Sessions = Live, &acting, []Session{acting, second} }),
		"live-gone": with(func(s *State) { s.State, s.Session, s.Sessions, s.Screen = Live, &live, []Session{live}, ScreenGone }),
		"paused":    with(func(s *State) { s.State, s.Session, s.Sessions = Paused, &paused, []Session{paused} }),
		"over": with(func(s *State) {
			s.State, s.Over = Over, &Ending{Code: 1, Reason: "You ended the help.", Name: "Maria Lopez"}
		}),
	}
}

// TestShots takes a picture of every state, light, dark and on a phone, into
// the folder that PANEL_SHOTS names, if it names one.
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
	chosen := states()["asked-demo"]
	chosen.Name = "chosen"
	c.show(chosen)
	until(t, tab, `document.getElementById("device").textContent.includes("\u2068chosen\u2069")`)
	value[bool](t, tab, `document.querySelector("[data-scope=pointer]").click(), true`)
	shoot(t, tab, folder, "asked-chosen")
}

// shoot writes pictures of the tab in both colour schemes, and of the narrow
// page, where nothing may stand out at the side.
func shoot(t *testing.T, tab context.Context, folder, name string) {
	t.Helper()
	for _, scheme := range []string{"dark", "light"} {
		media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
		if _, err := chromedp.Call(tab, emulation.SetEmulatedMedia, media); err != nil {
			t.Fatal(err)
		}
		keep(t, tab, filepath.Join(folder, name+"-"+scheme+".png"))
	}
	perform(t, tab, chromedp.EmulateViewport(360, 740))
	if wide := value[int](t, tab, "document.documentElement.scrollWidth"); wide > 360 {
		t.Errorf("%s: the page is %d pixels wide on a phone of 360", name, wide)
	}
	keep(t, tab, filepath.Join(folder, name+"-phone.png"))
	perform(t, tab, chromedp.EmulateViewport(900, 1000))
}

// keep writes what the whole page looks like.
func keep(t *testing.T, tab context.Context, file string) {
	t.Helper()
	png, err := chromedp.Run(tab, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, png, 0o644); err != nil {
		t.Fatal(err)
	}
}

package panel

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/draw"
	"image/png"
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
	trying := acting
	trying.Field = "Password"
	asking := Privacy{Unknown: "ask", Mode: ModeRules, Protects: true, Windows: windows(),
		Sentence: "Password fields are hidden. Windows that cannot be checked are hidden until you show them. What no program calls a password field, such as text in a terminal, is not known."}
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
		"live-field": with(func(s *State) {
			s.State, s.Session, s.Sessions, s.Privacy, s.Policy = Live, &trying, []Session{trying}, asking, instant
		}),
		"live-windows": with(func(s *State) {
			s.State, s.Session, s.Sessions, s.Privacy, s.Policy = Live, &acting, []Session{acting}, asking, instant
		}),
		"paused": with(func(s *State) { s.State, s.Session, s.Sessions = Paused, &paused, []Session{paused} }),
		"over": with(func(s *State) {
			s.State, s.Over = Over, &Ending{Code: 1, Reason: "You ended the help.", Name: "Maria Lopez"}
		}),
	}
}

// windows are examples of every state of one.
func windows() []Window {
	return []Window{
		{ID: 7, Title: "maria@kitchen: ~/letters", Program: "/usr/bin/xterm", State: WindowUnsure, Why: "It does not say what it shows."},
		{ID: 12, Title: "Old accounts", Program: "/opt/books/books", State: WindowUnsure, Why: "Its program was started before accessibility was switched on."},
		{ID: 1, Title: "Sign in", Program: "/usr/bin/zenity", Toolkit: "GTK 3", State: WindowGuarded, Secrets: 1},
		{ID: 2, Title: "My bank, a page with a long title that does not fit on one line - Chromium", Program: "/usr/lib/chromium/chromium",
			Toolkit: "Chromium", State: WindowGuarded, Secrets: 3},
		{ID: 3, Title: "Pictures", Program: "/usr/bin/thunar", Toolkit: "GTK 3", State: WindowVouched},
		{ID: 4, Title: "Signal", Program: "/opt/Signal/signal-desktop", State: WindowHidden, Why: "This device always hides it."},
		{ID: 5, Title: "", Program: "/usr/bin/hung", State: WindowRefused, Why: "Its program does not answer."},
		{ID: 6, Title: "Notes", Program: "/usr/bin/gedit", Toolkit: "GTK 3", State: WindowNew},
		{ID: 8, Title: "Terminal", Program: "XTerm", State: WindowShown, Why: "This device always shows it."},
	}
}

// sights takes pictures of what agents see, open: live and paused.
func sights(t *testing.T, tab context.Context, c *fakeControl, folder string) {
	t.Helper()
	for _, name := range []string{"live-windows", "paused"} {
		state := states()[name]
		state.Name = "sight-" + name
		c.show(state)
		until(t, tab, `document.getElementById("device").textContent.includes("`+state.Name+`")`)
		if name == "live-windows" {
			c.paint(screenshot(t), nil)
			perform(t, tab, chromedp.Click(chromedp.CSS("[data-act=look]")))
			until(t, tab, `document.getElementById("sight")?.getAttribute("aria-label").includes("hidden")`)
		}
		shoot(t, tab, folder, state.Name)
	}
}

// screenshot is a picture of a screen with private areas.
func screenshot(t *testing.T) Picture {
	t.Helper()
	data, err := os.ReadFile("../../docs/pictures/screen.png")
	if err != nil {
		t.Fatal(err)
	}
	seen := decode(t, Picture{PNG: data})
	hidden := []Private{private(700, 60, 1240, 420, PrivateWindow), private(120, 640, 520, 680, PrivateField), private(20, 700, 60, 716, PrivateField)}
	for _, p := range hidden {
		draw.Draw(seen, p.Area, image.NewUniform(color.Gray{0x80}), image.Point{}, draw.Src)
	}
	var file bytes.Buffer
	if err := png.Encode(&file, seen); err != nil {
		t.Fatal(err)
	}
	return Picture{PNG: file.Bytes(), Private: hidden}
}

// decode is a picture's pixels.
func decode(t *testing.T, p Picture) *image.RGBA {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(p.PNG))
	if err != nil {
		t.Fatal(err)
	}
	seen := image.NewRGBA(img.Bounds())
	draw.Draw(seen, seen.Rect, img, image.Point{}, draw.Src)
	return seen
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
	sights(t, tab, c, folder)
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

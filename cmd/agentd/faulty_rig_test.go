package main

import (
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"telestrator/agentd/panel"
	"telestrator/capture/capturetest"
	"telestrator/privacy"
	"telestrator/privacy/atspi/atspitest"
	"telestrator/privacy/leaktest"
	"telestrator/protocol"
)

// onlooker is an agent who looks for the secret's colour in each picture.
type onlooker struct {
	*agent
	d       *daemon
	tally   leaktest.Tally
	witness *witness
}

// lookOn is allowed to view, and has seen the first picture.
func (d *daemon) lookOn(t *testing.T, display *capturetest.Display) *onlooker {
	t.Helper()
	o := &onlooker{d: d, witness: watchSecret(t, display)}
	o.tally.Folder = t.ArtifactDir()
	o.agent = connectAgent(t, d, d.ring(), protocol.View)
	o.mu.Lock()
	o.seen = func(p *image.RGBA) { o.tally.Picture(p, o.witness.shows()) }
	o.mu.Unlock()
	d.grant()
	o.until("shown", func() bool { return o.frames > 0 })
	return o
}

// saw wants pictures to have come while the secret was on the screen, and none
// of them to have a pixel of it.
func (o *onlooker) saw(t *testing.T) {
	t.Helper()
	o.mu.Lock()
	defer o.mu.Unlock()
	released, bearing, leaked := o.tally.Counts()
	t.Logf("%d pictures, %d of them while the secret was on the screen, %d with pixels of it", released, bearing, leaked)
	if leaked > 0 {
		t.Errorf("%d pictures have pixels of the secret\n%v", leaked, &o.tally)
	}
	if bearing == 0 {
		t.Error("no picture came while the secret was on the screen")
	}
}

// meanwhile waits until some pictures have come while the secret was on the
// screen.
func (o *onlooker) meanwhile() {
	o.t.Helper()
	wait(o.t, "the secret on the screen", o.witness.shows)
	before := o.count()
	o.until("pictures meanwhile", func() bool { return o.frames > before+4 })
}

// count is how many pictures have come.
func (o *onlooker) count() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.frames
}

// flat waits until an area is flat in the picture, and returns how long after
// something that was.
func (o *onlooker) flat(area image.Rectangle, since time.Time) time.Duration {
	o.t.Helper()
	o.until("flat", func() bool { return share(o.decoder.Picture(), area, privacy.Grey) == 1 })
	return time.Since(since)
}

// clear waits until next to nothing of an area is flat in the picture.
func (o *onlooker) clear(area image.Rectangle) {
	o.t.Helper()
	o.until("clear", func() bool { return share(o.decoder.Picture(), area, privacy.Grey) < 0.1 })
}

// share is which part of an area has a colour.
func share(p *image.RGBA, area image.Rectangle, colour uint32) float64 {
	area, n := area.Intersect(p.Rect), 0
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			if i := p.PixOffset(x, y); uint32(p.Pix[i])<<16|uint32(p.Pix[i+1])<<8|uint32(p.Pix[i+2]) == colour {
				n++
			}
		}
	}
	return float64(n) / float64(max(1, area.Dx()*area.Dy()))
}

// explain waits until the panel says why something is hidden, and wants agentd
// status and agentd doctor to say it too, each in its own words.
func (o *onlooker) explain(t *testing.T, session *atspitest.Session, display *capturetest.Display, panelSays, doctorSays string) {
	t.Helper()
	o.d.shows("explained: "+panelSays, func(s panel.State) bool { return strings.Contains(told(s), panelSays) })
	for end := time.Now().Add(patience); !strings.Contains(o.d.status(), panelSays); time.Sleep(200 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("agentd status does not say %q", panelSays)
		}
	}
	s := &surgery{t: t, display: display, session: session}
	if _, out := s.doctor(); !strings.Contains(out, doctorSays) {
		t.Errorf("agentd doctor does not say %q", doctorSays)
	}
}

// told is what the panel says of privacy.
func told(s panel.State) string {
	text := s.Privacy.Sentence
	for _, w := range s.Privacy.Windows {
		text += "\n" + w.Title + ": " + w.State + ": " + w.Why
	}
	return text
}

// status is what agentd status prints.
func (d *daemon) status() string {
	d.t.Helper()
	c := exec.Command(filepath.Join(programs, "agentd"), "status", "--name", "demo")
	c.Env = append(os.Environ(), "XDG_RUNTIME_DIR="+d.runtime)
	out, err := c.Output()
	if err != nil {
		d.t.Fatalf("agentd status: %v: %s", err, out)
	}
	return string(out)
}

// lines is where the page of leaktest has text and no field.
var lines = image.Rect(480, 200, 700, 500)

// forget takes the address of the accessibility bus from the root window, as
// whoever starts that bus anew does.
func forget(t *testing.T, display *capturetest.Display) {
	t.Helper()
	x := display.Conn(t)
	const name = "AT_SPI_BUS"
	atom, err := xproto.InternAtom(x, false, uint16(len(name)), name).Reply()
	if err == nil {
		err = xproto.DeletePropertyChecked(x, xproto.Setup(x).DefaultScreen(x).Root, atom.Atom).Check()
	}
	if err != nil {
		t.Fatal(err)
	}
}

// tick starts a terminal in the lower right corner that never stands still. It
// does not wait for a window manager, which may just begin.
func tick(t *testing.T, display *capturetest.Display, session *atspitest.Session) {
	t.Helper()
	wait(t, "managed", observe(t, display).managed)
	session.Start(t, display.Name(), "xterm", "-xrm", "*waitForWm: false", "-T", "Tick", "-geometry", "12x4-5-5", "-e", "sh", "-c", "while :; do date +%N; sleep 0.02; done")
	comesUp(t, display, "Tick")
}

// inside is where a window is without its frame, found by xdotool.
func inside(t *testing.T, display *capturetest.Display, how, what string) image.Rectangle {
	t.Helper()
	out := display.Run(t, "xdotool", "search", "--onlyvisible", "--limit", "1", how, what)
	id, err := strconv.Atoi(strings.TrimSpace(out))
	if err != nil {
		t.Fatal(err)
	}
	x, w := display.Conn(t), xproto.Window(id)
	size, err := xproto.GetGeometry(x, xproto.Drawable(w)).Reply()
	if err != nil {
		t.Fatal(err)
	}
	at, err := xproto.TranslateCoordinates(x, w, size.Root, 0, 0).Reply()
	if err != nil {
		t.Fatal(err)
	}
	return image.Rect(0, 0, int(size.Width), int(size.Height)).Add(image.Pt(int(at.DstX), int(at.DstY)))
}

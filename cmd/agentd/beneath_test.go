package main

import (
	"image"
	"strings"
	"testing"
	"time"

	"telestrator/protocol"
)

// picture is what the agent sees now.
func (a *agent) picture() *image.RGBA {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.decoder.Picture()
}

// sees waits until the agent sees exactly this.
func (a *agent) sees(what string, want image.Image) {
	a.t.Helper()
	var n int
	var where image.Rectangle
	for end := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		if n, where = differences(a.picture(), want); n == 0 {
			return
		}
		if time.Now().After(end) {
			a.t.Fatalf("%s: %d pixels differ, in %v", what, n, where)
		}
	}
}

// TestPicturesAreOfWhatLiesBeneath covers a real desktop with ink, border and
// bar: none of it is in a picture, which stays exact below, and ink costs no
// bytes of pictures.
func TestPicturesAreOfWhatLiesBeneath(t *testing.T) {
	display := applications(t, "1280x800x24")
	browse(t, display)
	before := display.Picture(t)
	d := startDemo(t, "--display", display.Name())
	o := observe(t, display)
	a := helping(t, d, d.Code, protocol.View|protocol.Ink)
	a.sees("with border and bar", before)

	scribble(a)
	wait(t, "ink on the screen", func() bool { return o.pixel(640, 400) == 0xe53935 })
	a.sees("below the ink", before)
	time.Sleep(300 * time.Millisecond) // the last picture is acknowledged
	a.mu.Lock()
	bytes := a.bytes
	a.mu.Unlock()
	time.Sleep(3 * time.Second)
	a.until("quiet", func() bool { return true })
	a.mu.Lock()
	if a.bytes != bytes {
		t.Errorf("ink on a still screen cost %d bytes of pictures", a.bytes-bytes)
	}
	a.mu.Unlock()

	for _, act := range []string{
		"search --onlyvisible --name Sign windowmove 300 200",
		"search --onlyvisible --class xterm windowraise windowmove 420 10",
		"search --onlyvisible --name Sign windowraise windowmove 500 300",
	} {
		display.Run(t, "xdotool", strings.Fields(act)...)
	}
	display.WaitStill(t)
	time.Sleep(time.Second)
	moved := a.picture()
	if n, _ := differences(moved, before); n == 0 {
		t.Fatal("the windows did not move")
	}
	d.call("POST", "/api/stop", nil, nil)
	o.alone()
	display.WaitStill(t)
	if n, where := differences(moved, display.Picture(t)); n != 0 {
		t.Errorf("below the ink, after windows moved, %d pixels differ, in %v", n, where)
	}
}

// scribble draws over everything, the windows' edges and the middle among it.
func scribble(a *agent) {
	for i := range uint16(12) {
		a.stroke(0xe53935, uint8(4+i), 20, 60+60*i, 640, 400, 1260, 740-60*i)
		time.Sleep(20 * time.Millisecond)
	}
}

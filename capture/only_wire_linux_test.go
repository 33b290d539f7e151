package capture_test

import (
	"encoding/binary"
	"fmt"
	"image"
	"io"
	"net"
	"slices"
	"sync"
	"testing"

	"telestrator/capture"
	"telestrator/capture/capturetest"
)

var le = binary.LittleEndian

// wiretap stands between a source and its X server and keeps what is asked for.
type wiretap struct {
	mu       sync.Mutex
	requests [][]byte // since forget
}

// tap listens under a display number of its own.
func tap(t *testing.T, d *capturetest.Display) (w *wiretap, display string) {
	t.Helper()
	const path = "/tmp/.X11-unix/X"
	for number := 40000; ; number++ {
		l, err := net.Listen("unix", fmt.Sprint(path, number))
		if err != nil && number < 40100 {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { l.Close() })
		w = &wiretap{}
		go w.serve(l, path+d.Name()[1:])
		return w, fmt.Sprint(":", number)
	}
}

// serve carries one connection.
func (w *wiretap) serve(l net.Listener, path string) {
	from, err := l.Accept()
	if err != nil {
		return
	}
	to, err := net.Dial("unix", path)
	if err != nil {
		from.Close()
		return
	}
	go func() { io.Copy(from, to); from.Close() }()
	defer to.Close()
	w.carry(from, to)
}

// carry hands on the opening, then request by request.
func (w *wiretap) carry(from io.Reader, to io.Writer) {
	head := make([]byte, 12)
	if _, err := io.ReadFull(from, head); err != nil {
		return
	}
	pad := func(n uint16) int { return (int(n) + 3) &^ 3 }
	rest := make([]byte, pad(le.Uint16(head[6:]))+pad(le.Uint16(head[8:])))
	io.ReadFull(from, rest)
	to.Write(append(head, rest...))
	for {
		r := make([]byte, 4)
		if _, err := io.ReadFull(from, r); err != nil {
			return
		}
		r = append(r, make([]byte, 4*int(le.Uint16(r[2:]))-4)...)
		io.ReadFull(from, r[4:])
		w.mu.Lock()
		w.requests = append(w.requests, r)
		w.mu.Unlock()
		to.Write(r)
	}
}

// take returns what was asked for since the last call.
func (w *wiretap) take() (all [][]byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	all, w.requests = w.requests, nil
	return all
}

// readings are what requests read pixels from: by CopyArea, CopyPlane, GetImage,
// MIT-SHM's GetImage, Composite's NameWindowPixmap and RENDER's pictures.
type readings struct {
	major map[string]byte
	root  uint32
	own   []uint32 // pixmaps that were made, or name the pixels of chosen windows
}

func newReadings(p *painter, tapped [][]byte) *readings {
	r := &readings{major: make(map[string]byte), root: uint32(p.root)}
	for _, name := range []string{"MIT-SHM", "Composite", "RENDER"} {
		p.extension(name)
		r.major[name] = p.c.Extensions[name]
	}
	for _, request := range tapped {
		r.make(request)
	}
	return r
}

// make notes a pixmap of the source's own.
func (r *readings) make(request []byte) {
	const createPixmap = 53
	switch {
	case request[0] == createPixmap, r.is(request, "MIT-SHM", 5):
		r.own = append(r.own, le.Uint32(request[4:]))
	}
}

func (r *readings) is(request []byte, extension string, minor byte) bool {
	return request[0] == r.major[extension] && request[1] == minor
}

// wrong says what a request reads that it must not.
func (r *readings) wrong(request []byte, chosen []uint32) string {
	from := uint32(0)
	switch {
	case slices.Contains([]byte{62, 63, 73}, request[0]), r.is(request, "MIT-SHM", 4):
		from = le.Uint32(request[4:])
	case r.is(request, "RENDER", 4):
		from = le.Uint32(request[8:])
	case r.is(request, "Composite", 6):
		r.own = append(r.own, le.Uint32(request[8:]))
		if window := le.Uint32(request[4:]); !slices.Contains(chosen, window) {
			return fmt.Sprintf("the pixels of window %#x", window)
		}
	}
	if from != 0 && !slices.Contains(r.own, from) {
		return fmt.Sprintf("request %d.%d reads from %#x; the root is %#x", request[0], request[1], from, r.root)
	}
	return ""
}

// TestOnlyReadsNothingElse listens on the wire: pixels are read from chosen windows
// and what was made of them, never from the root or another window.
func TestOnlyReadsNothingElse(t *testing.T) {
	t.Parallel()
	for _, way := range []string{"pixmap", "segment", "images"} {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			d := capturetest.StartXvfb(t, "160x120x24")
			w, display := tap(t, d)
			c := newCrowd(t, d, 77)
			source, err := capture.OpenBy(display, capture.Ways[way])
			v := watch(t, source, err)
			v.only(c.chosen...)
			v.grab()
			chosen := pairs(c)
			r := newReadings(c.p, nil)
			for n := range 300 {
				if c.step() {
					v.only(c.chosen...)
				}
				chosen = append(chosen, pairs(c)...)
				c.p.sync()
				if v.grab(); n%100 == 99 {
					d.Resize(t, image.Pt(160-n/10, 120))
				}
				for _, request := range w.take() {
					r.make(request)
					if wrong := r.wrong(request, chosen); wrong != "" {
						t.Fatal(wrong)
					}
				}
			}
			if len(r.own) < 10 {
				t.Errorf("%d pixmaps were seen on the wire", len(r.own))
			}
		})
	}
}

// pairs is the chosen windows and what is on them.
func pairs(c *crowd) (all []uint32) {
	for id, inside := range c.inside {
		all = append(all, uint32(id), uint32(inside))
	}
	return all
}

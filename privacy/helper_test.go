package privacy

import (
	"bufio"
	"fmt"
	"image"
	"io"
	"os"
	"os/exec"
	"testing"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// other is a window of another process.
type other struct {
	t   *testing.T
	id  xproto.Window
	pid int
	in  io.Writer
	out *bufio.Reader
}

const otherEnv = "PRIVACY_TEST_WINDOW"

// other starts this test program again, to show a window and paint it.
func (s *scene) other(class string, area image.Rectangle) *other {
	s.t.Helper()
	run := exec.Command(os.Args[0], "-test.run=^TestOther$")
	run.Env = append(os.Environ(), "DISPLAY="+s.Name(),
		fmt.Sprintf("%s=%s %d %d %d %d", otherEnv, class, area.Min.X, area.Min.Y, area.Max.X, area.Max.Y))
	in, errI := run.StdinPipe()
	out, errO := run.StdoutPipe()
	if errI != nil || errO != nil {
		s.t.Fatal(errI, errO)
	}
	if err := run.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() {
		in.Close()
		run.Wait()
	})
	o := &other{t: s.t, pid: run.Process.Pid, in: in, out: bufio.NewReader(out)}
	o.read(&o.id)
	return o
}

// paint fills the window and returns when it is done.
func (o *other) paint(colour uint32) {
	o.t.Helper()
	fmt.Fprintln(o.in, colour)
	var done uint32
	if o.read(&done); done != colour {
		o.t.Fatalf("painted %06x", done)
	}
}

func (o *other) read(v any) {
	o.t.Helper()
	if _, err := fmt.Fscanln(o.out, v); err != nil {
		o.t.Fatal(err)
	}
}

// TestOther is the other process: it paints its window in the colours that it
// reads, until there are no more.
func TestOther(t *testing.T) {
	var class string
	var r image.Rectangle
	if _, err := fmt.Sscan(os.Getenv(otherEnv), &class, &r.Min.X, &r.Min.Y, &r.Max.X, &r.Max.Y); err != nil {
		return // it is run by other tests
	}
	c, err := xgb.NewConn()
	if err != nil {
		t.Fatal(err)
	}
	p := newPainter(t, c)
	id := p.show(pane{area: r, colour: green, class: class, title: class})
	fmt.Println(uint32(id))
	for {
		var colour uint32
		if _, err := fmt.Scanln(&colour); err != nil {
			os.Exit(0) // without the report of a test, which nobody reads
		}
		xproto.ChangeWindowAttributes(c, id, xproto.CwBackPixel, []uint32{colour})
		xproto.ClearArea(c, false, id, 0, 0, 0, 0)
		p.sync()
		fmt.Println(colour)
	}
}

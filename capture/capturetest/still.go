package capturetest

import (
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/damage"
	"github.com/jezek/xgb/xfixes"
	"github.com/jezek/xgb/xproto"
)

// quiet is how long nothing may be drawn for a screen to count as still.
const quiet = 250 * time.Millisecond

// dial connects to the display. xgb's complaints on stderr (no authority file,
// end of the server) are silenced: the errors say the same.
func (d *Display) dial() (*xgb.Conn, error) {
	xgb.Logger.SetOutput(io.Discard)
	return xgb.NewConnDisplay(d.Name())
}

// WaitStill waits until nothing has been drawn for a quarter of a second.
func (d *Display) WaitStill(tb testing.TB) {
	tb.Helper()
	c, err := d.dial()
	if err != nil {
		tb.Fatalf("capturetest: connect to %s: %v", d.Name(), err)
	}
	defer c.Close()
	id, err := watch(c)
	if err != nil {
		tb.Fatalf("capturetest: watch %s: %v", d.Name(), err)
	}
	if err := still(c, id); err != nil {
		tb.Fatalf("capturetest: %s: %v", d.Name(), err)
	}
}

// watch asks for one event at the first drawing after each Subtract.
func watch(c *xgb.Conn) (damage.Damage, error) {
	if err := xfixes.Init(c); err != nil {
		return 0, err
	}
	if _, err := xfixes.QueryVersion(c, 5, 0).Reply(); err != nil {
		return 0, err
	}
	if err := damage.Init(c); err != nil {
		return 0, err
	}
	if _, err := damage.QueryVersion(c, 1, 1).Reply(); err != nil {
		return 0, err
	}
	id, err := damage.NewDamageId(c)
	if err != nil {
		return 0, err
	}
	root := xproto.Setup(c).DefaultScreen(c).Root
	return id, damage.CreateChecked(c, id, xproto.Drawable(root), damage.ReportLevelNonEmpty).Check()
}

func still(c *xgb.Conn, id damage.Damage) error {
	drawn := make(chan struct{})
	go func() { // ends with the connection
		defer close(drawn)
		for {
			ev, err := c.WaitForEvent()
			if ev == nil && err == nil {
				return
			}
			if _, ok := ev.(damage.NotifyEvent); ok {
				drawn <- struct{}{}
			}
		}
	}()
	defer func() { // let the reader go
		c.Close()
		for range drawn {
		}
	}()
	end := time.After(patience)
	for {
		select {
		case _, ok := <-drawn:
			if !ok {
				return fmt.Errorf("the server ended")
			}
			damage.Subtract(c, id, 0, 0)
		case <-time.After(quiet):
			return nil
		case <-end:
			return fmt.Errorf("still changing after %v", patience)
		}
	}
}

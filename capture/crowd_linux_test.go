package capture_test

import (
	"errors"
	"image"
	"strings"
	"testing"

	"github.com/jezek/xgb/xproto"

	"telestrator/capture"
	"telestrator/capture/capturetest"
)

// TestLayerLimit: as many windows as may be are shown, one more is too many,
// and when it is gone all goes on.
func TestLayerLimit(t *testing.T) {
	t.Parallel()
	d := capturetest.StartXvfb(t, "320x240x24")
	p, o := newPainter(t, d), newOverlay(t, d, image.Pt(320, 240))
	source, err := capture.Open(d.Name())
	v := watch(t, source, err)
	v.beneath(o.windows()...)
	o.show()
	v.grab()
	tree, err := xproto.QueryTree(p.c, p.root).Reply()
	if err != nil {
		t.Fatal(err)
	}
	for n := len(tree.Children); n < capture.MaxLayers; n++ {
		id := p.create(pane{area: image.Rect(n%300, n%200, n%300+20, n%200+20), colour: uint32(n)})
		xproto.MapWindow(p.c, id)
	}
	p.sync()
	v.grab()
	v.isWithout(o, d)
	last := p.show(pane{area: image.Rect(0, 0, 9, 9), colour: 1})
	if err := source.Grab(&v.frame); err == nil || errors.Is(err, capture.ErrGone) || !strings.Contains(err.Error(), "windows") {
		t.Errorf("one window more: %v", err)
	}
	xproto.DestroyWindow(p.c, last)
	p.sync()
	v.grab()
	v.isWithout(o, d)
}

package capturetest_test

import (
	"os"
	"strings"
	"testing"

	"telestrator/capture/capturetest"
)

func TestProgram(t *testing.T) {
	t.Parallel()
	var folder string
	var order []int
	err := capturetest.Run(func(tb testing.TB) {
		folder = tb.TempDir()
		tb.Cleanup(func() { order = append(order, 1) })
		tb.Cleanup(func() { order = append(order, 2) })
		tb.Fatalf("no %s", "luck")
		t.Error("went on after Fatalf")
	})
	if err == nil || err.Error() != "no luck" {
		t.Errorf("error %v", err)
	}
	if _, err := os.Stat(folder); !os.IsNotExist(err) {
		t.Errorf("the temporary folder is still there: %v", err)
	}
	if len(order) != 2 || order[0] != 2 {
		t.Errorf("clean-ups ran in the order %v", order)
	}
}

func TestProgramWithDisplay(t *testing.T) {
	t.Parallel()
	capturetest.Require(t, "Xvfb")
	var d *capturetest.Display
	err := capturetest.Run(func(tb testing.TB) {
		d = capturetest.StartXvfb(tb, "64x64x24")
		d.Picture(tb)
	})
	if err != nil {
		t.Fatal(err)
	}
	err = capturetest.Run(func(tb testing.TB) { d.Picture(tb) })
	if err == nil || !strings.Contains(err.Error(), d.Name()) {
		t.Errorf("the display outlived its program: %v", err)
	}
}

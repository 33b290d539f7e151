// Package capturetest is for testing with screens.
//
// Screen is a scripted capture.Source: a test paints into it and it behaves
// like a screen. Display is a real X server of the test's own (Xvfb), with
// helpers to start applications on it and to read its picture by a way that
// shares no code with package capture:
//
//	d := capturetest.StartXvfb(t, "1280x800x24")
//	d.Start(t, "xterm", "-e", "cat")
//	d.WaitStill(t)
//	want := d.Picture(t)
//
// Everything started is ended by the test's clean-up. Missing programs skip a
// test with the reason, or fail it where CI=true. Programs that are no tests
// pass a Program instead of a *testing.T.
package capturetest

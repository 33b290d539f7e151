// Package leaktest has applications with a secret on the screen, for tests that
// count what of it comes out.
//
// An [App] shows a page with text and, now and then, one password field all of
// whose pixels have the colour [Secret], which nothing else on the screen has.
// So every such pixel in a picture that a console decodes is a leak. Play lets
// the field go through transitions: it appears, jumps, scrolls, becomes legible,
// is replaced, is covered. A [Tally] counts the pictures, those that left while
// the screen showed the secret, and those that have pixels of it.
//
//	s := atspitest.StartSession(t)
//	... open the Guard, which switches accessibility on ...
//	app := leaktest.Start(t, display.Name(), s, "gtk3")
//	app.Play(rnd, 20, tally.Began)
//
// It runs on Linux only.
package leaktest

// Package atspitest gives a test a desktop session of its own: a D-Bus session
// with its own runtime folder and settings in memory, on which the accessibility
// bus starts by itself when it is first asked for.
//
//	s := atspitest.StartSession(t)
//	b, err := atspi.Open(s.Address) // before the programs, which look once
//	s.Start(t, display.Name(), "zenity", "--password")
//
// Everything is ended by the test's clean-up. It runs on Linux only.
package atspitest

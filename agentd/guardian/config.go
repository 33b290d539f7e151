package guardian

import "telestrator/input"

// Config is what a guardian is started with.
type Config struct {
	Display  string
	Chord    input.ChordConfig // the stop chord
	Language string            // of the bar, such as "de"
	Own      []string          // in titles of windows that are never operated
}

// Command is how a guardian is started: the running program, with this word.
const Command = "guardian"

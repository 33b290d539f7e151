// Package atspi asks the programs of a desktop session, over the accessibility
// bus (AT-SPI 2), where their password fields are.
//
// A [Bus] follows which programs there are. Scan asks one of them: its windows,
// whether their content is there to be asked for, and its secret fields. What a
// program answers is foreign: it is checked and bounded, and what makes no
// sense is reported as not known, never as harmless. No text of a field is ever
// read.
package atspi

import (
	"image"
	"time"
)

// Toolkit is what draws a program's windows, as far as it matters how late and
// in which coordinates it answers.
type Toolkit int

// The toolkits that are told apart.
const (
	Other Toolkit = iota
	GTK3
	GTK4
	Qt
	Chromium // and everything made of it
	Firefox
)

// App is a program on the bus.
type App struct {
	Name    string // its unique name on the bus, such as ":1.7"
	PID     int    // of the process that is connected
	Toolkit Toolkit
	Said    string // what it calls its toolkit, cleaned, such as "gtk 3.24.38"
	Title   string // what it calls itself, cleaned
}

// Scan is what one program said, between Began and Ended.
type Scan struct {
	Began, Ended time.Time
	Frames       []Frame
	Secrets      []Secret
}

// Frame is one of a program's top-level windows.
type Frame struct {
	Path  string
	Title string          // cleaned; it is the title of the X window in all toolkits
	Area  image.Rectangle // on the screen, if the toolkit knows; empty when it does not
	Ready bool            // its content is there and could be searched
	Why   string          // in a few words, why it is not ready
	Pages []string        // addresses of the documents it shows
}

// Kind says why a field is secret.
type Kind int

// The kinds of secret fields.
const (
	Password Kind = iota // it says so, or said so once
	Card                 // by its name, id or label: numbers and codes of payment cards
	PIN                  // so: PINs and TANs
	Code                 // so: one-time codes
	Heir                 // a text field that has come in the place of a secret one
	Unsure               // it does not say whether it hides its text, as in GTK 4, or what it is called
)

// Secret is a field that must not be shown.
type Secret struct {
	ID       string // name and path: it names the field for as long as it lives
	Kind     Kind
	Frame    int             // index into Frames; -1 when that is not known
	Area     image.Rectangle // of the whole field, from (0,0) of the screen
	Relative bool            // Area is from (0,0) of the window instead
	Showing  bool            // it is on the screen, or cannot say that it is not
	Known    bool            // Area makes sense; it may be empty for a field that does not show
	Focused  bool            // keys go there
}

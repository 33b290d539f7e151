package main

import (
	"fmt"
	"os"
	"strings"

	"telestrator/x11"
)

// screen is what a display server can do.
type screen struct {
	Server     string `json:"server"`
	Width      int    `json:"width"`
	Height     int    `json:"height"`
	Manager    string `json:"window_manager"` // empty where there is none
	Compositor string `json:"compositor"`     // empty where there is none
	Lacks      []lack `json:"lacks"`
	Wayland    bool   `json:"wayland"` // only part of what the user sees is on it
}

// lack is an extension that a server has not.
type lack struct {
	Extension string `json:"extension"`
	Means     string `json:"means"`
	Needed    bool   `json:"needed"` // agentd does not begin without it
}

// extensions are what is asked for, and what it means when it is missing.
var extensions = []lack{
	{"Composite", "nothing can be shared: ink and sign could not be kept out of pictures", true},
	{"DAMAGE", "nothing can be shared: the server does not tell what changes", true},
	{"XFIXES", "nothing can be shared: clicks would not go through ink", true},
	{"SHAPE", "nothing can be shared: the sign could not be shown", true},
	{"RENDER", "nothing can be shared: ink and sign could not be kept out of pictures", true},
	{"XTEST", "nothing can be shared: mouse and keyboard cannot be worked", true},
	{"XInputExtension", "nothing can be shared: the user's own hand could not be told from the agent's", true},
	{"X-Resource", "which program a window belongs to cannot be known for sure, so its fields cannot be found", false},
	{"MIT-SHM", "pictures take longer to make", false},
	{"RANDR", "several monitors look like one", false},
}

// examineScreen asks the server of a display.
func examineScreen(x *x11.Conn, display string) (s screen, err error) {
	s.Server, s.Width, s.Height = serverName(x.Setup.Vendor, x.Setup.Release), x.Setup.Size.X, x.Setup.Size.Y
	if s.Manager, err = x.Manager(); err != nil {
		return s, err
	}
	if s.Compositor, err = x.Compositor(); err != nil {
		return s, err
	}
	s.Lacks = []lack{}
	for _, e := range extensions {
		has, err := x.Has(e.Extension)
		if err != nil {
			return s, err
		}
		if !has {
			s.Lacks = append(s.Lacks, e)
		}
	}
	s.Wayland, err = x.Has("XWAYLAND")
	s.Wayland = s.Wayland || x.Local() && os.Getenv("DISPLAY") == display && os.Getenv("WAYLAND_DISPLAY") != ""
	return s, err
}

// serverName is a server as people call it, such as "X.Org 21.1.7".
func serverName(vendor string, release uint32) string {
	if !strings.Contains(vendor, "X.Org") {
		return vendor
	}
	major, minor, patch := release/1e7, release/1e5%100, release/1e3%100
	if major == 1 && minor > 20 { // since then the first number is left out
		return fmt.Sprintf("X.Org %d.%d.%d", minor, patch, release%1000)
	}
	return fmt.Sprintf("X.Org %d.%d.%d", major, minor, patch)
}

// blocked reports whether agentd could not begin here.
func (s screen) blocked() bool {
	for _, l := range s.Lacks {
		if l.Needed {
			return true
		}
	}
	return false
}

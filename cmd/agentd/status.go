package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"telestrator/agentd/panel"
)

// Run is called by kong.
func (a *act) Run(ctx context.Context, parsed *kong.Context) error {
	c, err := find(a.Name)
	if err != nil {
		return err
	}
	return c.call(ctx, "POST", "/api/"+parsed.Selected().Name, nil)
}

// status tells what a daemon does, on one screen.
type status struct {
	Name string `help:"Name of the agentd; the demo's is demo." default:"agentd" env:"AGENTD_NAME"`
	JSON bool   `name:"json" help:"Print the panel's state as JSON."`
}

// Run is called by kong.
func (s *status) Run(ctx context.Context) error {
	c, err := find(s.Name)
	if err != nil {
		return err
	}
	var raw json.RawMessage
	if err := c.call(ctx, "GET", "/api/state", &raw); err != nil {
		return err
	}
	if s.JSON {
		fmt.Println(string(raw))
		return nil
	}
	var state panel.State
	if err := json.Unmarshal(raw, &state); err != nil {
		return err
	}
	var link struct{ Link string }
	if err := c.call(ctx, "POST", "/api/link", &link); err != nil {
		return err
	}
	_, err = os.Stdout.WriteString(describe(state, link.Link))
	return err
}

var words = map[string]string{
	panel.Idle: "idle: nobody helps, nobody was called", panel.Waiting: "waiting for an agent",
	panel.Asked: "an agent asks; answer in the panel", panel.Live: "an agent sees the screen",
	panel.Paused: "paused: nothing leaves this device", panel.Over: "over: the last session has ended",
}

// fates are what becomes of windows of which the user may want to know why.
var fates = map[string]string{panel.WindowUnsure: "cannot be checked", panel.WindowRefused: "is hidden",
	panel.WindowHidden: "is hidden", panel.WindowGuarded: "is hidden"}

// recorded is what is told of a session's recording.
var recorded = map[string]string{panel.RecordingOn: "is recorded on this device",
	panel.RecordingFull:   "the recording has ended: it may not get larger (--record-most)",
	panel.RecordingFailed: "the recording has ended: its file could not be written"}

// maxTold is how many windows are named, so that all fits one screen.
const maxTold = 8

// describe is a state for people.
func describe(state panel.State, link string) string {
	var b strings.Builder
	line := func(name, format string, args ...any) {
		fmt.Fprintf(&b, "%-9s %s\n", name, fmt.Sprintf(format, args...))
	}
	line("State", "%s", words[state.State])
	line("Display", "%s (%s)", state.Display, state.Screen)
	line("Desk", "%s (%s)", state.Desk.URL, map[bool]string{true: "connected", false: "not connected"}[state.Desk.Connected])
	for _, s := range state.Sessions {
		line("Agent", "%q, %s, since %s, may: %s", s.Name, s.State, s.Since.Local().Format(time.TimeOnly), strings.Join(s.Granted, ", "))
		line("", "%s", sent(s))
		if text := recorded[s.Recording]; text != "" {
			line("", "%s", text)
		}
	}
	if state.Code != "" {
		line("Code", "%s, for %d more minutes: %s", state.Code, (state.CodeLeft+59)/60, state.Console)
	}
	if state.Over != nil {
		line("Ended", "%s", state.Over.Reason)
	}
	line("Privacy", "%s", state.Privacy.Sentence)
	if text := hiddenWhole(state.Privacy); text != "" {
		line("", "%s", text)
	}
	for _, text := range hidden(state.Privacy) {
		line("Window", "%s", text)
	}
	if !state.Privacy.Protects {
		line("", "What to do about it: agentd doctor")
	}
	line("Panel", "%s (opens once, within a minute)", link)
	return b.String()
}

// sent says what a session was sent, and what it may be.
func sent(s panel.Session) string {
	text := fmt.Sprintf("was sent %.1f MB", float64(s.Bytes)/1e6)
	if s.Cap > 0 {
		text += fmt.Sprintf(", at most %.0f kB/s", float64(s.Cap)/1e3)
	}
	return text
}

// hiddenWhole counts the windows that nobody can look into.
func hiddenWhole(p panel.Privacy) string {
	n := 0
	for _, w := range p.Windows {
		if w.State == panel.WindowUnsure || w.State == panel.WindowRefused {
			n++
		}
	}
	switch {
	case n == 0 || !p.Protects:
		return ""
	case p.Unknown == "allow":
		return count(n, "window") + " not looked into; agentd doctor says why"
	}
	return count(n, "window") + " hidden whole; agentd doctor says why"
}

// hidden says of windows that are not shown whole why.
func hidden(p panel.Privacy) (told []string) {
	for _, w := range p.Windows {
		if fate := fates[w.State]; fate != "" && w.Why != "" && p.Protects && len(told) < maxTold {
			told = append(told, fmt.Sprintf("%q %s: %s", w.Title, fate, w.Why))
		}
	}
	return told
}

package main

import (
	"testing"

	"telestrator/agentd/panel"
	"telestrator/capture/capturetest"
	"telestrator/privacy"
)

// TestRuledPage hides a page by its address: it is flat while a browser shows
// it, and the pages before and after it are not.
func TestRuledPage(t *testing.T) {
	capturetest.Require(t, "chromium")
	server := serve(t, map[string]string{
		"/":     `<!doctype html><title>Start</title><body style="background: #204060"><p>Text`,
		"/bank": `<!doctype html><title>Bank&#x200e;</title><body style="background: #fe01fd"><p>Text`,
		"/end":  `<!doctype html><title>End</title><body style="background: #406020"><p>Text`,
	})
	r := newRuled(t, "privacy: {windows: [{page: /bank$}]}\n")
	browseTo(t, r.display, r.session, server.URL, "Start")
	r.o.until("before", func() bool { return share(r.o.decoder.Picture(), below, 0x204060) == 1 })
	r.visit(server.URL+"/bank", "Bank")
	r.o.until("flat", func() bool { return share(r.o.decoder.Picture(), below, privacy.Grey) == 1 })
	r.o.d.shows("hidden", func(s panel.State) bool { return stateOf(s, "Bank - Chromium") == panel.WindowHidden })
	r.o.meanwhile()
	r.visit(server.URL+"/end", "End")
	r.o.until("after", func() bool { return share(r.o.decoder.Picture(), below, 0x406020) == 1 })
	r.o.saw(t)
}

// visit has the user go to another address.
func (r *ruled) visit(address, title string) {
	r.t.Helper()
	r.display.Run(r.t, "xdotool", "search", "--onlyvisible", "--name", "Chromium", "windowactivate", "--sync",
		"key", "ctrl+l", "type", "--delay", "5", address)
	r.display.Run(r.t, "xdotool", "key", "Return")
	comesUp(r.t, r.display, title)
}

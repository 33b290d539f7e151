package main

import (
	"fmt"
	"testing"

	"telestrator/capture/capturetest"
	"telestrator/privacy"
)

// TestRuledList shows nothing but chosen windows: one by its class, with
// another one over it, and one by the page in it, for as long as that is there.
func TestRuledList(t *testing.T) {
	capturetest.Require(t, "chromium")
	server := serve(t, map[string]string{
		"/help": `<!doctype html><title>Help</title><body style="background: #204060"><p>Text`,
		"/bank": `<!doctype html><title>Bank</title><body style="background: #fe01fd"><p>Text`,
	})
	r := newRuled(t, "privacy: {only: [{class: ^XTerm$, title: ^Chosen$}, {title: ^Tick$}, {page: /help$}]}\n")
	r.session.Start(t, r.display.Name(), "xterm", "-T", "Chosen", "-geometry", "60x20+200+100", "-bg", "#10c020", "-e", "sleep", "1000")
	comesUp(t, r.display, "Chosen")
	at := r.place("Chosen").Inset(20)
	r.o.until("the chosen one", func() bool { return share(r.o.decoder.Picture(), at, between) > 0.9 })

	other := r.session.Start(t, r.display.Name(), "xterm", terminal("Other")...)
	comesUp(t, r.display, "Other")
	r.o.meanwhile()
	for i := range 5 {
		r.display.Run(t, "xdotool", "search", "--onlyvisible", "--name", "Other", "windowmove", fmt.Sprint(150+60*i), fmt.Sprint(80+40*i))
	}
	r.o.meanwhile()
	_ = other.Process.Kill()
	r.o.until("the chosen one again", func() bool { return share(r.o.decoder.Picture(), at, between) > 0.9 })

	browseTo(t, r.display, r.session, server.URL+"/help", "Help")
	r.o.until("the chosen page", func() bool { return share(r.o.decoder.Picture(), below, 0x204060) > 0.9 })
	r.visit(server.URL+"/bank", "Bank")
	r.o.until("flat", func() bool { return share(r.o.decoder.Picture(), below, privacy.Grey) == 1 })
	r.o.meanwhile()
	r.visit(server.URL+"/help", "Help")
	r.o.until("the chosen page again", func() bool { return share(r.o.decoder.Picture(), below, 0x204060) > 0.9 })
	r.o.saw(t)
}

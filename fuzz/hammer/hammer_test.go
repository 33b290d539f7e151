package main

import (
	"math/rand/v2"
	"testing"
	"time"
)

// A few thousand messages do what a million do: see the README for that.
func TestHammer(t *testing.T) {
	t.Parallel()
	o := options{messages: 3000, connections: 24, seed: rand.Uint64()}
	r, err := o.hammer(t.Context(), t)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(r)
	if err := r.judge(o.messages); err != nil {
		t.Error(err)
	}
	if r.malformed == 0 || r.connections < 10 {
		t.Errorf("%d malformed messages over %d connections prove little", r.malformed, r.connections)
	}
}

// What must not happen is noticed.
func TestJudge(t *testing.T) {
	t.Parallel()
	good := result{messages: 10, connections: 1, malformed: 3, ended: 3, before: mib, peak: mib + most, pictures: 1, torn: 2, took: time.Second}
	if err := good.judge(10); err != nil {
		t.Errorf("a good result: %v", err)
	}
	for name, spoil := range map[string]func(r *result){
		"died": func(r *result) { r.died = true }, "sent": func(r *result) { r.messages-- }, "ended": func(r *result) { r.ended-- },
		"memory": func(r *result) { r.peak++ }, "wrong": func(r *result) { r.wrong++ }, "stalled": func(r *result) { r.stalled = true },
		"sent away": func(r *result) { r.sentAway++ }, "no picture": func(r *result) { r.pictures = 0 },
	} {
		bad := good
		if spoil(&bad); bad.judge(10) == nil {
			t.Errorf("%s is not noticed", name)
		}
	}
}

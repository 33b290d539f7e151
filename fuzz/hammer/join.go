package main

import (
	"context"
	"errors"
	"net/http"
	"time"

	"telestrator/desk"
	"telestrator/peer"
)

// joinWithin bounds a try to connect.
const joinWithin = 20 * time.Second

// join connects a console, and tries again while there is no room or the desk
// wants it slower.
func (t *target) join(ctx context.Context, u *user) (peer.Conn, error) {
	for {
		conn, err := t.connect(ctx, u)
		if err == nil || ctx.Err() != nil || resident(t.pid) == 0 {
			return conn, err
		}
		pause(ctx, 100*time.Millisecond)
	}
}

// connect tries once. Nobody else may ring until the code has been used.
func (t *target) connect(ctx context.Context, u *user) (peer.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, joinWithin)
	defer cancel()
	offering, err := peer.Offer(ctx, peer.Config{Loopback: true})
	if err != nil {
		return nil, err
	}
	answer, err := t.bring(ctx, u, offering.SDP())
	if err != nil {
		return nil, errors.Join(err, offering.Close())
	}
	return offering.Accept(ctx, answer)
}

// bring brings an offer to the desk, with a code that was rung for it.
func (t *target) bring(ctx context.Context, u *user, offer []byte) ([]byte, error) {
	u.ringing.Lock()
	defer u.ringing.Unlock()
	state, err := u.call(ctx, http.MethodPost, "/api/ring", nil)
	if err != nil {
		return nil, err
	}
	answer, _, err := desk.Connect(ctx, t.Desk, state.Code, offer)
	return answer, err
}

package conform

import (
	"context"
	"errors"
	"time"

	"github.com/pion/webrtc/v4"
)

// offer is the console's session description, after gathering.
func (l *link) offer(ctx context.Context) (string, error) {
	return l.describe(ctx, func() (webrtc.SessionDescription, error) { return l.pc.CreateOffer(nil) })
}

// answer takes a console's offer and gives the device's answer.
func (l *link) answer(ctx context.Context, offer string) (string, error) {
	if err := l.remote(webrtc.SDPTypeOffer, offer); err != nil {
		return "", err
	}
	return l.describe(ctx, func() (webrtc.SessionDescription, error) { return l.pc.CreateAnswer(nil) })
}

func (l *link) remote(kind webrtc.SDPType, sdp string) error {
	return l.pc.SetRemoteDescription(webrtc.SessionDescription{Type: kind, SDP: sdp})
}

func (l *link) describe(ctx context.Context, make func() (webrtc.SessionDescription, error)) (string, error) {
	local, err := make()
	if err != nil {
		return "", err
	}
	gathered := webrtc.GatheringCompletePromise(l.pc)
	if err := l.pc.SetLocalDescription(local); err != nil {
		return "", err
	}
	select {
	case <-gathered:
	case <-time.After(gatherFor):
	case <-ctx.Done():
		return "", ctx.Err()
	}
	return l.pc.LocalDescription().SDP, nil
}

var errNotOpen = errors.New("the seven channels do not open")

// ready waits until all channels are open.
func (l *link) ready(ctx context.Context) error {
	select {
	case <-l.opened:
		if l.gone() {
			return errNotOpen
		}
		return nil
	case <-l.ended:
		return errNotOpen
	case <-time.After(openWithin):
		return errNotOpen
	case <-ctx.Done():
		return ctx.Err()
	}
}

// accept takes the device's answer and waits until the link is open.
func (l *link) accept(ctx context.Context, answer string) error {
	if err := l.remote(webrtc.SDPTypeAnswer, answer); err != nil {
		return err
	}
	return l.ready(ctx)
}

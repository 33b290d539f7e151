package peer

import (
	"context"
	"fmt"
	"time"

	"github.com/pion/webrtc/v4"
)

// Answer is the device's end: it takes a console's offer and returns the connection and its answer, as SDP. The
// connection opens once the console has the answer; one that does not open in time ends with CodeTimeout. ctx bounds
// the call, not the connection. An offer that is refused is a *DescriptionError.
func Answer(ctx context.Context, cfg Config, offer []byte) (Conn, []byte, error) {
	remote, err := readDescription(offer)
	if err != nil {
		return nil, nil, err
	}
	c, err := newConn(deviceSide, cfg)
	if err != nil {
		return nil, nil, fmt.Errorf("peer: answer: %w", err)
	}
	answer, err := c.answer(ctx, remote)
	if err != nil {
		_ = c.Close()
		return nil, nil, err
	}
	c.expectOpen(cfg.openWithin())
	return c, answer, nil
}

func (c *conn) answer(ctx context.Context, remote *description) ([]byte, error) {
	if err := c.setRemote(webrtc.SDPTypeOffer, remote); err != nil {
		return nil, err
	}
	local, err := c.pc.CreateAnswer(nil)
	if err != nil {
		return nil, fmt.Errorf("peer: answer: %w", err)
	}
	return c.setLocal(ctx, local)
}

// Offering is a console's end that waits for its answer.
type Offering struct {
	conn   *conn
	sdp    []byte
	within time.Duration
}

// Offer begins the console's end. Accept or Close ends the offering.
func Offer(ctx context.Context, cfg Config) (*Offering, error) {
	c, err := newConn(consoleSide, cfg)
	if err != nil {
		return nil, fmt.Errorf("peer: offer: %w", err)
	}
	sdp, err := c.offer(ctx)
	if err != nil {
		_ = c.Close()
		return nil, err
	}
	return &Offering{conn: c, sdp: sdp, within: cfg.openWithin()}, nil
}

func (c *conn) offer(ctx context.Context) ([]byte, error) {
	local, err := c.pc.CreateOffer(nil)
	if err != nil {
		return nil, fmt.Errorf("peer: offer: %w", err)
	}
	return c.setLocal(ctx, local)
}

// SDP is the offer for the device.
func (o *Offering) SDP() []byte { return o.sdp }

// Accept takes the device's answer and waits until the connection is open. If it does not open, nothing is left of
// it. An answer that is refused is a *DescriptionError.
func (o *Offering) Accept(ctx context.Context, answer []byte) (Conn, error) {
	err := o.accept(ctx, answer)
	if err != nil {
		_ = o.Close()
		return nil, err
	}
	return o.conn, nil
}

func (o *Offering) accept(ctx context.Context, answer []byte) error {
	remote, err := readDescription(answer)
	if err != nil {
		return err
	}
	if err := o.conn.setRemote(webrtc.SDPTypeAnswer, remote); err != nil {
		return err
	}
	o.conn.expectOpen(o.within)
	select {
	case <-o.conn.opened:
		return nil
	case <-o.conn.ending:
		return o.conn.Err()
	case <-ctx.Done():
		return fmt.Errorf("peer: accept: %w", context.Cause(ctx))
	}
}

// Close gives the offer up, and the connection if it was accepted.
func (o *Offering) Close() error { return o.conn.Close() }

// setRemote gives pion the other side's description.
func (c *conn) setRemote(kind webrtc.SDPType, d *description) error {
	sdp, err := d.sdp()
	if err != nil {
		return err
	}
	if err := c.pc.SetRemoteDescription(webrtc.SessionDescription{Type: kind, SDP: sdp}); err != nil {
		return refuse("%v", err)
	}
	return nil
}

// setLocal begins to gather candidates and returns our description with them.
func (c *conn) setLocal(ctx context.Context, local webrtc.SessionDescription) ([]byte, error) {
	gathered := webrtc.GatheringCompletePromise(c.pc)
	if err := c.pc.SetLocalDescription(local); err != nil {
		return nil, fmt.Errorf("peer: own description: %w", err)
	}
	enough := time.NewTimer(GatherTimeout)
	defer enough.Stop()
	select {
	case <-gathered:
	case <-enough.C:
	case <-ctx.Done():
		return nil, fmt.Errorf("peer: gather candidates: %w", context.Cause(ctx))
	}
	return []byte(c.pc.LocalDescription().SDP), nil
}

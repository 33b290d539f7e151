package agentd

import (
	"context"
	"time"

	"telestrator/agentd/panel"
	"telestrator/desk"
	"telestrator/desk/frame"
)

// ringWithin is how long the panel waits for the desk.
const ringWithin = 5 * time.Second

// Ring asks the desk for a new code. The old one is void.
func (d *Daemon) Ring() error {
	ctx, cancel := context.WithTimeout(context.Background(), ringWithin)
	defer cancel()
	if err := d.ring(ctx); err != nil {
		return &panel.Refusal{Status: 503, ID: "desk_away", Message: "The help desk does not answer. Please try again in a moment."}
	}
	return nil
}

func (d *Daemon) ring(ctx context.Context) error {
	code, err := d.desk.Ring(ctx)
	if err != nil {
		return err
	}
	d.mu.Lock()
	d.code, d.rung, d.over = code, time.Now(), nil
	d.mu.Unlock()
	d.changed()
	return nil
}

// ringFirst rings as soon as the desk is there.
func (d *Daemon) ringFirst(ctx context.Context) {
	if err := d.ring(ctx); err != nil && ctx.Err() == nil {
		d.log.Warn("could not ring", "why", err)
	}
}

// Cancel takes the call for help back.
func (d *Daemon) Cancel() error {
	ctx, cancel := context.WithTimeout(context.Background(), ringWithin)
	defer cancel()
	d.void(0)
	if err := d.desk.Cancel(ctx); err != nil {
		return &panel.Refusal{Status: 503, ID: "desk_away", Message: "The help desk does not answer. The code ends by itself within ten minutes."}
	}
	return nil
}

// void hears from the desk that the code opens nothing any more.
func (d *Daemon) void(frame.Reason) {
	d.mu.Lock()
	d.code = desk.Code{}
	d.mu.Unlock()
	d.changed()
}

// deskState hears whether the desk is there.
func (d *Daemon) deskState(connected bool) {
	d.mu.Lock()
	d.connected = connected
	d.mu.Unlock()
	d.changed()
}
